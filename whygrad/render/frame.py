"""A page within another one, such as a notebook: neither's styles reach the other."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

HEIGHT: Final = 600  # pixels: what a notebook leaves of a screen
BLOCK: Final = re.compile(r"<(?:h[1-6]|p|tr|svg|div class=\"line\")\b")
LEAST: Final = 160
EACH: Final = 32
# Without it, links within the page would lead to the notebook.
BASE: Final = '<base href="about:srcdoc">'


def framed(page: str, title: str, *, scripts: bool = False, height: int = 0) -> str:
    """A whole page as an element that shows it by itself; its lower edge can be drawn further down.

    The page keeps its own colours and its own light or dark, whatever surrounds it, and asks for nothing. Where it may
    run `scripts`, they reach nothing outside of it; it may hand out files.
    """
    allowed = "allow-scripts allow-downloads" if scripts else ""
    box = (
        f"height:{height or height_of(page)}px;min-height:{LEAST}px;resize:vertical;overflow:hidden;"
        "border:1px solid rgba(128,128,128,0.45);border-radius:6px"
    )
    fill = "display:block;width:100%;height:100%;border:0"
    return (
        f'<div style="{box}"><iframe sandbox="{allowed}" loading="lazy" title="{escape(title)}" style="{fill}" '
        f'srcdoc="{escape(page.replace("<head>", f"<head>{BASE}", 1))}"></iframe></div>'
    )


def height_of(page: str) -> int:
    """How high a page is, roughly, and no higher than a notebook has room for."""
    blocks: Sequence[str] = BLOCK.findall(page)
    return min(HEIGHT, LEAST + EACH * len(blocks))

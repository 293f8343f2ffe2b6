"""A figure as a file: whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from whygrad.errors.render import SuffixUnknown
from whygrad.render.style import look

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SUFFIXES: Final = (".png", ".svg")
# The date would make the same figure another file every day.
METADATA: Final[dict[str, dict[str, str | None]]] = {".png": {"Software": None}, ".svg": {"Date": None}}


def save_figure(figure: Figure, path: str | Path) -> Path:
    """Writes a figure as PNG or SVG, as the path's suffix says, and gives the path back.

    Raises SuffixUnknown (WG701); OSError when the folder cannot be written, and then leaves what was there.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise SuffixUnknown(str(path), path.suffix, SUFFIXES)
    part = path.with_name(f".{path.stem}.{os.getpid()}{suffix}")
    try:
        with look():
            figure.savefig(part, format=suffix.removeprefix("."), metadata=METADATA[suffix], dpi=160)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path

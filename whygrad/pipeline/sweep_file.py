"""A sweep as a file: a picture, a page, or what became of each network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from whygrad.errors.render import SuffixUnknown
from whygrad.errors.saved import CannotWrite
from whygrad.pipeline.files import write_text
from whygrad.pipeline.sweep_page import figure, html
from whygrad.pipeline.swept import as_csv, networks, structure
from whygrad.render.save import SUFFIXES, save_figure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from whygrad.pipeline.sweep import Swept


def as_json(swept: Swept) -> str:
    """Everything, with what became of each network."""
    whole = structure(swept) | {"networks": list(networks(swept))}
    return msgspec.json.format(msgspec.json.encode(whole), indent=2).decode() + "\n"


TEXTS: Final[Mapping[str, Callable[[Swept], str]]] = {".html": html, ".csv": as_csv, ".json": as_json}


def refuse_unknown(path: Path) -> None:
    """Raises SuffixUnknown (WG701) for a file of a kind that is not offered."""
    if path.suffix.lower() not in (*SUFFIXES, *TEXTS):
        raise SuffixUnknown(str(path), path.suffix, (*SUFFIXES, *TEXTS), "sweep", "kind of file")


def write(swept: Swept, path: Path) -> None:
    """Write a sweep as the ending of the file says. Raises SuffixUnknown (WG701) and CannotWrite (WG606)."""
    refuse_unknown(path)
    text = TEXTS.get(path.suffix.lower())
    if text is not None:
        write_text(path, text(swept))
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        save_figure(figure(swept), path)
    except OSError as error:
        raise CannotWrite(str(path), error.strerror or str(error)) from error

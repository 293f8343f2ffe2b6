"""Files of what is looked at: a derivation for a paper, the experiment as a program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from whygrad.lab.message import File
from whygrad.lab.tools.tool import Tool
from whygrad.pipeline.derivation import explain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.lab.desk import Desk
    from whygrad.lab.message import Answer


class Export(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The derivation of a quantity (`of`), or of the whole update where `of` is empty."""

    form: Literal["latex", "markdown", "html"]
    of: str = ""


def use(desk: Desk, asked: Export) -> Iterator[Answer | None]:
    """The file. Raises what a derivation does (WG105, WG401)."""
    derivation = explain(desk.session.trace(), asked.of or None, torch=False)
    yield None
    match asked.form:
        case "latex":
            yield File("derivation.tex", "application/x-tex", derivation.latex())
        case "markdown":
            yield File("derivation.md", "text/markdown", derivation.markdown())
        case "html":
            yield File("derivation.html", "text/html", derivation.html())


TOOL = Tool("export", Export, use)

"""Worked notes to begin with: which there are, and the text of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec

from whygrad.lab.message import Told
from whygrad.lab.samples import listed, sample
from whygrad.lab.tools.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.lab.desk import Desk
    from whygrad.lab.message import Answer


class Ask(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The name of one, nothing for the list alone."""

    name: Annotated[str, msgspec.Meta(max_length=64)] = ""


def use(desk: Desk, asked: Ask) -> Iterator[Answer | None]:
    """The samples, how many characters of notes are marked, and the notes that are asked for.

    Raises NoSuchSample (WG1034).
    """
    found = {"notes": sample(asked.name)} if asked.name else {}
    yield Told("sample", {"samples": listed(), "most": desk.limits.notes, **found})


TOOL = Tool("sample", Ask, use)

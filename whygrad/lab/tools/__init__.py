"""What a page can have done beside driving the run, one file each.

A tool answers a request of its own kind piece by piece, as a desk does, with None after each piece of work that has
nothing to show yet; it stops early where `desk.stop` says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from whygrad.errors.lab import NoSuchPart
from whygrad.lab.tools import (
    check,
    code,
    export,
    find,
    keep,
    record,
    remedies,
    rows,
    sample,
    seeds,
    share,
    table,
    trail,
    weights,
)
from whygrad.lab.tools.find import jumps_for

if TYPE_CHECKING:
    from whygrad.lab.tools.tool import Tool

__all__ = ["TOOLS", "jumps_for", "tool_called"]

PARTS: Final = (
    *(code.TOOL, export.TOOL, record.TOOL, share.TOOL, weights.TOOL),
    *(find.TOOL, keep.TOOL, remedies.TOOL, seeds.TOOL, trail.TOOL),
    *(rows.TOOL, table.TOOL),
    *(check.TOOL, sample.TOOL),
)
TOOLS: Final[dict[str, Tool]] = {each.name: each for each in PARTS}


def tool_called(name: str) -> Tool:
    """The tool of this name. Raises NoSuchPart (WG1014)."""
    if name not in TOOLS:
        raise NoSuchPart("tool", name, tuple(TOOLS))
    return TOOLS[name]

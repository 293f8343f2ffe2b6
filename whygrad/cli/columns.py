"""The columns of a table that nobody has described: what each holds and what is done with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from whygrad.cli.paper import heading, say, table
from whygrad.render.numbers import count

if TYPE_CHECKING:
    from whygrad.pipeline.starting import ColumnUse

MOST: Final = 15
DONE: Final = {"median": "filled with the median", "most-frequent": "filled with the commonest", "drop": "rows dropped"}


def print_columns(uses: Sequence[ColumnUse], target: str) -> None:
    """A line for each of the first columns, the target among them, and why others are left out."""
    heading("Columns")
    shown = [use for place, use in enumerate(uses) if place < MOST or use.name == target]
    rows = [(use.name, use.holds, gaps_of(use), role_of(use, target)) for use in shown]
    table(["column", "holds", "missing", "used as"], rows, left=4)
    if len(uses) > len(shown):
        say(f"... and {count(len(uses) - len(shown), 'more column')}")
    for use in uses:
        if use.reason:
            say(f"{use.name} is left out: {use.reason}")


def gaps_of(use: ColumnUse) -> str:
    """How many values are missing, and what is done about it."""
    if not use.missing:
        return ""
    return f"{use.missing}" if use.reason else f"{use.missing}, {DONE[use.rule]}"


def role_of(use: ColumnUse, target: str) -> str:
    """What a column is used as."""
    return "target" if use.name == target else "left out" if use.reason else "input"


def in_words(use: ColumnUse, target: str) -> str:
    """A column in one line."""
    role = role_of(use, target) + (f", {use.reason}" if use.reason else "")
    gaps = f"; missing: {gaps_of(use)}" if use.missing else ""
    return f"{use.holds}{gaps}; {role}"


def columns_as_tables(uses: Sequence[ColumnUse], target: str) -> list[dict[str, Any]]:
    """The columns for a program."""
    return [
        {"name": use.name, "holds": use.holds, "missing": use.missing, "used_as": role_of(use, target)}
        | {"rule": use.rule or None, "reason": use.reason or None}
        for use in uses
    ]

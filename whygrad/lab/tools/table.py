"""A table of one's own, looked through: what its columns hold, and what could be learned from them.

The file comes from the page's own machine and is kept nowhere: `rows` takes it up, with what was chosen of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from whygrad.errors import WhygradError
from whygrad.lab.editing import cells_of
from whygrad.lab.limits import Limits, refuse_more
from whygrad.lab.message import Name, Told
from whygrad.lab.tools.tool import Tool
from whygrad.pipeline.starting import column_use, counts_rows, names_classes, split_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.data import Column, Table
    from whygrad.lab.desk import Desk
    from whygrad.lab.message import Answer

SHOWN = 5


class OwnTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The bytes of a CSV file, and its name."""

    content: bytes
    name: Name


def use(desk: Desk, asked: OwnTable) -> Iterator[Answer | None]:
    """`columns`, `rows` and a `proposal` of what to learn from what; or the `fault` that the file has."""
    yield None
    try:
        table = own_table(asked.content, asked.name, desk.limits)
    except WhygradError as error:
        yield Told("table", {"name": asked.name, "fault": error.as_tables()})
        return
    yield Told("table", {"name": asked.name, **told_of(table)})


def own_table(content: bytes, name: str, limits: Limits) -> Table:
    """The table in a file of the page. Raises what reading it does (WG302 to WG305, WG314), TooLarge (WG1001)."""
    from whygrad.data.read import csv_table

    table = csv_table(content, name)
    refuse_more(table.rows, limits.rows, "rows")
    refuse_more(len(table.columns), limits.columns, "columns")
    return table


def told_of(table: Table) -> dict[str, Any]:
    """What a page needs to let a person choose."""
    target = likely_target(table)
    split = split_for(table.rows)
    return {
        "rows": table.rows,
        "columns": [column_told(name, column) for name, column in table.columns.items()],
        "proposal": {"target": target, "validation": split.validation, "test": split.test},
    }


def column_told(name: str, column: Column) -> dict[str, Any]:
    """What a column holds in words, its first values, and why it is of no use as an input, if so.

    `is_classes`: whether it would be taken for classes as a target.
    """
    use = column_use(name, column, is_target=False)
    return {
        "name": name,
        "kind": column.kind,
        "holds": use.holds,
        "missing": use.missing,
        "different": len(different(column)),
        "first": cells_of(column)[:SHOWN],
        "reason": use.reason,
        "is_classes": names_classes(column),
    }


def likely_target(table: Table) -> str:
    """The column that is most often the target: the last if it names classes, else the first that does, else the last.

    What has one value, or numbers the rows, is nobody's target.
    """
    likely = [name for name, column in table.columns.items() if len(different(column)) > 1 and not is_counter(column)]
    names = likely or list(table.columns)
    classes = [name for name in names if names_classes(table.columns[name])]
    return names[-1] if not classes or names[-1] in classes else classes[0]


def different(column: Column) -> set[str]:
    """The different values of a column, as names."""
    return {label for label in column.labels() if label is not None}


def is_counter(column: Column) -> bool:
    """Whether a column numbers the rows."""
    return column.kind == "number" and len(column.values) > SHOWN and counts_rows(column.values)


TOOL = Tool("table", OwnTable, use)

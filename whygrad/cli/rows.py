"""Rows that a run is asked about: its own, those of a table, or some typed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Final

import numpy as np

from whygrad.cli.places import nearest_name
from whygrad.data import as_table, load_table
from whygrad.dataset import NumberColumn
from whygrad.errors.command import ColumnNotInModel, FileNotKnown, RowUnreadable
from whygrad.pipeline.small_table import raw
from whygrad.render.numbers import count
from whygrad.spec import Data

if TYPE_CHECKING:
    from whygrad.cli.cells import Cell
    from whygrad.data import Column, Table
    from whygrad.dataset import Preparation
    from whygrad.pipeline import Run

EXAMPLE_INPUTS: Final = 4  # more columns than this are better written into a file
TRUTHS: Final = {"true": True, "false": False}


@dataclass(frozen=True, eq=False)
class Asked:
    """Rows in the form of a table; `source` says where they come from, `places` and `parts` say it of each row."""

    table: Table
    source: str
    places: tuple[str, ...]
    parts: tuple[str, ...] = ()

    def column(self, name: str) -> list[Cell]:
        """The values of a column, None where one is missing."""
        return cells(self.table.columns[name])


def cells(column: Column) -> list[Cell]:
    """Numbers as numbers, all else as words."""
    if column.kind == "number":
        return [None if np.isnan(value) else float(value) for value in column.values]
    return list(column.labels())


def own_rows(run: Run) -> Asked:
    """The rows that a run learned from and was judged by, in the order of their source."""
    table = load_table(run.experiment.data, run.folder)
    parts = {int(row): name for name, part in run.parts.items() for row in part.rows}
    rows = np.array(sorted(parts), dtype=np.int64)
    columns = {name: column.take(rows) for name, column in table.columns.items()}
    several = len(run.parts) > 1
    return Asked(
        replace(table, columns=columns, lines=None if table.lines is None else table.lines[rows]),
        f"The run's own data, {run.set_up.dataset.source}",
        tuple(table.place(int(row)) for row in rows),
        tuple(parts[int(row)] for row in rows) if several else (),
    )


def rows_of_file(path: Path) -> Asked:
    """The rows of a table in a file; raises FileNotKnown (WG801) and what reading it raises (WG3xx)."""
    if not path.exists():
        remedy = nearest_name(path, "name a table that is there")
        raise FileNotKnown(str(path), "does not exist", "a table (.csv, .tsv, .parquet)", remedy)
    table = load_table(Data(file=str(path)), Path())
    return Asked(table, f"{count(table.rows, 'row')} of {path}", tuple(map(table.place, range(table.rows))))


def typed_rows(rows: Sequence[str], preparation: Preparation) -> Asked:
    """Rows written as column=value; raises RowUnreadable (WG807), ColumnNotInModel (WG808)."""
    read = [typed_row(row, preparation) for row in rows]
    names = dict.fromkeys(name for row in read for name in row)
    table = as_table({name: [row.get(name) for row in read] for name in names}, source="--row")
    return Asked(table, "As typed", tuple(f"row {number}" for number in range(len(read))))


def typed_row(row: str, preparation: Preparation) -> dict[str, Cell]:
    """One row as its values by column."""
    known = {column.name: column for column in preparation.columns}
    values: dict[str, Cell] = {}
    for pair in row.split(","):
        name, equals, word = (part.strip() for part in pair.partition("="))
        if not equals or not name:
            raise RowUnreadable(row, f"{pair.strip()!r} is not column=value", sketched(preparation))
        if name not in known:
            raise ColumnNotInModel(row, name, tuple(known))
        if name in values:
            raise RowUnreadable(row, f"{name} is given twice", sketched(preparation))
        values[name] = as_value(word) if isinstance(known[name], NumberColumn) else word or None
    return values


def as_value(word: str) -> Cell:
    """A word as the number or truth value that it is; as it stands otherwise, None when it is empty."""
    if word.lower() in TRUTHS:
        return TRUTHS[word.lower()]
    try:
        return float(word)
    except ValueError:
        return word or None


def sketched(preparation: Preparation) -> str:
    """A row that could be typed, its values left open."""
    return ",".join(f"{column.name}=..." for column in preparation.columns[:EXAMPLE_INPUTS])


def example_row(run: Run) -> str:
    """The arguments of `predict` for a row like the first that was trained on; none where there are many columns."""
    preparation, part = run.set_up.dataset.preparation, run.set_up.dataset.training
    values = [value if isinstance(value, str) else f"{value:.6g}" for value in raw(preparation, part.inputs[0])]
    pairs = [f"{column.name}={value}" for column, value in zip(preparation.columns, values, strict=True)]
    if len(pairs) > EXAMPLE_INPUTS or any("," in pair for pair in pairs):
        return ""
    return f"--row {quote(','.join(pairs))}"

"""A table changed by hand: what is typed becomes a cell of its column, and the other cells stay as they are."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Final

import numpy as np

from whygrad.data.encode import finite_numbers
from whygrad.data.stray import number_in
from whygrad.data.table import MISSING_WORDS
from whygrad.errors.lab_tools import BlockTooWide, CellUnfit, ColumnNameUnfit, NoSuchCell
from whygrad.errors.table import FileUnreadable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from whygrad.data import Column, Table
    from whygrad.data.table import Kind
    from whygrad.spec import Cell

TRUTH: Final = {"true": True, "false": False}
MINUS: Final = "\u2212"


@dataclass(frozen=True)
class Editable:
    """The cells of a table, column by column, and what each column holds. An edit gives another one."""

    cells: dict[str, list[Cell]]
    kinds: dict[str, Kind]

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(next(iter(self.cells.values()), []))

    def with_cells(self, row: int, typed: Mapping[str, str]) -> Editable:
        """Other values in some cells of a row. Raises NoSuchCell (WG1023), CellUnfit (WG1022)."""
        self.require(*typed, row=row)
        values = {name: self.cell(name, text) for name, text in typed.items()}
        other = {name: replaced(self.cells[name], row, value) for name, value in values.items()}
        return self.changed(self.cells | other)

    def with_row(self, typed: Mapping[str, str]) -> Editable:
        """One row more, at the end; nothing in the columns that are not named. Raises WG1022, WG1023."""
        self.require(*typed)
        return self.changed(
            {name: [*cells, self.cell(name, typed.get(name, ""))] for name, cells in self.cells.items()}
        )

    def without_row(self, row: int) -> Editable:
        """One row less. Raises NoSuchCell (WG1023)."""
        self.require(row=row)
        return self.changed({name: cells[:row] + cells[row + 1 :] for name, cells in self.cells.items()})

    def with_block(self, row: int, column: str, text: str) -> Editable:
        """Cells from a spreadsheet, laid over the table from a cell on; rows are added where it ends earlier.

        Raises WG1022, WG1023, BlockTooWide (WG1024).
        """
        self.require(column, row=min(row, self.rows - 1))
        lines = lines_of(text)
        names = list(self.cells)[list(self.cells).index(column) :]
        widest = max(map(len, lines), default=0)
        if widest > len(names):
            raise BlockTooWide(column, widest, len(names))
        more = max(row + len(lines) - self.rows, 0)
        found: dict[str, list[Cell]] = {name: [*cells, *[None] * more] for name, cells in self.cells.items()}
        for place, line in enumerate(lines, row):
            for name, word in zip(names, line, strict=False):
                found[name][place] = self.cell(name, word)
        return self.changed(found)

    def with_column(self, name: str, text: str, kind: Kind) -> Editable:
        """One column more, with the same value in every row. Raises WG1022, ColumnNameUnfit (WG1025)."""
        self.require_new(name)
        found = Editable(self.cells, {**self.kinds, name: kind})
        return Editable({**self.cells, name: [found.cell(name, text)] * self.rows}, found.kinds)

    def without_column(self, name: str) -> Editable:
        """One column less. Raises NoSuchCell (WG1023)."""
        self.require(name)
        return self.changed({each: cells for each, cells in self.cells.items() if each != name})

    def of_kind(self, name: str, kind: Kind) -> Editable:
        """A column read as numbers, or as words. Raises NoSuchCell (WG1023), CellUnfit (WG1022)."""
        self.require(name)
        found = Editable(self.cells, {**self.kinds, name: kind})
        return found.changed({**self.cells, name: [found.cell(name, text_of(cell)) for cell in self.cells[name]]})

    def changed(self, cells: dict[str, list[Cell]]) -> Editable:
        """Other cells in the same columns."""
        return Editable(cells, {name: self.kinds[name] for name in cells})

    def cell(self, column: str, text: str) -> Cell:
        """What was typed into a column, as a value of its kind; nothing where it says that it is missing.

        Raises CellUnfit (WG1022).
        """
        word, kind = text.strip(), self.kinds[column]
        if word in MISSING_WORDS:
            return None
        if kind == "text":
            return word
        value = TRUTH.get(word.lower()) if kind == "boolean" else number_typed(word)
        if value is None:
            raise CellUnfit(column, word, kind)
        return value

    def require(self, *columns: str, row: int = 0) -> None:
        """Raises NoSuchCell (WG1023) unless these are there; the page may show a table of before."""
        if not 0 <= row < self.rows or not set(columns) <= set(self.cells):
            raise NoSuchCell(row, columns, self.rows, tuple(self.cells))

    def require_new(self, name: str) -> None:
        """Raises ColumnNameUnfit (WG1025) where a name cannot be that of another column."""
        if not name.strip() or name in self.cells:
            raise ColumnNameUnfit(name, tuple(self.cells))


def editable(table: Table) -> Editable:
    """The cells of a table. Raises NotANumber (WG311) for infinity, which no experiment can have written into it."""
    every = np.arange(table.rows)
    for name, column in table.columns.items():
        if column.kind == "number":
            finite_numbers(column.values, table, name, every)
    return Editable(
        {name: cells_of(column) for name, column in table.columns.items()},
        {name: column.kind for name, column in table.columns.items()},
    )


def cells_of(column: Column) -> list[Cell]:
    """The values of a column as they are typed: whole numbers without a point, None where one is missing."""
    if column.kind == "text":
        return list(column.values)
    values: list[float] = column.values.tolist()
    if column.kind == "boolean":
        return [None if value != value else bool(value) for value in values]
    return [None if value != value else int(value) if value.is_integer() else value for value in values]


def text_of(cell: Cell) -> str:
    """A cell as it is typed."""
    return "" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell)


def number_typed(word: str) -> float | int | None:
    """A number with a point or a comma, and any minus sign; None where it is none, or is not finite."""
    number = number_in(word.replace(MINUS, "-").replace(",", ".", 1))
    if number is None or not isfinite(number):
        return None
    return int(number) if number.is_integer() else number


def lines_of(text: str) -> list[list[str]]:
    """The cells of a block: spreadsheets put tabs between them, files semicolons or commas.

    Raises FileUnreadable (WG302).
    """
    separator = next((each for each in "\t;" if each in text), ",")
    try:
        return [line for line in csv.reader(io.StringIO(text), delimiter=separator) if line]
    except csv.Error as error:
        raise FileUnreadable("what was pasted", str(error), "paste cells of a table") from error


def replaced(cells: list[Cell], row: int, value: Cell) -> list[Cell]:
    """The same cells with another value in a row."""
    return [*cells[:row], value, *cells[row + 1 :]]

"""The one form that every source of rows is brought into: named columns of numbers or of text."""

from __future__ import annotations

import math
import numbers
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from whygrad.errors.data import NotANumber, TableEmpty
from whygrad.errors.table import ColumnDuplicated, LengthsDiffer

__all__ = [
    "MISSING_WORDS",
    "Column",
    "Kind",
    "Table",
    "check_names",
    "column_of",
    "label_of",
    "number_column",
    "table_of",
    "text_column",
]

MISSING_WORDS = ("", "NA", "NaN", "nan")  # how a file or a person says that a value is missing
Kind = Literal["number", "boolean", "text"]
_Cell = bool | float | str | None


@dataclass(frozen=True, eq=False)
class Column:
    """Values of one column, (rows,).

    Numbers and booleans are float64 with NaN where missing, text is an array of str with None where missing. Numbers
    that came in single precision are stored as they came, in half the memory.
    """

    kind: Kind
    stored: NDArray[Any]

    @property
    def values(self) -> NDArray[Any]:
        """The values."""
        return self.stored if self.kind == "text" else np.asarray(self.stored, np.float64)

    @property
    def missing(self) -> NDArray[np.bool_]:
        """Which rows have no value, (rows,)."""
        if self.kind == "text":
            return np.array([value is None for value in self.values], dtype=bool)
        return np.asarray(np.isnan(self.stored))

    def labels(self) -> list[str | None]:
        """Each value as the name of a level or class: `1.0` is "1", true is "true"; None where it is missing."""
        if self.kind == "text":
            return list(self.values)
        return [None if math.isnan(value) else label_of(value, self.kind) for value in self.values]

    def take(self, rows: NDArray[np.int64]) -> Column:
        return Column(self.kind, self.stored[rows])


@dataclass(frozen=True, eq=False)
class Table:
    """Named columns of equal length.

    `source` names the table in messages, `lines` gives the line of each row in its file (None: there is no file).
    `target` and `image` are what the table itself knows about its columns.
    """

    columns: dict[str, Column]
    source: str
    lines: NDArray[np.int64] | None = None
    target: tuple[str, ...] = ()
    image: tuple[int, int] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.columns)

    @property
    def rows(self) -> int:
        return len(next(iter(self.columns.values())).stored)

    def place(self, row: int) -> str:
        """Where a person finds this row: `line 5` of a file, or `row 3`, counted from 0."""
        return f"row {row}" if self.lines is None else f"line {self.lines[row]}"


def label_of(value: float, kind: Kind = "number") -> str:
    """The name of a number as a level or class: integers without a point, booleans as false and true."""
    if kind == "boolean":
        return "true" if value else "false"
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def number_column(values: object) -> Column:
    """A column of numbers, NaN where missing: a copy that nobody writes to, as the caller may change theirs."""
    given = np.asarray(values)
    return Column("number", frozen(np.array(given, np.float32 if given.dtype == np.float32 else np.float64)))


def frozen(array: NDArray[Any]) -> NDArray[Any]:
    """The array, from now on read-only."""
    array.flags.writeable = False
    return array


def text_column(values: Iterable[str | None]) -> Column:
    """A column of text, None where missing."""
    listed = list(values)
    array = np.empty(len(listed), dtype=object)
    array[:] = listed
    return Column("text", frozen(array))


def column_of(values: Iterable[object], *, name: str, source: str) -> Column:
    """A column from Python values: all booleans, all numbers, or else text; None and NaN are missing.

    Raises WG311 for a value that is none of these.
    """
    cells = [_cell(value, row=row, name=name, source=source) for row, value in enumerate(values)]
    present = [cell for cell in cells if cell is not None]
    if any(isinstance(cell, str) for cell in present):
        return text_column(_text(cell) for cell in cells)
    kind: Kind = "boolean" if present and all(isinstance(cell, bool) for cell in present) else "number"
    numbers_only = np.array([math.nan if cell is None else float(cell) for cell in cells], dtype=np.float64)
    return Column(kind, frozen(numbers_only))


def _cell(value: object, *, row: int, name: str, source: str) -> _Cell:
    """One value as a plain Python one; what pandas and NumPy call missing becomes None."""
    if type(value) is float or type(value) is int:  # nearly always
        return None if value != value else float(value)
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:
        return None
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, np.timedelta64):  # an integer to Python, and a length of time to everybody else
        value = value.astype("timedelta64[us]").item()
    if value is None:
        return None
    if isinstance(value, numbers.Real | Decimal):
        return None if math.isnan(number := float(value)) else number
    if hasattr(value, "__len__") and not isinstance(value, str):
        raise NotANumber(source, name, repr(value), f"row {row}", f"it is a {type(value).__name__}")
    text = str(value)
    return None if text == "NaT" else text


def _text(cell: _Cell) -> str | None:
    if cell is None or isinstance(cell, str):
        return cell
    return label_of(float(cell), "boolean" if isinstance(cell, bool) else "number")


def table_of(
    columns: Iterable[tuple[str, Column]],
    *,
    source: str,
    lines: NDArray[np.int64] | None = None,
    target: tuple[str, ...] = (),
    image: tuple[int, int] | None = None,
) -> Table:
    """A table whose columns have distinct names and equal lengths (WG304, WG315), and at least one row (WG303)."""
    pairs = list(columns)
    check_names([name for name, _ in pairs], source=source)
    named = dict(pairs)
    lengths = {name: len(column.values) for name, column in pairs}
    if len(set(lengths.values())) > 1:
        raise LengthsDiffer(source, tuple(lengths.items()))
    if not lengths or not max(lengths.values()):
        raise TableEmpty(source, "it has no rows" if lengths else "it has no columns")
    return Table(named, source, lines, target, image)


def check_names(names: list[str], *, source: str) -> None:
    """Refuse two columns of one name (WG304)."""
    twice = next((name for name, times in Counter(names).items() if times > 1), None)
    if twice is not None:
        positions = tuple(place for place, other in enumerate(names, start=1) if other == twice)
        raise ColumnDuplicated(source, twice, positions)

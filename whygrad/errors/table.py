"""Errors of reading a table: files, frames and headers that are not one (part of WG3xx)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from whygrad.errors import nearest
from whygrad.errors.data import DataError, listed

__all__ = [
    "ColumnDuplicated",
    "FileMissing",
    "FileUnreadable",
    "HeaderUnusable",
    "LengthsDiffer",
    "LibraryMissing",
    "LineRagged",
    "NotATable",
]


@dataclass(eq=False)
class FileMissing(DataError):
    """There is no such file; `present` lists the names in its folder."""

    code: ClassVar[str] = "WG301"
    folder: str
    present: tuple[str, ...]

    def what(self) -> str:
        return f"no file {self.source!r} in the folder {self.folder!r}"

    def why(self) -> str:
        return f"the nearest name there is {near!r}" if (near := nearest(self.source, self.present)) else ""

    def advice(self) -> str:
        return "correct data.file; a relative path starts at the folder of the experiment's file"


@dataclass(eq=False)
class FileUnreadable(DataError):
    """The file is there but its bytes are not a table."""

    code: ClassVar[str] = "WG302"
    reason: str
    remedy: str

    def what(self) -> str:
        return f"{self.source} cannot be read as a table"

    def why(self) -> str:
        return self.reason

    def advice(self) -> str:
        return self.remedy


@dataclass(eq=False)
class LibraryMissing(DataError):
    """A source needs a library that is not installed."""

    code: ClassVar[str] = "WG321"
    library: str
    install: str

    def what(self) -> str:
        return f"{self.source} needs the library {self.library}"

    def advice(self) -> str:
        return f"pip install {self.install}"


@dataclass(eq=False)
class NotATable(DataError):
    """A Python value that is no table."""

    code: ClassVar[str] = "WG320"
    kind: str
    reason: str

    def what(self) -> str:
        return f"{self.source}: {self.kind} is not a table"

    def why(self) -> str:
        return self.reason

    def advice(self) -> str:
        return "give a pandas or polars frame, a dict of columns, or NumPy arrays"


@dataclass(eq=False)
class HeaderUnusable(DataError):
    """The first line of a file does not name the columns."""

    code: ClassVar[str] = "WG314"
    reason: str
    remedy: str

    def what(self) -> str:
        return f"{self.source}, line 1: the header does not name every column"

    def why(self) -> str:
        return self.reason

    def advice(self) -> str:
        return self.remedy


@dataclass(eq=False)
class ColumnDuplicated(DataError):
    """Two columns share a name."""

    code: ClassVar[str] = "WG304"
    column: str
    positions: tuple[int, ...]

    def what(self) -> str:
        return f"{self.source} has {len(self.positions)} columns named {self.column!r}"

    def why(self) -> str:
        positions = " and ".join(map(str, self.positions))
        return f"columns are chosen by name; it stands at positions {positions}, counted from 1"

    def advice(self) -> str:
        return "rename or delete all but one"


@dataclass(eq=False)
class LineRagged(DataError):
    """A line of a CSV file has more or fewer fields than the header."""

    code: ClassVar[str] = "WG305"
    line: int
    expected: int
    found: int

    def what(self) -> str:
        fields = "1 field" if self.found == 1 else f"{self.found} fields"
        return f"{self.source}, line {self.line}: {fields}, the header has {self.expected}"

    def advice(self) -> str:
        if self.found > self.expected:
            return "put quotes around a value that contains the separator"
        return "write every field; leave a missing value empty but keep its separator"


@dataclass(eq=False)
class LengthsDiffer(DataError):
    """Columns of one table have different lengths; `lengths` is (column, length)."""

    code: ClassVar[str] = "WG315"
    lengths: tuple[tuple[str, int], ...]

    def what(self) -> str:
        return f"{self.source}: the columns have different lengths"

    def why(self) -> str:
        return listed(tuple(f"{column} has {length}" for column, length in self.lengths))

    def advice(self) -> str:
        return "give every column one value per row"

"""Reading a CSV or Parquet file into a table.

Polars reads the values. Before it, the standard library's reader goes over a CSV file once for what polars forgives:
duplicate names, lines with too few fields, and which line each row stands on. Its names stand: polars keeps the quotes
that are written twice.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import polars
from numpy.typing import NDArray

from whygrad.data.frame import polars_columns
from whygrad.data.table import MISSING_WORDS, Table, check_names, table_of
from whygrad.errors.data import TableEmpty
from whygrad.errors.table import FileMissing, FileUnreadable, HeaderUnusable, LineRagged

__all__ = ["csv_table", "read_table"]

_SEPARATORS = (",", ";", "\t")
_LEADING_ZERO = r"^[-+]?0\d"  # a code such as a postcode: the zero would be lost


def read_table(path: Path) -> Table:
    """The table in a .csv, .tsv or .parquet file; "", NA and NaN are missing values.

    Raises WG301 (no such file), WG302 (not readable), WG303 (no rows), WG304 (duplicate column), WG305 (a line with too
    many or too few fields), WG314 (a header without names).
    """
    if not path.exists():
        raise FileMissing(path.name, str(path.parent), _siblings(path.parent))
    if path.is_dir():
        raise FileUnreadable(path.name, "it is a folder", "name a .csv or .parquet file in it")
    suffix = path.suffix.lower()
    if suffix in {".parquet", ".pq"}:
        return _read_parquet(path)
    if suffix in {".csv", ".tsv", ".txt"}:
        return csv_table(path.read_bytes(), path.name)
    raise FileUnreadable(path.name, f"files that end in {suffix!r} are not known", "save it as .csv or .parquet")


def _siblings(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(entry.name for entry in folder.iterdir())) if folder.is_dir() else ()


def _read_parquet(path: Path) -> Table:
    try:
        frame = polars.read_parquet(path)
    except (polars.exceptions.PolarsError, OSError) as error:
        reason = str(error).splitlines()[0]
        raise FileUnreadable(path.name, f"the Parquet reader says: {reason}", "save the file again") from error
    return table_of(polars_columns(frame, path.name), source=path.name)


def csv_table(content: bytes, name: str) -> Table:
    """The table that the bytes of a CSV file are; raises WG302 to WG305 and WG314, as `read_table` does."""
    text = _decoded(content, name)
    if not text.strip():
        raise TableEmpty(name, "the file is empty")
    separator = _separator(text)
    names, kept, lines = _checked(text, separator, name)
    if not len(kept):
        raise TableEmpty(name, "it has a header and no rows below it")
    try:
        frame = polars.read_csv(text.encode(), separator=separator, infer_schema=False)
        frame.columns = names
        rows = frame[kept]
    except polars.exceptions.PolarsError as error:
        reason = "quotes are not balanced" if '"' in text else str(error).splitlines()[0]
        raise FileUnreadable(name, reason, "write a quote inside a value twice, and quotes around it") from error
    return table_of(polars_columns(_typed(rows), name), source=name, lines=lines)


def _decoded(content: bytes, name: str) -> str:
    """The file's text: UTF-8, with or without a byte order mark; UTF-16 with one (WG302 for anything else)."""
    encoding = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        reason = f"line {line} holds the byte 0x{content[error.start]:02x}, which is not UTF-8 text"
        raise FileUnreadable(name, reason, "save the file in the encoding UTF-8") from error


def _separator(text: str) -> str:
    """The separator that occurs most often in the first line."""
    header = text.lstrip("\n").split("\n", 1)[0]
    return max(_SEPARATORS, key=header.count)


def _checked(text: str, separator: str, source: str) -> tuple[list[str], NDArray[np.int64], NDArray[np.int64]]:
    """The names, which rows to keep (blank lines are none) and on which line each of them starts."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        names = [name.strip() for name in next(record for record in reader if record)]
        _check_header(names, source)
        return names, *_rows_and_lines(reader, len(names), source)
    except csv.Error as error:
        raise FileUnreadable(source, f"line {reader.line_num}: {error}", "correct that line") from error


def _rows_and_lines(
    reader: Iterable[list[str]], width: int, source: str
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    kept, lines = [], []
    start = reader.line_num + 1  # type: ignore[attr-defined]
    for row, record in enumerate(reader):
        if record and len(record) != width:
            raise LineRagged(source, start, width, len(record))
        if record:
            kept.append(row)
            lines.append(start)
        start = reader.line_num + 1  # type: ignore[attr-defined]
    return np.array(kept, dtype=np.int64), np.array(lines, dtype=np.int64)


def _check_header(names: list[str], source: str) -> None:
    """Refuse a header without names (WG314) or with a name twice (WG304)."""
    if "" in names:
        reason = f"column {names.index('') + 1} has no name"
        raise HeaderUnusable(source, reason, "name the column or delete it (pandas: to_csv(..., index=False))")
    if all(_is_number(name) for name in names):
        raise HeaderUnusable(
            source, f"it has only numbers: {', '.join(names[:5])}", "put column names in the first line"
        )
    check_names(names, source=source)


def _is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True


def _typed(frame: polars.DataFrame) -> polars.DataFrame:
    """Texts without the spaces around them, as truth values or as numbers where that loses nothing.

    All columns are asked at once: a table of pixels has hundreds.
    """
    every = polars.all()
    words = frame.select(every.str.strip_chars().replace(list(MISSING_WORDS), None))
    numbers = words.select(every.cast(polars.Float64, strict=False))
    empty, lost = words.null_count().row(0), numbers.null_count().row(0)
    has_leading_zero = words.select(every.str.contains(_LEADING_ZERO).any()).row(0)
    return polars.DataFrame(
        [
            numbers.to_series(place) if not zero and left == gone else _as_truth(series)
            for place, (series, zero, left, gone) in enumerate(
                zip(words.get_columns(), has_leading_zero, empty, lost, strict=True)
            )
        ]
    )


def _as_truth(words: polars.Series) -> polars.Series:
    """Words as truth values, where all of them are; else as they are."""
    lower = words.str.to_lowercase()
    is_truth = words.null_count() < len(words) and lower.drop_nulls().is_in(["true", "false"]).all()
    return lower == "true" if is_truth else words

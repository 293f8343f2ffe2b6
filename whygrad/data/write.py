"""A table written down so that reading it gives the same table: Parquet keeps numbers, truth values and text apart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars

    from whygrad.data.table import Column, Table

__all__ = ["write_table"]


def write_table(table: Table, path: Path) -> None:
    """Write a table as a Parquet file, whole or not at all."""
    import polars  # here, so that a toy set costs no table library

    frame = polars.DataFrame([_series(name, column) for name, column in table.columns.items()])
    half = path.with_name(f".{path.name}.half")
    frame.write_parquet(half)
    half.replace(path)


def _series(name: str, column: Column) -> polars.Series:
    """A column as polars has it, null where a value is missing."""
    import polars

    if column.kind == "text":
        return polars.Series(name, list(column.values), dtype=polars.String)
    numbers = polars.Series(name, column.values, dtype=polars.Float64).fill_nan(None)
    return numbers.cast(polars.Boolean) if column.kind == "boolean" else numbers

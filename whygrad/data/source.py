"""From what the experiment says to a table, and to the names of its input and target columns."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from whygrad.data.digits import digits_table
from whygrad.data.frame import as_table
from whygrad.data.table import Table, check_names
from whygrad.data.toy import toy_table
from whygrad.errors.data import ColumnUnknown, TableEmpty, TargetUndecided

if TYPE_CHECKING:
    from whygrad.spec import Data

__all__ = ["TABLE_SUFFIXES", "input_and_target_names", "load_table"]

TABLE_SUFFIXES = (".csv", ".tsv", ".txt", ".parquet", ".pq")


def load_table(data: Data, folder: Path) -> Table:
    """The table of the experiment's file, toy set, columns or data set; a relative file starts at `folder`.

    Raises what `read_table`, `as_table` and `digits_table` raise, and WG319 when the experiment names no source.
    """
    if data.file is not None:
        from whygrad.data.read import read_table

        return read_table(folder / data.file)
    if data.toy is not None:
        return toy_table(data.toy)
    if data.columns is not None:
        return as_table(data.columns, source="data.columns")
    if data.dataset is not None:
        return digits_table()
    raise TargetUndecided("the experiment", "it names no file, toy, columns or dataset, and no table was given", ())


def input_and_target_names(data: Data, table: Table) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the input and target columns: inputs are all but the target unless they are listed.

    Raises WG306 (no such column), WG319 (no target, or it is an input as well), WG303 (no input is left).
    """
    targets = _targets(data, table)
    for name in targets:
        _require(table, name, "the target")
    for name in data.inputs:
        _require(table, name, "an input")
    check_names(list(data.inputs), source="data.inputs")
    inputs = data.inputs or tuple(name for name in table.names if name not in targets)
    for name in set(inputs) & set(targets):
        raise TargetUndecided(table.source, f"the column {name!r} is both an input and the target", table.names)
    if not inputs:
        raise TableEmpty(table.source, "no column is left to learn from besides the target")
    return inputs, targets


def _targets(data: Data, table: Table) -> tuple[str, ...]:
    named = (data.target,) if isinstance(data.target, str) else data.target
    targets = named if named != ("",) else table.target
    if not targets:
        raise TargetUndecided(table.source, "it is not said which column to predict", table.names)
    return targets


def _require(table: Table, name: str, role: str) -> None:
    if name not in table.columns:
        raise ColumnUnknown(table.source, name, role, table.names)

"""Tables from what a person has in hand: pandas and polars frames, dicts of columns, NumPy arrays.

A frame's library is looked at only if its user imported it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whygrad.data.table import Column, Table, column_of, number_column, table_of, text_column
from whygrad.errors.table import NotATable

__all__ = ["as_table", "polars_columns", "table_from_arrays"]


def as_table(value: object, *, source: str = "the data") -> Table:
    """A table from a Table, a pandas or polars frame, a dict of columns, a 2-D array or a pair (inputs, targets).

    The columns of an array are named x1, x2, ...; those of targets y, or y1, y2, ... The table holds copies: what is
    changed in the frame afterwards does not change it.
    Raises WG303, WG304, WG311, WG315, WG320.
    """
    if isinstance(value, Table):
        return value
    if _is_frame("pandas", value):
        return table_of(_pandas_columns(value, source), source=source)
    if _is_frame("polars", value):
        return table_of(polars_columns(value, source), source=source)
    if isinstance(value, Mapping):
        columns = [(str(name), _column(cells, str(name), source)) for name, cells in value.items()]
        return table_of(columns, source=source)
    if isinstance(value, np.ndarray):
        return table_of(_array_columns(value, "x", source), source=source)
    if isinstance(value, tuple) and len(value) == 2:
        return table_from_arrays(value[0], value[1], source=source)
    raise NotATable(source, type(value).__name__, "its rows and columns are not known")


def table_from_arrays(inputs: object, targets: object, *, source: str = "the data") -> Table:
    """A table from inputs (n,) or (n, features) and targets (n,) or (n, outputs); it knows its target columns."""
    outputs = _array_columns(np.asarray(targets), "y", source)
    features = _array_columns(np.asarray(inputs), "x", source)
    names = tuple(name for name, _ in outputs)
    return table_of([*features, *outputs], source=source, target=names)


def _array_columns(array: NDArray[Any], letter: str, source: str) -> list[tuple[str, Column]]:
    """Columns of a 1-D or 2-D array, named by a letter and a number; a single target is just `y`."""
    if array.ndim not in (1, 2):
        raise NotATable(source, f"{array.ndim}-D array", "an array of rows has one axis or two")
    table = array[:, None] if array.ndim == 1 else array
    if letter == "y" and table.shape[1] == 1:
        return [("y", _column(table[:, 0], "y", source))]
    return [(name := f"{letter}{index + 1}", _column(table[:, index], name, source)) for index in range(table.shape[1])]


def _column(values: object, name: str, source: str) -> Column:
    """A column from an array or any iterable; a numeric array is taken as a whole."""
    if isinstance(values, np.ndarray) and values.dtype.kind in "iuf" and values.ndim == 1:
        return number_column(values)
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise NotATable(source, type(values).__name__, f"column {name!r} holds no sequence of values")
    return column_of(values, name=name, source=source)


def _is_frame(library: str, value: object) -> bool:
    module = sys.modules.get(library)
    return module is not None and isinstance(value, module.DataFrame)


def _pandas_columns(frame: Any, source: str) -> list[tuple[str, Column]]:
    names = [str(name) for name in frame.columns]
    return [(name, _pandas_column(frame.iloc[:, index], name, source)) for index, name in enumerate(names)]


def _pandas_column(series: Any, name: str, source: str) -> Column:
    """A column of a pandas frame; a category stays one even if its levels are numbers."""
    column = _column(series.to_numpy(), name, source)
    return text_column(column.labels()) if series.dtype.name == "category" else column


def polars_columns(frame: Any, source: str) -> list[tuple[str, Column]]:
    """Columns of a polars frame: its numbers as they are, all else value by value."""
    return [(series.name, _polars_column(series, source)) for series in frame.get_columns()]


def _polars_column(series: Any, source: str) -> Column:
    if series.dtype.is_numeric():
        return number_column(series.cast(float).to_numpy())
    return column_of(series.to_list(), name=series.name, source=source)

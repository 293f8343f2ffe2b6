"""Columns of a table to the array of inputs: numbers scaled, categories as one feature per level (one-hot)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from whygrad.data.missing import fill_for, filled
from whygrad.data.scale import fit_scale, scaled
from whygrad.data.stray import number_in, refuse_stray_words
from whygrad.data.table import Column, Table
from whygrad.dataset import CategoryColumn, NumberColumn
from whygrad.errors.data import CategoryUnknown, LevelsTooMany, NotANumber

if TYPE_CHECKING:
    from whygrad.spec import Data

__all__ = ["MOST_LEVELS", "column_inputs", "finite_numbers", "fit_column", "level_indices", "one_hot"]

MOST_LEVELS = 100
Rows = NDArray[np.int64]
Array = NDArray[np.float64]


def fit_column(table: Table, name: str, data: Data, *, kept: Rows, training: Rows) -> NumberColumn | CategoryColumn:
    """How one input column is prepared, fitted on the training rows.

    Raises WG311 (a word among numbers), WG317 (an unfit rule for missing values), WG318 (hardly a category), WG324 (a
    range beyond all numbers).
    """
    fill = fill_for(table, name, data, kept=kept, training=training)
    column = table.columns[name]
    if column.kind == "text":
        refuse_stray_words(table, name)
        return CategoryColumn(name, _levels(table, name, training, fill), None if fill is None else str(fill))
    values = filled(column.take(training), fill).values
    finite = finite_numbers(values, table, name, training)
    shift, factor = fit_scale(finite, data.scale, source=table.source, name=name)
    return NumberColumn(name, None if fill is None else float(fill), shift, factor)


def _levels(table: Table, name: str, training: Rows, fill: object) -> tuple[str, ...]:
    """The levels of a category, sorted; the filling value is one of them."""
    words = {word for word in table.columns[name].take(training).labels() if word is not None}
    levels = tuple(sorted(words | ({str(fill)} if fill is not None else set())))
    if len(levels) > MOST_LEVELS:
        raise LevelsTooMany(table.source, name, len(levels), levels[:3], MOST_LEVELS)
    return levels


def column_inputs(column: NumberColumn | CategoryColumn, table: Table, rows: Rows, *, remedy: str) -> Array:
    """The features of one prepared column for some rows of a table, (rows, features of the column).

    `remedy` is what an unknown category's error advises (WG309); a text that is no finite number: WG311.
    """
    raw = table.columns[column.name].take(rows)
    if isinstance(column, NumberColumn):
        numbers = Column("number", finite_numbers(_as_numbers(raw, table, column.name, rows), table, column.name, rows))
        return scaled(filled(numbers, column.fill).values, column.shift, column.factor)[:, None]
    words = [column.fill if word is None else word for word in raw.labels()]
    indices = level_indices(words, column.levels, table=table, name=column.name, rows=rows, remedy=remedy)
    return one_hot(indices, len(column.levels))


def level_indices(
    words: Sequence[str | None], levels: tuple[str, ...], *, table: Table, name: str, rows: Rows, remedy: str
) -> NDArray[np.int64]:
    """The position of each word among the levels; an unknown one is WG309, with its place."""
    position = {level: index for index, level in enumerate(levels)}
    for word, row in zip(words, rows, strict=True):
        if word not in position:
            raise CategoryUnknown(table.source, name, str(word), table.place(int(row)), levels, remedy)
    return np.array([position[str(word)] for word in words], dtype=np.int64)


def one_hot(indices: NDArray[np.int64], levels: int) -> Array:
    """Rows of zeros with a one at each index, (rows, levels)."""
    return np.eye(levels, dtype=np.float64)[indices]


def finite_numbers(values: Array, table: Table, name: str, rows: Rows) -> Array:
    """The same values, or WG311 for an infinite one; missing ones pass."""
    infinite = np.flatnonzero(np.isinf(values))
    if len(infinite):
        first = int(infinite[0])
        where = table.place(int(rows[first]))
        raise NotANumber(table.source, name, f"{values[first]:g}", where, "a network cannot compute with it")
    return values


def _as_numbers(column: Column, table: Table, name: str, rows: Rows) -> Array:
    """Numbers of a column in which text may stand for them."""
    if column.kind != "text":
        return column.values
    numbers = [np.nan if word is None else number_in(word) for word in column.values]
    for number, word, row in zip(numbers, column.values, rows, strict=True):
        if number is None:
            where = table.place(int(row))
            raise NotANumber(table.source, name, word, where, "the network was trained on numbers here")
    return np.array(numbers, dtype=np.float64)

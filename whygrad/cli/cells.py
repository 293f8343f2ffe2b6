"""Values as they stand in the columns of a table."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import Final

from whygrad.notation.numeral import exponent
from whygrad.pipeline.describing import is_share
from whygrad.render.numbers import column, percent

Cell = str | int | float | None
DECIMALS: Final = 4


def data_cells(values: Sequence[Cell]) -> tuple[str, ...]:
    """A column of words as it is, or of numbers with their points below each other."""
    if any(isinstance(value, str) for value in values):
        return tuple("–" if value is None else str(value) for value in values)
    return column([value for value in values if not isinstance(value, str)])


def said_cells(name: str, values: Sequence[Cell]) -> tuple[str, ...]:
    """A column of what a network says: four decimals, fewer beside large numbers."""
    if any(isinstance(value, str) for value in values):
        return data_cells(values)
    if name.startswith("probability"):
        return tuple(f"{value:.4f}" for value in values)
    return column(rounded([value for value in values if not isinstance(value, str)]))


def rounded(values: Sequence[float | None]) -> list[float | None]:
    """The numbers with as many decimals as the largest deserves: 2e-16 beside 1 is 0."""
    largest = max((abs(value) for value in values if value is not None and isfinite(value)), default=0.0)
    places = DECIMALS - max(exponent(largest), 0) if largest else 0
    return [value if value is None or not isfinite(value) else round(value, places) for value in values]


def figure_cells(name: str, values: Sequence[float | None]) -> tuple[str, ...]:
    """A column of one figure of a run: shares as percentages."""
    if is_share(name):
        return tuple(map(percent, values))
    return column(values)


def as_rows(columns: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Columns as rows."""
    return list(zip(*columns, strict=True))

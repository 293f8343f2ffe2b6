"""Scaling a column of numbers, and undoing it: prepared = (raw - shift) / factor."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from whygrad.errors.data import ScaleUnfit

if TYPE_CHECKING:
    from whygrad.spec import Scale

__all__ = ["fit_scale", "scaled", "unscaled"]


def fit_scale(values: NDArray[np.float64], rule: Scale, *, source: str, name: str) -> tuple[float, float]:
    """Shift and factor of one column, (rows,) without missing values; a constant column has the factor 1.

    `standard` takes the mean and the population standard deviation, `min-max` the smallest value and the range.
    `source` and `name` say whose column it is where the range is beyond all numbers (WG324).
    """
    if rule == "none":
        return 0.0, 1.0
    low, high = float(values.min()), float(values.max())
    if low == high:
        return low, 1.0
    if not math.isfinite(high - low):
        raise ScaleUnfit(source, name, low, high)
    return (low, high - low) if rule == "min-max" else _mean_and_deviation(values)


def _mean_and_deviation(values: NDArray[np.float64]) -> tuple[float, float]:
    """Computed in units of a power of two, which changes no bit of the result but keeps squares from overflowing."""
    exponent = int(np.frexp(np.abs(values).max())[1])
    units = np.ldexp(values, -exponent)
    mean, deviation = (float(np.ldexp(number, exponent)) for number in (units.mean(), units.std()))
    return mean, deviation or 1.0


def scaled(values: NDArray[np.float64], shift: object, factor: object) -> NDArray[np.float64]:
    """Raw values in prepared units; shift and factor are numbers or one per column."""
    return (values - np.asarray(shift, dtype=np.float64)) / np.asarray(factor, dtype=np.float64)


def unscaled(values: NDArray[np.float64], shift: object, factor: object) -> NDArray[np.float64]:
    """Prepared values back in raw units."""
    return values * np.asarray(factor, dtype=np.float64) + np.asarray(shift, dtype=np.float64)

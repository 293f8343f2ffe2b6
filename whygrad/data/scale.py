"""Scaling a column of numbers, and undoing it: prepared = (raw - shift) / factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from whygrad.spec import Scale

__all__ = ["fit_scale", "scaled", "unscaled"]


def fit_scale(values: NDArray[np.float64], rule: Scale) -> tuple[float, float]:
    """Shift and factor of one column, (rows,) without missing values; a constant column has the factor 1.

    `standard` takes the mean and the population standard deviation, `min-max` the smallest value and the range.
    """
    if rule == "none":
        return 0.0, 1.0
    low, high = float(values.min()), float(values.max())
    shift, factor = (low, high - low) if rule == "min-max" else (float(values.mean()), float(values.std()))
    return (low, 1.0) if low == high else (shift, factor or 1.0)


def scaled(values: NDArray[np.float64], shift: object, factor: object) -> NDArray[np.float64]:
    """Raw values in prepared units; shift and factor are numbers or one per column."""
    return (values - np.asarray(shift, dtype=np.float64)) / np.asarray(factor, dtype=np.float64)


def unscaled(values: NDArray[np.float64], shift: object, factor: object) -> NDArray[np.float64]:
    """Prepared values back in raw units."""
    return values * np.asarray(factor, dtype=np.float64) + np.asarray(shift, dtype=np.float64)

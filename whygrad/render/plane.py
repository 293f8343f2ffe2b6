"""Places over one or two inputs, and how strongly what is said there is coloured; NumPy alone, and no drawing."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

MARGIN: Final = 0.15
PLACES: Final = 241  # along a curve


def plane_around(points: Array, *, places: int = 121) -> tuple[Array, Array]:
    """Places along both axes that frame points (k, 2) with a margin; the unit square when there are none."""
    frame = points if len(points) else np.array([[0.0, 0.0], [1.0, 1.0]])
    low, high = frame.min(axis=0), frame.max(axis=0)
    room = np.where(high > low, MARGIN * (high - low), 0.5)
    xs, ys = (np.linspace(low[axis] - room[axis], high[axis] + room[axis], places) for axis in (0, 1))
    return xs, ys


def line_around(points: Array, *, places: int = PLACES) -> Array:
    """Places along one axis that frame points (k,) with a margin."""
    room = MARGIN * (points.max() - points.min() or 1.0)
    return np.linspace(points.min() - room, points.max() + room, places)


def places_of(xs: Array, ys: Array) -> Array:
    """Every place of a plane, (len(ys) * len(xs), 2), one line along x after another."""
    return np.column_stack([np.tile(xs, len(ys)), np.repeat(ys, len(xs))])


def strength(scores: Array, threshold: float) -> Array:
    """How far scores are from the threshold, as a share of the way to 0 or to 1; beyond these it is 1."""
    below, above = max(threshold, 1e-9), max(1.0 - threshold, 1e-9)
    far = np.where(scores >= threshold, (scores - threshold) / above, (threshold - scores) / below)
    return np.asarray(np.clip(far, 0.0, 1.0))

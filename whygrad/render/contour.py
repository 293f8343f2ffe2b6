"""The lines at which values over a plane pass a level: marching squares (after Lorensen and Cline 1987)."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

BOTTOM, RIGHT, TOP, LEFT = range(4)
# By which corners of a square are above the level (1: first column, first row; then against the clock): the sides
# that a line joins. Where two lines cross a square, they part the corners that are below.
JOINED: Final[dict[int, tuple[tuple[int, int], ...]]] = {
    1: ((LEFT, BOTTOM),),
    2: ((BOTTOM, RIGHT),),
    3: ((LEFT, RIGHT),),
    4: ((RIGHT, TOP),),
    5: ((LEFT, TOP), (BOTTOM, RIGHT)),
    6: ((BOTTOM, TOP),),
    7: ((LEFT, TOP),),
    8: ((TOP, LEFT),),
    9: ((BOTTOM, TOP),),
    10: ((LEFT, BOTTOM), (RIGHT, TOP)),
    11: ((RIGHT, TOP),),
    12: ((LEFT, RIGHT),),
    13: ((BOTTOM, RIGHT),),
    14: ((LEFT, BOTTOM),),
}


@np.errstate(all="ignore")
def contour(xs: Array, ys: Array, values: Array, level: float) -> Array:
    """Pieces of line (k, 4), each from (x, y) to (x, y), where values (len(ys), len(xs)) are at the level.

    Between two places a value is taken to change evenly; where one of them is not finite there is no line.
    """
    values = np.where(np.isfinite(values), values, np.nan)
    above = values >= level
    corners = (above[:-1, :-1], above[:-1, 1:], above[1:, 1:], above[1:, :-1])
    kinds = sum(corner.astype(int) << place for place, corner in enumerate(corners))
    crossings = sides(xs, ys, values, level)
    pieces = [
        np.concatenate([crossings[one][kinds == kind], crossings[other][kinds == kind]], axis=1)
        for kind, joined in JOINED.items()
        for one, other in joined
    ]
    found = np.concatenate(pieces)
    return np.asarray(found[np.isfinite(found).all(axis=1)])


def sides(xs: Array, ys: Array, values: Array, level: float) -> tuple[Array, ...]:
    """Where the level is passed on each side of each square, (rows, columns, 2) a side; nowhere it means nothing."""
    across = xs[:-1] + (level - values[:, :-1]) / np.diff(values, axis=1) * np.diff(xs)
    up = ys[:-1, None] + (level - values[:-1]) / np.diff(values, axis=0) * np.diff(ys)[:, None]
    flat = np.stack([across, np.broadcast_to(ys[:, None], across.shape)], axis=2)
    upright = np.stack([np.broadcast_to(xs, up.shape), up], axis=2)
    return flat[:-1], upright[:, 1:], flat[1:], upright[:, :-1]

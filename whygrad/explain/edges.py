"""How some elements of one array change with some elements of others: places and slopes, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

Places = NDArray[np.intp]  # of elements in C order


@dataclass(frozen=True, eq=False)
class Edges:
    """d of / d by, element by element: the edge k leads from `of[k]` to the element `by[k]` of the array `array[k]`.

    Arrays are counted by whoever makes the edges; all fields have one length.
    """

    of: Places
    array: Places
    by: Places
    slope: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.of)

    def only(self, wanted: NDArray[Any]) -> Edges:
        """Some of the edges, by a mask or by their numbers."""
        return Edges(self.of[wanted], self.array[wanted], self.by[wanted], self.slope[wanted])


def identity(places: Places, array: int) -> Edges:
    """Each element of an array, seen as itself."""
    return Edges(places, np.full(len(places), array), places, np.ones(len(places)))


def followed(first: Edges, then: Edges) -> Edges:
    """The chain rule: edges into an array, each followed by every edge that leads on from where it ends.

    `then` is sorted by `of`. Ways to the same element are one edge with the sum of their slopes.
    """
    start = np.searchsorted(then.of, first.by, "left")
    many = np.searchsorted(then.of, first.by, "right") - start
    again = np.repeat(np.arange(len(first)), many)
    on = np.arange(len(again)) - np.repeat(np.cumsum(many) - many, many) + start[again]
    return Edges(first.of[again], then.array[on], then.by[on], first.slope[again] * then.slope[on])


def merged(parts: Sequence[Edges]) -> Edges:
    """Edges put together, sorted by where they start; two between the same elements are one, with their sum."""
    parts = parts or [nothing()]
    of, array, by = (np.concatenate([getattr(each, name) for each in parts]) for name in ("of", "array", "by"))
    slope = np.concatenate([each.slope for each in parts])
    order = np.lexsort((by, array, of))
    of, array, by, slope = of[order], array[order], by[order], slope[order]
    first = np.ones(len(of), dtype=bool)
    first[1:] = (of[1:] != of[:-1]) | (array[1:] != array[:-1]) | (by[1:] != by[:-1])
    if first.all():
        return Edges(of, array, by, slope)
    starts = np.flatnonzero(first)
    return Edges(of[starts], array[starts], by[starts], np.add.reduceat(slope, starts))


def nothing() -> Edges:
    """No edges."""
    none = np.zeros(0, dtype=np.intp)
    return Edges(none, none, none, np.zeros(0))

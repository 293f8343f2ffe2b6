"""Which updates of a long run a recording looks at."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def chosen(end: int, per_epoch: int, first: int, count: int) -> list[int]:
    """At most so many of the updates 0 to `end`, in order: the first ones, the last, and others in between.

    Those in between begin epochs where there are enough of these. Half of them stand at even distances, half closer
    together at the start, where a run changes most.
    """
    if end < count:
        return list(range(end + 1))
    sure = [*range(min(first, count - 1)), end]
    epochs = range(0, end + 1, per_epoch)
    places = epochs if len(epochs) >= count else range(end + 1)
    return sorted({*sure, *between(places, count - len(sure))})


def between(places: Sequence[int], count: int) -> set[int]:
    """At most so many of these places, half of them evenly, half closer together at the start."""
    last, half = len(places) - 1, count // 2
    if half < 2:
        return set()
    evenly = np.linspace(0, last, half)
    early = np.geomspace(1, last, count - half)
    return {places[round(float(each))] for each in chain(evenly, early)}


def spread(places: Sequence[int]) -> Iterator[int]:
    """The same places, each time that which is farthest from those before it: wherever one stops, none is far."""
    ends = [0, len(places) - 1][: len(places)]
    yield from (places[each] for each in ends)
    gaps = [(0, len(places) - 1)]
    for low, high in gaps:  # grows while it is read
        middle = (low + high) // 2
        if low < middle < high:
            yield places[middle]
            gaps += [(low, middle), (middle, high)]

"""Which updates of a long run a recording looks at."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def chosen(end: int, per_epoch: int, first: int, count: int) -> list[int]:
    """At most so many of the updates 0 to `end`, in order: the first ones, the last, and others in between.

    Those in between begin epochs where there are enough of these. Half of them stand closer together at the start,
    where a run changes most, the others at about even distances.
    """
    if end < count:
        return list(range(end + 1))
    found = {*range(min(first, count - 1)), end}
    epochs = range(0, end + 1, per_epoch)
    places = epochs if len(epochs) >= count else range(end + 1)
    for place in chain(early(places, (count - len(found)) // 2), spread(places)):
        if len(found) < count:
            found.add(place)
    return sorted(found)


def early(places: Sequence[int], count: int) -> Iterator[int]:
    """At most so many of these places, each about as much farther on as the one before it was."""
    return (places[round(float(each))] for each in np.geomspace(1, len(places) - 1, count + 2)[1:-1])


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

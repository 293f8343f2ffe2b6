"""Who flips at another threshold, in words: rows of the data, and places between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from whygrad.render.numbers import count, percent, short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whygrad.pipeline.reading import Reading

Array = NDArray[Any]

NAMED: Final = 12  # rows, and stretches of an input


@dataclass(frozen=True, eq=False)
class Flips:
    """Two thresholds: the run's own, and another."""

    reading: Reading
    own: float
    threshold: float

    def sentence(
        self, parts: Sequence[dict[str, Any]], axes: Sequence[Array], said: Array, inputs: Sequence[str]
    ) -> str:
        """What the other threshold changes for the rows and for the places that were asked at; "" without one."""
        if self.reading.shows != "score" or self.reading.classes is None:
            return ""
        low, high = self.reading.classes.classes
        if self.threshold == self.own:
            return f"The threshold is {self.own:.2f}: from there on the network says {high}, below it {low}."
        turn = f"from {high} to {low}" if self.threshold > self.own else f"from {low} to {high}"
        rows = [row for part in parts for row, flips in zip(part["rows"], part["flips"], strict=True) if flips]
        places = self.places(axes, said, inputs)
        begin = f"With the threshold at {self.threshold:.2f} instead of {self.own:.2f}"
        if not rows:
            return f"{begin} no row flips{f'; {places} {turn}' if places else ''}."
        return f"{begin} {row_list(rows)} {turn}{f'; {places} as well' if places else ''}."

    def places(self, axes: Sequence[Array], said: Array, inputs: Sequence[str]) -> str:
        """The places that flip: stretches of a single input, or a share of the plane."""
        flips = self.reading.labels(said, self.own) != self.reading.labels(said, self.threshold)
        if not flips.any():
            return ""
        if len(axes) == 2:
            return f"{percent(float(flips.mean()))} of the plane flips"
        found = [f"from {short(low, 4)} to {short(high, 4)}" for low, high in stretches(axes[0], flips)]
        more = f" and {len(found) - NAMED} more stretches" if len(found) > NAMED else ""
        return f"{inputs[0]} {' and '.join(found[:NAMED])}{more} flip"

    def of_place(self, said: Array) -> str:
        """What is said at one place, and what the other threshold makes of it."""
        classes = self.reading.classes
        if classes is None:
            return ""
        here, there = (classes.classes[int(self.reading.labels(said, each)[0])] for each in (self.own, self.threshold))
        if here == there:
            return f"the network says {here}"
        return f"the network says {here}; with the threshold at {self.threshold:.2f} it says {there}"


def row_list(rows: Sequence[int]) -> str:
    """Some rows and a verb: "row 3 flips", "rows 3 and 7 flip"."""
    if len(rows) == 1:
        return f"row {rows[0]} flips"
    named = [str(row) for row in sorted(rows)[:NAMED]]
    if len(rows) > NAMED:
        return f"{count(len(rows), 'row')} flip, among them {', '.join(named)},"
    return f"rows {', '.join(named[:-1])} and {named[-1]} flip"


def stretches(places: Array, chosen: Array) -> list[tuple[float, float]]:
    """The first and last place of each run of chosen ones."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], chosen, [False]]).astype(int)))
    return [(float(places[first]), float(places[end - 1])) for first, end in edges.reshape(-1, 2)]

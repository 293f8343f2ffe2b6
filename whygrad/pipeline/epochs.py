"""Which epochs a person wants to read: round numbers, close together where the loss still falls, first and last."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.trace import History

MOST_STEPS: Final = 11
SETTLED: Final = 0.001  # a loss is settled once it has done all but this share of its fall
EARLY_STEPS: Final = 5


def readable_epochs(history: History) -> list[int]:
    """About 8 to 12 epochs of a history, the first and the last among them.

    Evenly spaced, like 0, 100, 200, ...; a loss that has done its falling within the first quarter is shown there
    instead, and from there on in the steps 1, 2, 5, 10: 0, 20, 40, 60, 80, 100, 200, 500, 1000, ...
    """
    if not len(history):
        return []
    ran = [int(row["epoch"] or 0) for row in history.rows]
    first, last = ran[0], ran[-1]
    settled = first + settled_after(history)
    falls_to_the_end = settled - first > (last - first) / 4
    places = evenly(first, last) if falls_to_the_end else thinning(first, settled, last)
    return ended_by(list(places), last)


def settled_after(history: History) -> int:
    """After how many epochs the loss has done nearly all of its fall."""
    losses = [value for value in history.column("loss") if value is not None and isfinite(value)]
    if not losses or losses[0] <= min(losses):
        return len(history)
    low = min(losses)
    return next(place for place, loss in enumerate(losses) if loss <= low + SETTLED * (losses[0] - low))


def evenly(first: int, last: int) -> Iterator[int]:
    """Multiples of a round step."""
    step = round_step((last - first) / MOST_STEPS)
    yield first
    yield from range((first // step + 1) * step, last + 1, step)


def thinning(first: int, settled: int, last: int) -> Iterator[int]:
    """A few multiples of a round step while the loss falls, then ever fewer round numbers."""
    step = round_step(max(settled - first, 1) / EARLY_STEPS)
    place = first
    for number in range(EARLY_STEPS + 1):
        place = first + number * step
        yield place
    while (place := round_step(place + 1)) <= last:
        yield place


def round_step(at_least: float) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50, ... that is at least so much."""
    power = 1
    while True:
        for factor in (1, 2, 5):
            if factor * power >= at_least:
                return factor * power
        power *= 10


def ended_by(places: list[int], last: int) -> list[int]:
    """The places with the last epoch at their end, and none that is hardly before it."""
    if len(places) < 2:
        return sorted({*places, last})
    step = places[-1] - places[-2]
    return [*(place for place in places if place == places[0] or last - place > step / 5), last]

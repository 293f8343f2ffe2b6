"""Numbers that are good to calculate with, drawn from a seed; every seed gives an exercise of the same difficulty.

What is given has one or two decimals; weights and biases are all of different size, and of another than anything else
that is given; three in ten are negative. What is computed keeps within `BANDS`, so that no unit saturates and rounding
eats no gradient, and of each layer of ReLU units the same number is closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, Any, Final

from whygrad.exercise.solution import worked
from whygrad.exercise.task import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from whygrad.exercise.solution import Rounding, Work, Written
    from whygrad.exercise.task import Asked, Task

TRIES: Final = 600
NEGATIVE: Final = 0.3  # of weights and biases
CLOSED: Final = 3  # of so many ReLU units one is closed, and at least one of two
APART: Final = 0.02  # of two outs of a layer, and of an out from its target at least five times as much
UNITS: Final = 10  # of the last place: the smallest gradient has two digits


@dataclass(frozen=True)
class Band:
    """How large numbers of a kind are, without their sign."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether a number is so large."""
        return self.low <= abs(value) <= self.high


BANDS: Final = {
    Kind.NET: Band(0.05, 2.0),
    Kind.OUT: Band(0.02, 2.0),
    Kind.LOSS: Band(0.01, 4.0),
    Kind.GRADIENT: Band(0.0, 3.0),
    Kind.NEW: Band(0.01, 3.0),
}
ROUND: Final = tuple(n / 20 for n in range(2, 19))  # 0.10, 0.15, ..., 0.90
FINE: Final = tuple(n / 100 for n in range(11, 100))
INPUTS: Final = tuple(n / 10 for n in range(2, 10))
TARGETS: Final = {"unit": (0.1, 0.2, 0.8, 0.9), "signed": (-0.8, -0.6, 0.6, 0.8), "any": (0.3, 0.7, 1.2, 1.5)}
MORE_TARGETS: Final = tuple(n / 20 for n in range(1, 20))


def friendly(task: Task, work: Work, rounding: Rounding, unit: float, seed: int) -> Iterator[dict[Any, float]]:
    """Friendly numbers for everything that is given, one set after another; `unit` is one of the last place."""
    draws = Random(f"exercise {seed}")  # noqa: S311 (an exercise, not a secret)
    for _ in range(TRIES):
        numbers = drawn(task, draws)
        solution = solved(task, work, rounding, numbers)
        if len(solution) == len(task.asked) and fits(task, solution, numbers, unit):
            yield numbers


def solved(task: Task, work: Work, rounding: Rounding, numbers: dict[Any, float]) -> tuple[Written, ...]:
    """What is asked for, with these numbers given."""
    return worked(
        lambda written, changed: work({**numbers, **written}, changed), (each.quantity for each in task.asked), rounding
    )


def drawn(task: Task, draws: Random) -> dict[Any, float]:
    """A number for everything that is given, whatever comes of it."""
    inputs = [each.quantity for each in task.given_of(Kind.INPUT)]
    rates = {each.quantity.value for each in task.given_of(Kind.RATE)}
    chosen = sample(without(INPUTS, rates), without(FINE, rates), len(inputs), draws)
    numbers: dict[Any, float] = dict(zip(inputs, chosen, strict=True)) | targets(task, draws)
    taken = rates | {abs(each) for each in numbers.values()}
    learned = [each.quantity for each in task.given_of(Kind.WEIGHT, Kind.BIAS)]
    sizes = sample(without(ROUND, taken), without(FINE, taken), len(learned), draws)
    negative = set(draws.sample(range(len(learned)), round(NEGATIVE * len(learned))))
    return numbers | {each: -sizes[k] if k in negative else sizes[k] for k, each in enumerate(learned)}


def sample(few: Sequence[float], many: Sequence[float], count: int, draws: Random) -> list[float]:
    """So many different numbers, of the rounder ones if there are enough."""
    return draws.sample(few if len(few) >= count else many, count)


def without(pool: Sequence[float], taken: Iterable[float]) -> list[float]:
    """The numbers of a pool that are not taken."""
    return [each for each in pool if all(abs(each - other) > 1e-9 for other in taken)]


def targets(task: Task, draws: Random) -> dict[Any, float]:
    """The targets, no two the same but in classes."""
    wanted = [each.quantity for each in task.given_of(Kind.TARGET)]
    if task.targets == "one-hot":
        right = draws.randrange(len(wanted))
        return {each: float(place == right) for place, each in enumerate(wanted)}
    if task.targets == "class":
        return {each: float(draws.randrange(2)) for each in wanted}
    return dict(zip(wanted, sample(TARGETS[task.targets], MORE_TARGETS, len(wanted), draws), strict=True))


def fits(task: Task, solution: Sequence[Written], numbers: dict[Any, float], unit: float) -> bool:
    """Whether all that is computed keeps within the bands, and ReLU units are open and closed as they should be."""
    value = {each.quantity: each.value for each in solution}
    return (
        all(within(each, value[each.quantity], unit) for each in task.asked)
        and all(few_closed(nets, value) for nets in relu_layers(task))
        and all(apart(outs, value) for outs in layers(task, Kind.OUT))
        and misses(task, value, numbers)
        and as_many_zeros(task, value)
    )


def within(asked: Asked, value: float, unit: float) -> bool:
    """Whether a number is within the band of its kind; what a closed unit makes 0 may be 0."""
    if value == 0.0 and asked.kind in (Kind.OUT, Kind.GRADIENT):
        return True
    if asked.kind is Kind.GRADIENT and abs(value) < UNITS * unit:
        return False
    return asked.kind not in BANDS or BANDS[asked.kind].holds(value)


def layers(task: Task, kind: Kind) -> list[list[Asked]]:
    """The numbers of a kind, layer by layer."""
    found: dict[str, list[Asked]] = {}
    for each in task.asked:
        if each.kind is kind:
            found.setdefault(each.layer, []).append(each)
    return list(found.values())


def relu_layers(task: Task) -> Iterator[list[Asked]]:
    """The nets of each layer of ReLU units."""
    return (nets for nets in layers(task, Kind.NET) if nets[0].activation == "relu")


def few_closed(nets: Sequence[Asked], value: dict[Any, float]) -> bool:
    """Whether of a layer of ReLU units as many are closed as in every exercise."""
    return sum(value[each.quantity] < 0 for each in nets) == closed(len(nets))


def closed(units: int) -> int:
    """How many of so many ReLU units are closed: none of one, one of two or three, a third of more."""
    return 0 if units < 2 else max(1, units // CLOSED)


def apart(outs: Sequence[Asked], value: dict[Any, float]) -> bool:
    """Whether the outs of a layer that let anything through are told apart."""
    found = sorted(value[each.quantity] for each in outs if value[each.quantity])
    return all(later - one >= APART for one, later in pairwise(found))


def misses(task: Task, value: dict[Any, float], numbers: dict[Any, float]) -> bool:
    """Whether each output misses its target by enough to learn from."""
    wanted = [numbers[each.quantity] for each in task.given_of(Kind.TARGET)]
    outs = [value[each.quantity] for each in layers(task, Kind.OUT)[-1]]
    return all(abs(out - target) >= 5 * APART for out, target in zip(outs, wanted, strict=True))


def as_many_zeros(task: Task, value: dict[Any, float]) -> bool:
    """Whether nothing is 0 where every unit lets something through."""
    return any(True for _ in relu_layers(task)) or all(value[each.quantity] for each in task.asked)

"""The loop over epochs: a stretch of them at one go where fast code goes through them, one by one where it cannot.

Nothing is kept between stretches but the position, and every draw comes from (seed, place), so a run can be taken up at
any position and goes on bit for bit, however it is cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from whygrad.run.loop import Best, Position, better, held_out, one_epoch, why_ended
from whygrad.run.metrics import metrics_of_each
from whygrad.run.predictor import cast
from whygrad.run.tally import loss_of_epoch
from whygrad.trace import Ending, LazyRows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from whygrad.run.choice import EngineName
    from whygrad.run.fast.loops.arrays import Arrays, Given
    from whygrad.run.fast.numbers.straight import Kept, Ran, Straight
    from whygrad.run.loop import Job
    from whygrad.run.predictor import States
    from whygrad.trace import Row

    Feed = Callable[[int, int], tuple[Sequence[Any], Sequence[NDArray[np.float64]]]]

MARKS: Final = 32  # positions in a stretch from which the others are reached again
SECONDS: Final = 0.1  # of a stretch: so long nobody waits for a word, or for Ctrl-C
MOST_SAID: Final = 100  # numbers that an epoch says: with more, what is kept for its figures takes more room than they


@dataclass(frozen=True, eq=False)
class Epoch:
    """One epoch done: the position after it, its figures, those of every k updates, and why the run ends here."""

    position: Position
    row: Row
    steps: tuple[Row, ...]
    ending: Ending | None


@dataclass(frozen=True, eq=False)
class Stretch:
    """Some epochs done: their figures, those of every k updates, and why the run ends after the last.

    - `after`: the position after the first, second, ... of them, counted from 0.
    """

    rows: Sequence[Row]
    steps: tuple[Row, ...]
    after: Callable[[int], Position]
    ending: Ending | None

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def position(self) -> Position:
        """The position after the last epoch."""
        return self.after(len(self) - 1)

    def interrupted(self, count: int) -> Stretch:
        """The first so many of the epochs, after which somebody stopped the run."""
        return Stretch(self.rows[:count], self.steps, self.after, Ending.INTERRUPTED)


def epochs(job: Job, position: Position) -> Iterator[Epoch]:
    """The epochs that follow a position, one by one, until the run ends.

    Raises NotFinite (WG501) at the step where NaN or infinity first appears; the positions given before stay good.
    """
    for stretch in stretches(job, position):
        last = len(stretch) - 1
        for number, row in enumerate(stretch.rows):
            yield Epoch(stretch.after(number), row, stretch.steps, stretch.ending if number == last else None)


def stretches(job: Job, position: Position) -> Iterator[Stretch]:
    """The epochs that follow a position, as many at a time as the engine goes through, until the run ends.

    Raises NotFinite (WG501) as `epochs` does.
    """
    straight = job.engine.straight
    batches: Feed = WholeEpochs(job) if straight and straight.takes_rows else partial(batches_of, job)
    most = at_first(job) if straight else 1
    while position.epoch < job.training.epochs:
        started = perf_counter()
        with np.errstate(all="ignore"):
            stretch = at_one_go(job, straight, batches, position, most) if straight else None
            stretch = stretch or single(job, position, "interpreter" if straight else None)
        yield stretch
        if stretch.ending:
            return
        position = stretch.position
        took = perf_counter() - started
        most = max(1, min(4 * most, int(len(stretch) * SECONDS / max(took, 1e-6))))
        most = straight.at_most(len(job.rows or ()), most) if straight else most


def at_first(job: Job) -> int:
    """How many epochs the first stretch has, before it is known how long they take."""
    from whygrad.run.fast.numbers.straight import Straight

    straight = job.engine.straight
    return straight.at_first(len(job.always[0]), SECONDS) if isinstance(straight, Straight) else 1


def single(job: Job, position: Position, kind: EngineName | None) -> Stretch:
    """One epoch, update by update."""
    after, row, steps = one_epoch(job, position, kind)
    return Stretch((row,), steps, lambda _: after, why_ended(job.training, after, row))


def at_one_go(job: Job, straight: Straight | Arrays, batches: Feed, position: Position, most: int) -> Stretch | None:
    """As many epochs as are finite and allowed, by code that has the loops inside; None where not even one is."""
    first = position.epoch
    count = min(most, job.training.epochs - first)
    given, true = batches(first, count)
    ran, states = gone_through(straight, position, given, 1 if len(job.validation) else apart(count))
    finite = ran.finite()
    return judged(job, position, ran, states, true[:finite]) if finite else None


def gone_through(
    straight: Straight | Arrays, position: Position, given: Sequence[Any], apart: int
) -> tuple[Ran | Kept, Callable[[int], States]]:
    """What some epochs gave, and what tells the states after one; some are kept, so many epochs apart."""
    from whygrad.run.fast.numbers.straight import Straight

    if isinstance(straight, Straight):
        kept = straight.run(position.states, given, apart)
        return kept, kept.states
    ran = straight.run(position.states, given)
    return ran, partial(states_of, straight, ran)


def states_of(straight: Arrays, ran: Ran, number: int) -> States:
    """The states after one of some epochs."""
    return straight.states(ran.trail[number])


def apart(epochs: int) -> int:
    """After how many epochs the states are kept: as far apart as a run remembers its positions."""
    return 1 << max(0, -(-epochs // MARKS) - 1).bit_length()


def batches_of(job: Job, first: int, count: int) -> tuple[Sequence[Any], Sequence[NDArray[np.float64]]]:
    """The batches of some epochs as rows of numbers, (updates, numbers given), and their targets, (rows, outputs)."""
    from whygrad.run.fast.numbers.straight import Same

    if job.repeats:
        rows, true = job.always
        return Same(rows, count), Same(true, count)
    every = [job.numbers(epoch) for epoch in range(first, first + count)]
    return [rows for rows, _ in every], [true for _, true in every]


class WholeEpochs:
    """The rows of some epochs as they lie in the table, with their order, and their targets, (rows, outputs)."""

    def __init__(self, job: Job) -> None:
        self.job, self.dtype = job, job.engine.dtype

    def __call__(self, first: int, count: int) -> tuple[Sequence[Any], Sequence[NDArray[np.float64]]]:
        if self.job.repeats:
            rows, true = self.always
            return [rows] * count, [true] * count
        every = [self.of(epoch) for epoch in range(first, first + count)]
        return [rows for rows, _ in every], [true for _, true in every]

    @cached_property
    def always(self) -> tuple[Given, NDArray[np.float64]]:
        """Those of the first epoch, which may be those of all."""
        return self.of(0)

    def of(self, epoch: int) -> tuple[Given, NDArray[np.float64]]:
        """Those of one epoch."""
        from whygrad.run.fast.loops.arrays import Given

        if self.job.rows is None or self.job.order is None:
            parts = list(self.job.batches(epoch))
            x, y = (np.concatenate([getattr(part, name) for part in parts]) for name in ("inputs", "targets"))
            return Given(cast(x, self.dtype), cast(y, self.dtype), np.arange(len(x)), is_in_order=True), y
        order = self.job.order(epoch)
        return Given(*self.job.table, order, is_in_order=self.job.repeats), self.job.rows.targets[order]


def judged(
    job: Job,
    position: Position,
    ran: Ran | Kept,
    states_after: Callable[[int], States],
    true: Sequence[NDArray[np.float64]],
) -> Stretch:
    """The stretch that some epochs are, up to the one after which the run ends."""
    training, first, best, count = job.training, position.epoch, position.best, len(true)
    held: list[dict[str, float | None]] = []
    bests: list[Best | None] = []
    ending = None
    if len(job.validation):
        losses = losses_of(job, ran.told)
        for number in range(count):
            states = states_after(number)
            held.append(held_out(job, states))
            best = better(training, Position(first + number, states, best), states, held[-1]["validation_loss"])
            bests.append(best)
            ending = why_ended(training, Position(first + number + 1, states, best), {"loss": losses[number]})
            if ending:
                count = number + 1
                break
    else:
        loss = None
        if training.stop_below is not None:
            losses = losses_of(job, ran.told)
            below = np.flatnonzero(losses[:count] < training.stop_below)
            count = int(below[0]) + 1 if len(below) else count
            loss = losses[count - 1]
        ending = why_ended(training, Position(first + count, {}, best), {"loss": loss})

    @cache
    def after(number: int) -> Position:
        return Position(first + number + 1, states_after(number), bests[number] if bests else best)

    def rows() -> list[Row]:
        columns = {"epoch": range(first, first + count)} | columns_of(job, ran.told, true[:count])
        made = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
        return [row | more for row, more in zip(made, held, strict=True)] if held else list(made)

    said = len(ran.said) if isinstance(ran.said, list) else ran.said.size
    found = LazyRows(count, rows) if said <= MOST_SAID * len(true) else rows()
    return Stretch(found, (), after, ending)


def losses_of(job: Job, ran: Ran) -> NDArray[np.float64]:
    """The loss of each epoch."""
    reduction = (job.training.reported_loss or job.training.loss).reduction
    if ran.errors is not None:
        found: NDArray[np.float64] = loss_of_epoch(ran.errors.T, ran.sizes, reduction)
        return found
    return ran.figures["error"] / (ran.updates if reduction == "mean" else 1)


def columns_of(job: Job, ran: Ran, true: Sequence[NDArray[np.float64]]) -> dict[str, Sequence[float | None]]:
    """The figures of some epochs, by name, as `Tally` has those of one."""
    count, updates, losses = len(true), ran.updates, losses_of(job, ran)
    targets = true[0][None] if all(each is true[0] for each in true) else np.stack(true)
    said = ran.said[:count].reshape(count, *targets.shape[1:])
    columns = {"loss": losses, "learning_rate": ran.figures["learning_rate"]}
    columns |= {name: value for name, value in ran.figures.items() if name == "penalty"}
    columns |= metrics_of_each(job.target, said, targets, job.training.threshold)
    columns |= {name: value / updates for name, value in ran.figures.items() if "/" in name}
    columns |= {f"inactive/{layer}": np.mean(~is_open, axis=1) for layer, is_open in ran.open.items()}
    return {name: value[:count].tolist() for name, value in columns.items()}

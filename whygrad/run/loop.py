"""One epoch of a run: from one whole epoch to the next, update by update, with the figures.

Nothing is kept between epochs but the position, and every draw comes from (seed, place), so a run can be taken up at
any position and goes on bit for bit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from whygrad.errors.run import NoSuchEpoch
from whygrad.graph import UPDATES
from whygrad.run.course import Interpreted
from whygrad.run.metrics import metrics
from whygrad.run.notfinite import first_not_finite
from whygrad.run.predictor import cast
from whygrad.run.tally import Tally
from whygrad.trace import Ending, StepTrace

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from whygrad.dataset import ClassTarget, NumberTarget, Part
    from whygrad.run.choice import EngineName
    from whygrad.run.engine import Engine
    from whygrad.run.predictor import States
    from whygrad.spec import Training
    from whygrad.trace import Row


@dataclass(frozen=True, eq=False)
class Best:
    """The lowest validation loss so far, after how many epochs, and the states then."""

    epoch: int
    loss: float
    states: States


@dataclass(frozen=True, eq=False)
class Position:
    """Where a run stands: how many epochs are done, the states, and the best of early stopping."""

    epoch: int
    states: States
    best: Best | None = None


@dataclass(frozen=True, eq=False)
class Job:
    """What a run is made of: its engine, its batches (one list per epoch), what is held out, and the settings.

    - `repeats`: whether every epoch has the same batches.
    - `rows`: what is learned from, and `order`: which of its rows the batches of an epoch take, one behind the other;
      None where they are changed at random before they are learned from.
    """

    engine: Engine
    batches: Callable[[int], Iterable[Part]]
    validation: Part
    target: ClassTarget | NumberTarget
    training: Training
    repeats: bool = False
    rows: Part | None = None
    order: Callable[[int], NDArray[np.int64]] | None = None

    @cached_property
    def table(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """The inputs and targets of all rows in the engine's precision, in which a large table is put only once."""
        part, dtype = self.rows or self.validation, self.engine.dtype
        return cast(part.inputs, dtype), cast(part.targets, dtype)

    @cached_property
    def always(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The batches of the first epoch, which may be those of all, as `numbers` has them."""
        return self.numbers(0)

    def numbers(self, epoch: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The batches of an epoch as rows of numbers, (updates, numbers given), and their targets, (rows, outputs)."""
        parts = list(self.batches(epoch))
        return np.array([flat(part) for part in parts]), np.concatenate([part.targets for part in parts])


def flat(part: Part) -> NDArray[np.float64]:
    """The numbers of a batch, its inputs before its targets."""
    return np.concatenate([np.ravel(part.inputs), np.ravel(part.targets)])


def one_epoch(job: Job, position: Position, kind: EngineName | None = None) -> tuple[Position, Row, tuple[Row, ...]]:
    """The position after one more epoch, and its figures; each loss is taken before its own update.

    An epoch in which fast code meets what is not finite is run again by the interpreter, which names it.
    """
    training, states, course = job.training, position.states, job.engine.course(position.states, kind)
    is_plain = isinstance(course, Interpreted)
    updates = int(states[UPDATES])
    whole, recent = Tally(job.target, training), Tally(job.target, training)
    steps: list[Row] = []
    batches = job.batches(position.epoch)
    for number, batch in enumerate(batches if training.record_every else course.expecting(batches, updates)):
        before = course.states() if is_plain else states
        outputs = course.advance(batch, updates + number)
        if not all_finite(outputs):
            if not is_plain:
                return one_epoch(job, position, "interpreter")
            refuse_not_finite(job, replace(position, states=before), number, batch)
        whole.add(batch, outputs)
        if training.record_every is not None:
            recent.add(batch, outputs)
        if len(recent) == training.record_every:
            steps.append(recent_row(job, position, course.states(), recent))
            recent = Tally(job.target, training)
    states = course.states()
    if len(recent):
        steps.append(recent_row(job, position, states, recent))
    row = job.engine.agreed({"epoch": position.epoch} | whole.row() | held_out(job, states))
    best = better(training, position, states, row.get("validation_loss"))
    return Position(position.epoch + 1, states, best), row, tuple(steps)


def recent_row(job: Job, position: Position, states: States, recent: Tally) -> Row:
    """The figures of the latest updates, and how many they are."""
    place = {"step": int(states[UPDATES]), "epoch": position.epoch, "updates": len(recent)}
    return place | recent.row() | held_out(job, states)


def held_out(job: Job, states: States) -> dict[str, float | None]:
    """The figures of the validation part, if there is one."""
    if not len(job.validation):
        return {}
    said, loss = job.engine.predictor.judge(states, job.validation)
    found = metrics(job.target, said, job.validation.targets, job.training.threshold)
    row: dict[str, float | None] = {f"validation_{name}": value for name, value in found.items()}
    return {"validation_loss": loss} | row


def better(training: Training, position: Position, states: States, loss: float | None) -> Best | None:
    """The best validation loss after this epoch; None when nothing watches for it."""
    stopping, best = training.early_stopping, position.best
    if stopping is None or loss is None or not np.isfinite(loss):
        return best
    if best is not None and not loss < best.loss - stopping.min_delta:
        return best
    return Best(position.epoch + 1, loss, states)


def why_ended(training: Training, position: Position, row: Row) -> Ending | None:
    """Why the run ends at this position, or None."""
    stopping, best, loss = training.early_stopping, position.best, row["loss"]
    if training.stop_below is not None and loss is not None and loss < training.stop_below:
        return Ending.GOAL
    if stopping and best and position.epoch - best.epoch >= stopping.patience:
        return Ending.EARLY
    return Ending.FINISHED if position.epoch >= training.epochs else None


def all_finite(outputs: Mapping[str, Any]) -> bool:
    """Whether a step went well, judged by its single figures: the loss and the lengths of gradients and updates."""
    figures = (value for value in outputs.values() if np.ndim(value) == 0)
    return bool(np.isfinite(sum(map(float, figures))))


def refuse_not_finite(job: Job, before: Position, number: int, batch: Part) -> None:
    """Run a suspicious step again with every value kept; raises NotFinite (WG501) if one is not finite."""
    fault = first_not_finite(traced(job, before, number, batch))
    if fault is not None:
        raise fault


def trace_step(job: Job, position: Position, batch: int = 0) -> StepTrace:
    """The full trace of one step of the epoch that starts at a position; raises NoSuchEpoch (WG502) past its end."""
    states = position.states
    number = -1
    with np.errstate(all="ignore"):
        for number, part in enumerate(job.batches(position.epoch)):
            if number == batch:
                return traced(job, replace(position, states=states), number, part)
            states = job.engine.advance(states, part, int(states[UPDATES])).states
    raise NoSuchEpoch("batch", batch, number)


def traced(job: Job, before: Position, number: int, batch: Part) -> StepTrace:
    """A step with the value of every node."""
    updates = int(before.states[UPDATES])
    step, values = job.engine.trace(before.states, batch, updates)
    return StepTrace(step, values, updates, before.epoch, number, batch.rows)

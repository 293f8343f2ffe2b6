"""The loop over epochs: from one whole epoch to the next, with the figures of each.

Nothing is kept between epochs but the position, and every draw comes from (seed, place), so a run can be taken up at
any position and goes on bit for bit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from whygrad.errors.run import NoSuchEpoch
from whygrad.graph import UPDATES
from whygrad.run.metrics import metrics
from whygrad.run.notfinite import first_not_finite
from whygrad.run.tally import Tally
from whygrad.trace import Ending, StepTrace

if TYPE_CHECKING:
    from whygrad.dataset import ClassTarget, NumberTarget, Part
    from whygrad.run.engine import Advanced, Engine
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
class Epoch:
    """One epoch done: the position after it, its figures, those of every k updates, and why the run ends here."""

    position: Position
    row: Row
    steps: tuple[Row, ...]
    ending: Ending | None


@dataclass(frozen=True, eq=False)
class Job:
    """What a run is made of: its engine, its batches (one list per epoch), what is held out, and the settings."""

    engine: Engine
    batches: Callable[[int], Iterable[Part]]
    validation: Part
    target: ClassTarget | NumberTarget
    training: Training


def epochs(job: Job, position: Position) -> Iterator[Epoch]:
    """The epochs that follow a position, one by one, until the run ends.

    Raises NotFinite (WG501) at the step where NaN or infinity first appears; the positions given before stay good.
    """
    while position.epoch < job.training.epochs:
        with np.errstate(all="ignore"):
            position, row, steps = one_epoch(job, position)
        ending = why_ended(job.training, position, row)
        yield Epoch(position, row, steps, ending)
        if ending:
            return


def one_epoch(job: Job, position: Position) -> tuple[Position, Row, tuple[Row, ...]]:
    """The position after one more epoch, and its figures; each loss is taken before its own update."""
    training, states = job.training, position.states
    whole, recent = Tally(job.target, training), Tally(job.target, training)
    steps: list[Row] = []
    for number, batch in enumerate(job.batches(position.epoch)):
        advanced = job.engine.advance(states, batch, int(states[UPDATES]))
        if not all_finite(advanced):
            refuse_not_finite(job, replace(position, states=states), number, batch)
        states = advanced.states
        whole.add(batch, advanced)
        if training.record_every is not None:
            recent.add(batch, advanced)
        if len(recent) == training.record_every:
            steps.append(recent_row(job, position, states, recent))
            recent = Tally(job.target, training)
    if len(recent):
        steps.append(recent_row(job, position, states, recent))
    row: Row = {"epoch": position.epoch} | whole.row() | held_out(job, states)
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


def all_finite(advanced: Advanced) -> bool:
    """Whether a step went well, judged by its single figures: the loss and the lengths of gradients and updates."""
    figures = (value for value in advanced.outputs.values() if np.ndim(value) == 0)
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

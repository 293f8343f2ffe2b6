"""One learner's run: where it stands, what was made so far, and what a change does to it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from msgspec import structs

from whygrad.errors.graph import UnknownName
from whygrad.lab.ending import Course, course_of
from whygrad.lab.limits import Limits, refuse_more
from whygrad.lab.turns import Parameters, Turns, Weight
from whygrad.pipeline.setting_up import SetUp, set_up
from whygrad.run import Timeline
from whygrad.run.loop import held_out
from whygrad.run.notfinite import first_not_finite
from whygrad.run.predictor import frozen
from whygrad.run.tally import Tally
from whygrad.spec import check_experiment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from whygrad.errors.run import NotFinite
    from whygrad.graph import Expr
    from whygrad.run.predictor import States
    from whygrad.spec import Experiment
    from whygrad.trace import Ending, Row, StepTrace

AT_A_TIME: Final = 8
NO_LIMITS: Final = Limits(parameters=10**9, rows=10**9, numbers=10**9)
# What of a training may change while it runs; whatever else changes, the run starts again.
GOES_ON: Final = frozenset(
    {"learning_rate", "schedule", "optimizer", "l1", "l2", "weight_decay", "clip", "threshold", "epochs", "loss"}
)


@dataclass(eq=False)
class Stretch:
    """The updates from one change to the next.

    - `ready`: what they were made with; `losses`: the loss of each, before it.
    - `rows`: the figures of each epoch, those of a run's history, and how many updates were made by its end.
    - `tally`: the figures of the epoch that is not over yet.
    - `course`: the epochs as the rules see them by which a training ends; `broken`: the first update with a NaN.
    """

    ready: SetUp
    line: Timeline
    course: Course
    losses: list[float] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    tally: Tally | None = None
    broken: int | None = None

    @cached_property
    def origin(self) -> dict[str, str]:
        """What it begins with, to be compared: the data, and the values of all parameters."""
        states = self.line.states(self.line.first)
        digest = sha256()
        for name in parameters_of(self.ready):
            digest.update(f"{name} {np.shape(states[name])}".encode() + np.asarray(states[name]).tobytes())
        return {"data": self.ready.dataset.fingerprint[:16], "weights": digest.hexdigest()[:16]}

    def go_on(self) -> float:
        """Make one more update; its loss."""
        job, update = self.ready.job, self.line.end
        batch, advanced = self.line.batch(update), self.line.go_on()
        self.tally = self.tally or Tally(job.target, job.training)
        self.tally.add(batch, advanced.outputs)
        self.losses.append(float(advanced.outputs["error"]))
        epoch, place = self.line.place(update)
        if place + 1 == self.line.per_epoch:
            row: Row = {"update": update + 1, "epoch": epoch}
            with np.errstate(all="ignore"):
                self.rows.append({**row, **self.tally.row(), **held_out(job, advanced.states)})
            self.course.add(self.rows[-1])
            self.tally = None
        return self.losses[-1]


@dataclass(frozen=True)
class Place:
    """Where a learner stands: before the update of this number, of which so many moves were made."""

    update: int = 0
    moves: int = 0


class Session:
    """A run that a person drives: forward, back, and with other settings from anywhere.

    - `stretches`: the past, cut where something was changed; the last one goes on.
    - `place`: what is looked at; it may lie anywhere between the start and the farthest update made.
    - `turns`: what it began with and what was changed since.
    """

    def __init__(self, experiment: Experiment, folder: Path | None = None, limits: Limits = NO_LIMITS) -> None:
        self.folder, self.limits = folder or Path(), limits
        self.experiment = check_experiment(experiment)
        self.stretches: list[Stretch] = []
        self.place = Place()
        self.reset()

    def reset(self) -> None:
        """Back to the start, with the same weights as before: they are drawn from the seed."""
        self._start(self._ready(self.experiment))

    def _start(self, ready: SetUp) -> None:
        self.stretches = [self._stretch(ready, ready.start().states, Course(ready.experiment.training))]
        self.place = Place()
        self.turns = Turns(ready.experiment)

    @property
    def end(self) -> int:
        """The number of the farthest update made."""
        return self.stretches[-1].line.end

    def stretch(self, update: int) -> Stretch:
        """The stretch that an update belongs to."""
        return next(each for each in reversed(self.stretches) if each.line.first <= update)

    def states(self) -> States:
        """The states before the update that is looked at."""
        return self.stretch(self.place.update).line.states(self.place.update)

    def trace(self, update: int | None = None) -> StepTrace:
        """Every value of an update: of the one that is looked at, unless another is named."""
        number = self.place.update if update is None else update
        return self.stretch(number).line.trace(number)

    def go(self, update: int, moves: int = 0) -> None:
        """Look at an update; those between the farthest and it are made."""
        while self.end < update:
            self.make_one()
        self.place = Place(max(update, self.stretches[0].line.first), moves)

    def on_the_way(self, update: int) -> Iterator[None]:
        """Compute the states of an update that was made before again, a few updates at a time."""
        line = self.stretch(update).line
        for number in range(line.nearest(update), update, AT_A_TIME):
            line.states(number)
            yield

    def make_one(self) -> NotFinite | None:
        """Make the update after the farthest one; where NaN or infinity began, if it did in this update."""
        number, last = self.end, self.stretches[-1]
        loss = last.go_on()
        if np.isfinite(loss) and all(np.isfinite(each).all() for each in last.line.states(self.end).values()):
            return None
        fault = first_not_finite(self.trace(number))
        if fault is not None and last.broken is None:
            last.broken = number
        return fault

    def ending(self) -> Ending | None:
        """Why a training would end at the farthest update; None where it would not, or would have before."""
        return self.stretches[-1].course.ending(self.end)

    def first_broken(self) -> int | None:
        """The first update of the run in which NaN or infinity appeared; None where none did."""
        return next((each.broken for each, end in self._kept() if each.broken is not None and each.broken < end), None)

    def losses(self, start: int = 0) -> list[float]:
        """The loss of every update made, each before it, from an update on."""
        found: list[float] = []
        for stretch, end in self._kept():
            first = stretch.line.first
            found += stretch.losses[max(start - first, 0) : end - first]
        return found

    def rows(self) -> list[Row]:
        """The figures of every epoch made."""
        found: list[Row] = []
        for stretch, end in self._kept():
            found += stretch.rows[: bisect_right(stretch.rows, end, key=lambda row: int(row["update"] or 0))]
        return found

    def _kept(self) -> Iterator[tuple[Stretch, int]]:
        """Each stretch, and the update up to which it is part of the run."""
        for stretch, following in zip(self.stretches, [*self.stretches[1:], None], strict=True):
            yield stretch, following.line.first if following else stretch.line.end

    def change(self, experiment: Experiment) -> bool:
        """Take up other settings; whether the run goes on with them, rather than starting again.

        It goes on from the place that is looked at, and what was made beyond it is gone. Raises what reading and
        setting up an experiment raise; then nothing has changed.
        """
        checked = check_experiment(experiment)
        goes_on = goes_on_with(self.experiment, checked)
        ready = self._ready(checked)
        here = self.place.update
        if goes_on:
            self._branch(ready, carried_over(ready, self.stretch(here).line.states(here)))
            self.turns.add(here, checked)
        else:
            self._start(ready)
        self.experiment = checked
        return goes_on

    def set_weight(self, name: str, value: float) -> None:
        """Give one element of a parameter another value here; the run goes on with it. Raises UnknownName (WG105)."""
        states = self._states_here()
        symbol, index = parameter_called(self.stretches[-1].ready, name)
        array = np.array(states[symbol])
        array[index] = value
        self._take({**states, symbol: array})
        self.turns.add(self.place.update, Weight(name, value))

    def set_parameters(self, values: Mapping[str, Any]) -> None:
        """Give whole arrays other values here; the run goes on with them."""
        self._take({**self._states_here(), **values})
        self.turns.add(self.place.update, Parameters(values))

    def _states_here(self) -> States:
        """The states at the place that is looked at, in the shape of the newest settings."""
        here = self.place.update
        return carried_over(self.stretches[-1].ready, self.stretch(here).line.states(here))

    def _take(self, states: States) -> None:
        """Go on from here with these states and the newest settings, which may be later ones than those of here."""
        here, ready = self.place.update, self.stretches[-1].ready
        for state in states.values():
            frozen(state)
        is_later = self.stretch(here).ready is not ready
        self._branch(ready, states)
        if is_later:
            self.turns.add(here, self.experiment)

    def _ready(self, experiment: Experiment) -> SetUp:
        """An experiment set up, where it is not too large."""
        self.limits.check_asked(experiment)
        ready = set_up(experiment, self.folder)
        self.limits.check_ready(ready)
        return ready

    def _branch(self, ready: SetUp, states: States) -> None:
        """Go on from the place that is looked at with these states."""
        here = self.place.update
        kept = [each for each in self.stretches if each.line.first < here]
        refuse_more(len(kept), self.limits.changes, "changes in one run")
        rows = [row for row in self.rows() if (row["update"] or 0) <= here]
        self.stretches = kept
        self.stretches.append(self._stretch(ready, states, course_of(ready.experiment.training, rows)))
        self.place = replace(self.place, moves=0)

    def _stretch(self, ready: SetUp, states: States, course: Course) -> Stretch:
        return Stretch(ready, Timeline(ready.job, states, self.limits.memory), course)


def goes_on_with(old: Experiment, new: Experiment) -> bool:
    """Whether a run can go on with other settings: only what its updates are made with has changed."""
    if structs.replace(new, training=old.training, title=old.title) != old:
        return False
    before, after = structs.asdict(old.training), structs.asdict(new.training)
    return all(before[key] == after[key] or key in GOES_ON for key in after)


def carried_over(ready: SetUp, states: Mapping[str, Any]) -> States:
    """The states of a run in the shape that new settings need: another optimizer starts with nothing remembered."""
    fresh = ready.start().states
    return {name: states.get(name, value) for name, value in fresh.items()}


def parameter_called(ready: SetUp, name: str) -> tuple[str, tuple[int, ...]]:
    """The array and the place of a parameter's element. Raises UnknownName (WG105)."""
    step, _ = ready.job.engine.ready(ready.batch_sizes[0])
    learned: dict[Expr, str] = {step.states[parameter]: parameter for parameter in parameters_of(ready)}
    node, index = step.names.among(learned).find(name)
    if index is None:
        if node.shape:
            raise UnknownName(name, "")
        index = ()
    return learned[node], index


def parameters_of(ready: SetUp) -> tuple[str, ...]:
    """The names of what is learned."""
    return ready.job.engine.ready(ready.batch_sizes[0])[0].parameters

"""Networks that are trained together, and the plan that all networks of their shape share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from msgspec import structs

from whygrad.data import row_order
from whygrad.dataset import ClassTarget
from whygrad.errors.run import EngineMissing, EngineUnfit
from whygrad.pipeline.flock import Flock, Went, classes, draws_weights_only, of_seed, shape_of, starts_alike
from whygrad.pipeline.setting_up import set_up, steps_per_epoch, work_in
from whygrad.run.choice import COSTS, on_devices
from whygrad.run.fast.compiled import can_compile, is_kept

if TYPE_CHECKING:
    from pathlib import Path
    from threading import Event

    from whygrad.pipeline.flock import Ends
    from whygrad.pipeline.setting_up import SetUp
    from whygrad.pipeline.sweep import Grid, Progress
    from whygrad.run.choice import Work
    from whygrad.run.devices.many import ManyOnDevices
    from whygrad.run.fast.abreast import Abreast, Passed
    from whygrad.spec import Experiment

NUMBERS_AT_ONCE: Final = 400_000  # of an update of all networks of a lot: more do not fit into a processor's cache
MOST_AT_ONCE: Final = 1_024
STARTED: Final = 1.0  # seconds until compiled code can be run, however short it is
WRITTEN: Final = 6e-4  # seconds to write the code of an operation
COMPILED: Final = 3.5e-7  # seconds to compile it, for each other operation beside it
BATCH: Final = 8e-6  # seconds to put a batch together for one network
AROUND: Final = 3  # times what NumPy takes for the operations alone: each epoch is judged, and some networks leave
SIDES: Final = 8  # networks that one instruction serves
LOSSES_AT_ONCE: Final = 2**17  # of all networks: many more would not fit into a processor's cache
FIGURES_AT_ONCE: Final = 2_000_000  # that a lot gives before they are judged
OPERATIONS_AT_ONCE: Final = 400_000_000  # before it is told how far it is
ENGINES: Final = ("auto", "numpy", "compiled", "jax")


@dataclass(frozen=True, eq=False)
class Plan:
    """What the networks of one shape share: the first of them set up, and the code that runs them side by side.

    - `abreast`: the code that goes through epochs, compiled or on devices; None where all goes update by update.
    - `rows`: what its updates are given; `many`: makes what goes from update to update, where that is not NumPy.
    - `weights_only`: whether all that a seed decides is drawn for each network by itself, and the rest made once.
    """

    ready: SetUp
    folder: Path
    weights_only: bool
    work: Work
    abreast: Abreast | ManyOnDevices | None = None
    rows: Any = None
    many: ManyOnDevices | None = None

    @staticmethod
    def of(experiment: Experiment, grid: Grid, first: int) -> Plan:
        """The plan for an experiment. Raises EngineUnfit (WG504), EngineMissing (WG505), and what setting up raises."""
        ready = set_up(of_seed(experiment, first), grid.folder, rate_is_state=True)
        if sees_all_rows(ready):  # in whatever order: that is another order of sums, no more
            ready = set_up(in_order(ready.experiment), grid.folder, rate_is_state=True)
        plan = Plan(ready, grid.folder, draws_weights_only(ready), work_of(ready))
        refuse_unfit(grid.engine, plan.work)
        if grid.engine == "jax":
            return plan.on_devices()
        if grid.engine == "numpy" or plan.work.obstacle or not can_compile():
            return plan
        networks = len(grid.settings) // max(len(grid.hidden), 1) * grid.seeds
        if grid.engine == "auto" and not pays(plan, networks, kept=True):
            return plan
        from whygrad.run.fast.abreast import Abreast

        step, _ = ready.job.engine.ready(ready.batch_sizes[0])
        abreast = Abreast(step, with_said=plan.has_classes, own_order=not plan.weights_only)
        if grid.engine == "auto" and not pays(plan, networks, kept=is_kept(abreast.text)):
            return plan
        part = ready.dataset.training
        rows = ready.job.always[0] if plan.weights_only else np.concatenate([part.inputs, part.targets], axis=1)
        return replace(plan, abreast=abreast, rows=rows, weights_only=True)

    def on_devices(self) -> Plan:
        """The same, run on the devices that JAX has: whole epochs where all networks are given the same rows."""
        from whygrad.run.devices.many import ManyOnDevices

        many = ManyOnDevices(self.ready.job.engine, self.has_classes)
        if not self.weights_only or len(self.ready.batch_sizes) > 1:
            return replace(self, many=many)
        return replace(self, many=many, abreast=many, rows=self.ready.job.always[0])

    @property
    def engine(self) -> str:
        """What runs it."""
        return "jax" if self.many else "compiled" if self.abreast else "numpy"

    @property
    def has_classes(self) -> bool:
        """Whether it is solved when every row is right."""
        return isinstance(self.ready.job.target, ClassTarget)

    def member(self, seed: int, rate: float) -> SetUp:
        """One of the networks; where its seed draws no more than weights, the rest need not be made again."""
        known = of_seed(self.ready.experiment, seed)
        experiment = structs.replace(known, training=structs.replace(known.training, learning_rate=rate))
        if self.weights_only:
            return replace(self.ready, experiment=experiment)
        return set_up(experiment, self.folder, rate_is_state=True)

    def is_alike(self, seed: int) -> bool:
        """Whether every seed gives the same run."""
        rate = self.ready.experiment.training.learning_rate
        return starts_alike(self.member(seed, rate), self.member(seed + 1, rate))

    def lot_size(self, networks: int, cores: int) -> int:
        """How many networks are trained together, so that memory is bounded and every core has some."""
        if self.many:
            return min(networks, self.many.fleet.count * MOST_AT_ONCE)
        each = -(-networks // cores)
        return min(most_at_once(self.work), -(-each // SIDES) * SIDES)


def sees_all_rows(ready: SetUp) -> bool:
    """Whether every update is given all rows, with nothing drawn for single ones."""
    step, _ = ready.job.engine.ready(ready.batch_sizes[0])
    is_whole = ready.batch_sizes == (len(ready.dataset.training),)
    return is_whole and not step.masks and ready.experiment.data.augment is None


def in_order(experiment: Experiment) -> Experiment:
    """The experiment with its rows in order."""
    return structs.replace(experiment, training=structs.replace(experiment.training, order="in order"))


def work_of(ready: SetUp) -> Work:
    """The work of one network, and what keeps it from being compiled: rows may differ in their order alone."""
    work = work_in(ready)
    if not work.obstacle and not draws_weights_only(replace(ready, experiment=in_order(ready.experiment))):
        return replace(work, obstacle="each network is given rows of its own")
    return work


def refuse_unfit(engine: str, work: Work) -> None:
    """Raises EngineUnfit (WG504), EngineMissing (WG505) for an engine that was asked for."""
    if engine not in ENGINES:
        raise EngineUnfit(engine, "no such engine trains many networks at once", ENGINES)
    if engine == "jax":
        on_devices()
    if engine == "compiled" and not can_compile():
        raise EngineMissing("compiled", "numba", "fast")
    if engine == "compiled" and work.obstacle:
        raise EngineUnfit("compiled", work.obstacle, ("numpy",))


def pays(plan: Plan, networks: int, *, kept: bool) -> bool:
    """Whether compiled code is likely to be done first, with the compiling where it is not kept from an earlier run."""
    work, one = plan.work, COSTS["interpreter"]
    lots = -(-networks // most_at_once(work))
    plain = lots * one.per_node * work.nodes + networks * one.per_operation * work.operations
    plain *= AROUND * work.updates
    plain += 0.0 if plan.weights_only else work.updates * networks * BATCH
    fast = work.updates * networks * COSTS["compiled"].per_operation * work.operations / SIDES
    ready = STARTED + WRITTEN * work.operations + (0.0 if kept else COMPILED * work.operations**2)
    return ready + fast < plain


def most_at_once(work: Work) -> int:
    """How many networks a lot has at most."""
    return max(1, min(MOST_AT_ONCE, NUMBERS_AT_ONCE // max(work.operations, 1)))


@dataclass(frozen=True, eq=False)
class Lot:
    """Some networks of one shape, by learning rate and seed."""

    plan: Plan
    hidden: int | None
    members: tuple[tuple[float, int], ...]

    def train(self, progress: Progress, goal: float, halt: Event) -> list[Ends]:
        """Train them until each has ended, or until somebody says halt: what became of them, by place in `members`."""
        readies = [self.plan.member(seed, rate) for rate, seed in self.members]
        found: list[Ends] = []
        for _, alike in groupby(range(len(readies)), key=lambda place: shape_of(readies[place])):
            places = list(alike)
            seeds = [self.members[place][1] for place in places]
            flock = Flock(seeds, [readies[place] for place in places], with_curves=False, many=self.plan.many)
            ends = self.trained(flock, progress, goal, halt)
            found += [replace(each, places=each.places + places[0]) for each in ends]
        return found

    def trained(self, flock: Flock, progress: Progress, goal: float, halt: Event) -> list[Ends]:
        """What becomes of the networks of a flock."""
        epoch, last = 0, progress.epochs
        found: list[Ends] = []
        while epoch < last and len(flock.alive) and not halt.is_set():
            running = len(flock.alive)
            count = self.epochs_at_once(running, epoch, last)
            if self.plan.abreast is None:
                for _ in flock.train(epoch):
                    if halt.is_set():
                        return found
            else:
                order = orders(flock, epoch, count) if self.plan.abreast.own_order else None
                passed = self.plan.abreast.run(flock.states, self.plan.rows, count, order)
                flock.states, flock.went = passed.states, judged(self.plan, passed, order)
            over = flock.ended(epoch, goal, is_last=epoch + count == last)
            epoch += count
            progress.add(len(over), running * count + len(over) * (last - epoch))
            found.append(over)
        return found

    def epochs_at_once(self, networks: int, epoch: int, last: int) -> int:
        """How many epochs are made before it is asked which networks have ended: more, the longer they take."""
        plan = self.plan
        if plan.abreast is None:
            return 1
        updates = steps_per_epoch(plan.ready.experiment, plan.ready.dataset)
        figures = networks * (2 + updates * plan.abreast.said + len(plan.rows) * plan.abreast.own_order)
        operations = max(networks * updates * plan.work.operations, 1)
        most = min(LOSSES_AT_ONCE // networks, FIGURES_AT_ONCE // figures, OPERATIONS_AT_ONCE // operations)
        return plan.abreast.at_once(max(1, min(most, max(epoch // 2, 16), last - epoch)))


def orders(flock: Flock, first: int, epochs: int) -> Any:
    """The order in which each network of a flock is given the rows, (epochs, networks, rows)."""
    rows = len(flock.readies[0].dataset.training)
    seeds = [flock.seeds[place] for place in flock.alive.tolist()]
    drawn = [[row_order(rows, "shuffled", seed=seed, epoch=first + epoch) for seed in seeds] for epoch in range(epochs)]
    return np.array(drawn)


def judged(plan: Plan, passed: Passed, order: Any) -> Went:
    """How epochs went that were made side by side."""
    training = plan.ready.experiment.training
    reported = training.reported_loss or training.loss
    updates = steps_per_epoch(plan.ready.experiment, plan.ready.dataset)
    losses = passed.errors / updates if reported.reduction == "mean" else passed.errors
    right = None if passed.said is None else all_right(plan, passed.said, order)
    return Went(losses, None, right)


def all_right(plan: Plan, said: Any, order: Any) -> Any:
    """Whether each network said every row of an epoch right, (epochs, networks)."""
    target, part = plan.ready.job.target, plan.ready.dataset.training
    if not isinstance(target, ClassTarget):
        return None
    epochs, updates, networks, _ = said.shape
    outputs = part.targets.shape[1]
    found = classes(
        target, said.reshape(epochs, updates, networks, -1, outputs), plan.ready.experiment.training.threshold
    )
    true = classes(target, part.targets, 0.5)[np.arange(len(part)) if order is None else order]
    true = np.broadcast_to(true, (epochs, networks, len(part))).reshape(epochs, networks, updates, -1)
    return (found == np.swapaxes(true, 1, 2)).all(axis=(1, 3))

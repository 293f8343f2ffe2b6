"""Networks that differ in their seeds alone, trained together, an epoch at a time, until each is done."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
from msgspec import structs

from whygrad.dataset import ClassTarget, class_indices
from whygrad.pipeline.setting_up import class_weights
from whygrad.run.many import Many, kept, stacked
from whygrad.run.tally import loss_of_epoch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from whygrad.dataset import Part
    from whygrad.pipeline.setting_up import SetUp
    from whygrad.run.devices.many import ManyOnDevices
    from whygrad.run.predictor import States
    from whygrad.spec import Experiment

How = Literal["solved", "stuck", "diverged"]
HOWS: Final[tuple[How, ...]] = ("solved", "stuck", "diverged")
SOLVED, STUCK, DIVERGED = range(len(HOWS))
GOAL: Final = 0.01  # a loss for numbers, where the experiment says none
POINTS: Final = 60  # of a curve; it is thinned out by half when it has twice as many


@dataclass(frozen=True)
class Outcome:
    """What became of a start: after how many epochs, at which loss; `curve` has (epoch, loss) of some epochs."""

    seed: int
    how: How
    epochs: int
    loss: float
    curve: tuple[tuple[int, float], ...] = ()
    learning_rate: float = 0.0


@dataclass(eq=False)
class Curve:
    """The losses of many networks at some epochs, evenly apart, ever fewer as they become many."""

    every: int = 1
    epochs: list[int] = field(default_factory=list)
    losses: list[Any] = field(default_factory=list)

    def add(self, epoch: int, losses: Any) -> None:
        """Take in an epoch."""
        if epoch % self.every:
            return
        self.epochs.append(epoch)
        self.losses.append(losses)
        if len(self.epochs) >= 2 * POINTS:
            self.epochs, self.losses, self.every = self.epochs[::2], self.losses[::2], 2 * self.every

    def of(self, place: int, epoch: int, loss: float) -> tuple[tuple[int, float], ...]:
        """The curve of one network that ended at an epoch."""
        known = [(at, float(losses[place])) for at, losses in zip(self.epochs, self.losses, strict=True) if at < epoch]
        return (*known, (epoch, loss))


@dataclass(frozen=True, eq=False)
class Went:
    """How some epochs of many networks went, each array (epochs, networks).

    - `losses`: of the epochs; `sound`: whether every number was finite after them; None where the losses tell.
    - `right`: for classes, whether every row was said right; None for numbers.
    """

    losses: Any
    sound: Any
    right: Any = None

    def is_quiet(self, goal: float) -> bool:
        """Whether the largest and the smallest loss tell that none of the networks has ended."""
        is_told = self.right is None and self.sound is None
        return is_told and bool(goal <= self.losses.min()) and bool(self.losses.max() < np.inf)


@dataclass(frozen=True, eq=False)
class Ends:
    """What became of some networks, as arrays: their places, how (in HOWS), after how many epochs, at which loss."""

    places: Any
    how: Any
    epochs: Any
    loss: Any

    def __len__(self) -> int:
        return len(self.places)


NOBODY: Final = Ends(*(np.empty(0, dtype) for dtype in (np.intp, np.int8, np.int32, np.float64)))


class Flock:
    """Some networks of one shape, by their seeds: `alive` has the places of those that are still trained."""

    def __init__(
        self,
        seeds: Sequence[int],
        readies: Sequence[SetUp],
        *,
        with_curves: bool = True,
        many: ManyOnDevices | None = None,
    ) -> None:
        self.seeds, self.readies = seeds, readies
        self.many = many or Many(readies[0].job.engine)
        self.curve = Curve() if with_curves else None
        self.states: States = stacked([each.start().states for each in readies])
        self.alive = np.arange(len(seeds))
        self.went: Went | None = None

    def train(self, epoch: int) -> Iterator[None]:
        """Make one more epoch, an update at a time."""
        figures = Figures(self.readies[0])
        for rows, x, y, masks in batches([self.readies[int(place)] for place in self.alive], epoch, self.many):
            self.states, said, error = self.many.advance(self.states, x, y, masks)
            figures.add(rows, said, y, error)
            yield
        losses = figures.loss()
        right = None if figures.right is None else figures.right[None]
        self.went = Went(losses[None], (np.isfinite(losses) & all_finite(self.states))[None], right)

    def leave(self, first: int, goal: float, *, is_last: bool) -> list[Outcome]:
        """What became of those that `ended`."""
        ends = self.ended(first, goal, is_last=is_last)
        figures = (each.tolist() for each in (ends.places, ends.how, ends.epochs, ends.loss))
        return [self.outcome(*each) for each in zip(*figures, strict=True)]

    def ended(self, first: int, goal: float, *, is_last: bool) -> Ends:
        """Those for which one of the epochs that were just made was the last one; they are trained no further.

        `first` is the number of the first of these epochs; with `is_last` there is none after them.
        """
        went = self.went
        if went is None:
            return NOBODY
        self.draw(first, went.losses)
        if not is_last and went.is_quiet(goal):
            return NOBODY
        solved = went.right if went.right is not None else went.losses < goal
        sound = went.sound if went.sound is not None else np.isfinite(went.losses)
        over = solved | ~sound
        if not is_last and not over.any():
            return NOBODY
        over[-1] |= is_last
        is_over = over.any(axis=0)
        places = np.flatnonzero(is_over)
        ends = over.argmax(axis=0)[places]
        how = np.where(~sound[ends, places], DIVERGED, np.where(solved[ends, places], SOLVED, STUCK)).astype(np.int8)
        found = Ends(self.alive[places], how, (first + ends + 1).astype(np.int32), went.losses[ends, places])
        self.alive = self.alive[~is_over]
        if len(self.alive):
            self.states = kept(self.states, ~is_over)
        return found

    def draw(self, first: int, losses: Any) -> None:
        """Take the losses of some epochs into the curves."""
        if self.curve is not None:
            for epoch, mine in enumerate(losses, first):
                every = np.full(len(self.seeds), np.nan)
                every[self.alive] = mine
                self.curve.add(epoch, every)

    def outcome(self, place: int, how: int, epochs: int, loss: float) -> Outcome:
        """What became of one."""
        rate = self.readies[place].experiment.training.learning_rate
        curve = () if self.curve is None else self.curve.of(place, epochs - 1, loss)
        return Outcome(self.seeds[place], HOWS[how], epochs, loss, curve, rate)


class Figures:
    """What many networks did in one epoch: their losses, and whether each was right about every row, for classes."""

    def __init__(self, ready: SetUp) -> None:
        self.job = ready.job
        self.errors: list[Any] = []
        self.sizes: list[int] = []
        self.right: Any = None

    def add(self, rows: int, said: Any, true: Any, error: Any) -> None:
        """Take in one step."""
        self.errors.append(error)
        self.sizes.append(rows)
        target = self.job.target
        if isinstance(target, ClassTarget):
            wanted = np.broadcast_to(true, said.shape)
            found = classes(target, said, self.job.training.threshold) == classes(target, wanted, 0.5)
            right = found.all(axis=1)
            self.right = right if self.right is None else self.right & right

    def loss(self) -> Any:
        """The loss of the epoch, of each network."""
        reported = self.job.training.reported_loss or self.job.training.loss
        return loss_of_epoch(self.errors, self.sizes, reported.reduction)


def classes(target: ClassTarget, outputs: Any, threshold: float) -> Any:
    """The class of each row of many networks, (networks, rows)."""
    flat = class_indices(target, outputs.reshape(-1, outputs.shape[-1]), threshold)
    return flat.reshape(outputs.shape[:-1])


def all_finite(states: States) -> Any:
    """Which networks have no NaN and no infinity in any of their states."""
    arrays = [np.asarray(value) for value in states.values() if np.ndim(value)]
    return np.all([np.isfinite(each.reshape(len(each), -1)).all(axis=1) for each in arrays], axis=0)


def batches(
    readies: Sequence[SetUp], epoch: int, many: Many | ManyOnDevices
) -> Iterator[tuple[int, Any, Any, dict[str, Any]]]:
    """The batches of an epoch, with the networks in front where they see different rows: rows, x, y, masks."""
    if draws_weights_only(readies[0]):
        for part in readies[0].job.batches(epoch):
            yield len(part), part.inputs, part.targets, {}
        return
    first = epoch * batches_per_epoch(readies[0])
    parts: tuple[Part, ...]
    for number, parts in enumerate(zip(*(ready.job.batches(epoch) for ready in readies), strict=True), first):
        x, y = np.stack([part.inputs for part in parts]), np.stack([part.targets for part in parts])
        yield len(parts[0]), x, y, masks_of(readies, len(parts[0]), number, many)


def masks_of(readies: Sequence[SetUp], rows: int, number: int, many: Many | ManyOnDevices) -> dict[str, Any]:
    """The masks of an update, of each network as it draws them when it is trained by itself."""
    step, _ = many.ready(rows)
    if not step.masks:
        return {}
    noises = [ready.job.engine.noise(number) for ready in readies]
    return {
        name: np.stack([noise.random(step.inputs[name].shape) < keep for noise in noises])
        for name, keep in step.masks.items()
    }


def batches_per_epoch(ready: SetUp) -> int:
    """How many updates an epoch has."""
    return -(-len(ready.dataset.training) // ready.batch_sizes[0])


def draws_weights_only(ready: SetUp) -> bool:
    """Whether the seed decides nothing but the first weights: neither rows, nor their order, nor masks."""
    training, data = ready.experiment.training, ready.experiment.data
    step, _ = ready.job.engine.ready(ready.batch_sizes[0])
    is_split = training.split.seed is None and (training.split.validation or training.split.test)
    return training.order == "in order" and data.augment is None and not is_split and not step.masks


def starts_alike(one: SetUp, other: SetUp) -> bool:
    """Whether two seeds give the same run, because nothing of it is drawn."""
    if not draws_weights_only(one):
        return False
    first, second = one.start().states, other.start().states
    return all(np.array_equal(first[name], second[name]) for name in first)


def shape_of(ready: SetUp) -> tuple[int, tuple[float, ...] | None]:
    """What networks have in common that are trained together."""
    return len(ready.dataset.training), class_weights(ready.experiment, ready.dataset)


def of_seed(experiment: Experiment, seed: int) -> Experiment:
    """The experiment with another seed."""
    return structs.replace(experiment, training=structs.replace(experiment.training, seed=seed))

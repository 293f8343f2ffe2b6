"""Many networks at once: an experiment from many seeds, at several learning rates, with several numbers of units.

What becomes of each is what `whygrad train` makes of it by itself, but for rounding: it is solved (every row right, or
for numbers a loss below the goal), diverged (NaN or infinity), or after all epochs neither, stuck.
"""

from __future__ import annotations

import os
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from itertools import islice, product
from threading import Event, Lock
from typing import TYPE_CHECKING, Final

import numpy as np
from msgspec import structs

from whygrad.errors.sweep import NothingDrawn, NothingHidden, NothingToTrain, TooManyNetworks, TwiceInList
from whygrad.pipeline.flock import GOAL
from whygrad.pipeline.sweep_lot import Lot, Plan
from whygrad.spec import Dense, Residual, check_experiment
from whygrad.spec.short_form import parse_short_form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from concurrent.futures import Future
    from pathlib import Path

    from numpy.typing import NDArray

    from whygrad.pipeline.flock import Ends
    from whygrad.spec import Experiment, Layer

    Told = Callable[["Progress"], None]

MOST: Final = 20_000_000
EVERY: Final = 0.1  # seconds between two words about how far it is


@dataclass(frozen=True)
class Setting:
    """What a group of networks has in common: hidden units (None: as the experiment has it) and learning rate."""

    hidden: int | None
    learning_rate: float


@dataclass(frozen=True)
class Grid:
    """What is to be tried: every number of hidden units with every learning rate, each with all seeds.

    - `first`: the first seed, by default the experiment's; `goal`: the loss below which numbers are solved, by default
      its `stop_below`, or 0.01.
    - `engine`: "numpy", "compiled" (extra `fast`), or "auto" for the one that is likely to be done first.
    """

    experiment: Experiment
    folder: Path
    seeds: int
    learning_rates: tuple[float, ...] = ()
    hidden: tuple[int, ...] = ()
    epochs: int | None = None
    first: int | None = None
    goal: float | None = None
    engine: str = "auto"

    @property
    def settings(self) -> tuple[Setting, ...]:
        """All of them, in the order of the lists."""
        rates = self.learning_rates or (self.experiment.training.learning_rate,)
        return tuple(Setting(hidden, rate) for hidden, rate in product(self.hidden or (None,), rates))


@dataclass(frozen=True, eq=False)
class Fates:
    """What became of the networks of a setting, by their seeds from the first on: how (in HOWS), epochs, last loss."""

    how: NDArray[np.int8]
    epochs: NDArray[np.int32]
    loss: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Swept:
    """What a sweep found.

    - `grid`: what was asked for; `first`, `epochs`, `goal` as they were; `engines`: which ran.
    - `fates`: of each setting, in order; `classes`: whether solved means that every row was right.
    """

    grid: Grid
    first: int
    epochs: int
    goal: float
    classes: bool
    engines: tuple[str, ...]
    fates: dict[Setting, Fates]


@dataclass(eq=False)
class Progress:
    """How far a sweep is: networks that ended, and epochs of all that are done or no longer needed."""

    networks: int
    epochs: int
    ended: int = 0
    done: int = 0
    lock: Lock = field(default_factory=Lock)

    def add(self, ended: int, done: int) -> None:
        """Some more."""
        with self.lock:
            self.ended += ended
            self.done += done


def sweep(grid: Grid, told: Told = lambda _: None) -> Swept:
    """Train all networks of a grid; `told` is called about ten times a second with how far it is.

    Raises SweepError (WG511 to WG515), EngineUnfit (WG504), EngineMissing (WG505), and what setting up an experiment
    raises (WG1xx, WG2xx, WG3xx).
    """
    experiment = prepared(grid)
    training = experiment.training
    first = training.seed if grid.first is None else grid.first
    goal = grid.goal or training.stop_below or GOAL
    plans = {hidden: Plan.of(with_hidden(experiment, hidden), grid, first) for hidden in grid.hidden or (None,)}
    if grid.seeds > 1 and all(plan.is_alike(first) for plan in plans.values()):
        raise NothingDrawn(grid.seeds)
    fates = {setting: empty(grid.seeds) for setting in grid.settings}
    lots = (lot for hidden, plan in plans.items() for lot in lots_of(grid, hidden, plan, first))
    progress = Progress(len(fates) * grid.seeds, training.epochs)
    for lot, ends in ended(lots, progress, goal, told):
        for each in ends:
            enter(fates, lot, each, first)
    engines = tuple(dict.fromkeys(plan.engine for plan in plans.values()))
    classes = next(iter(plans.values())).has_classes
    return Swept(grid, first, training.epochs, goal, classes, engines, fates)


def prepared(grid: Grid) -> Experiment:
    """The experiment with what the grid says of all networks. Raises WG512, WG514, WG515."""
    for option, entries in (("--hidden", grid.hidden), ("--learning-rate", grid.learning_rates)):
        for entry in entries:
            if entries.count(entry) > 1:
                raise TwiceInList(option, f"{entry:g}")
    if len(grid.settings) * grid.seeds > MOST:
        raise TooManyNetworks(len(grid.settings), grid.seeds, MOST)
    training = structs.replace(grid.experiment.training, record_every=None)
    if grid.epochs is not None:
        training = structs.replace(training, epochs=grid.epochs)
    if not training.epochs:
        raise NothingToTrain
    return check_experiment(structs.replace(grid.experiment, training=training))


def with_hidden(experiment: Experiment, units: int | None) -> Experiment:
    """The experiment with so many units in every hidden layer. Raises NothingHidden (WG511)."""
    if units is None:
        return experiment
    network = experiment.network
    layers = parse_short_form(network.layers)[1] if isinstance(network.layers, str) else network.layers
    last = max(place for place, layer in enumerate(layers) if isinstance(layer, Dense | Residual))
    sized = tuple(sized_to(layer, units) if place < last else layer for place, layer in enumerate(layers))
    if sized == layers and not any(isinstance(layer, Dense | Residual) for layer in layers[:last]):
        raise NothingHidden(network.layers if isinstance(network.layers, str) else f"of {len(layers)} layers")
    return structs.replace(experiment, network=structs.replace(network, layers=sized))


def sized_to(layer: Layer, units: int) -> Layer:
    """A hidden layer with another number of units; layers without units stay as they are."""
    match layer:
        case Dense():
            return structs.replace(layer, units=units)
        case Residual():
            return structs.replace(layer, layers=tuple(sized_to(each, units) for each in layer.layers))
        case _:
            return layer


def lots_of(grid: Grid, hidden: int | None, plan: Plan, first: int) -> Iterator[Lot]:
    """The networks of one shape, as many at a time as are trained together."""
    rates = [setting.learning_rate for setting in grid.settings if setting.hidden == hidden]
    members = product(rates, range(first, first + grid.seeds))
    size = plan.lot_size(len(rates) * grid.seeds, cores())
    while some := tuple(islice(members, size)):
        yield Lot(plan, hidden, some)


def cores() -> int:
    """How many threads can work at a time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def ended(lots: Iterator[Lot], progress: Progress, goal: float, told: Told) -> Iterator[tuple[Lot, list[Ends]]]:
    """Each lot with what became of its networks, as they end; no more lots are begun than there are threads."""
    halt, many = Event(), cores()
    with ThreadPoolExecutor(many) as pool:

        def begin(most: int) -> dict[Future[list[Ends]], Lot]:
            return {pool.submit(lot.train, progress, goal, halt): lot for lot in islice(lots, most)}

        running = begin(many)
        try:
            while running:
                over, _ = wait(running, EVERY, FIRST_COMPLETED)
                told(progress)
                for each in over:
                    lot = running.pop(each)
                    yield lot, each.result()
                    running |= begin(1)
        finally:
            halt.set()


def empty(seeds: int) -> Fates:
    """Nothing known of so many networks."""
    return Fates(np.full(seeds, -1, np.int8), np.zeros(seeds, np.int32), np.zeros(seeds))


def enter(fates: Mapping[Setting, Fates], lot: Lot, ends: Ends, first: int) -> None:
    """Take in what became of some networks of a lot."""
    rates = np.array([rate for rate, _ in lot.members])[ends.places]
    places = np.array([seed - first for _, seed in lot.members])[ends.places]  # seeds may be larger than any integer
    for rate in np.unique(rates):
        which = rates == rate
        mine, at = fates[Setting(lot.hidden, float(rate))], places[which]
        mine.how[at], mine.epochs[at], mine.loss[at] = ends.how[which], ends.epochs[which], ends.loss[which]

"""Looking through the updates made for the one at which something began.

Every update is looked at, so what is found is exact. Going from one to the next is the work; whoever asks decides how
many are looked at in a row, and may go on another time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from whygrad.build.network import SHUTTING
from whygrad.build.plan import DensePlan, every_layer
from whygrad.explain import Chart
from whygrad.explain.moves import moves_of
from whygrad.lab.frame import first_broken
from whygrad.pipeline.reading import reading_of
from whygrad.render.numbers import count
from whygrad.run.interpreter import prepare
from whygrad.run.predictor import cast

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from whygrad.lab.session import Session
    from whygrad.pipeline.setting_up import SetUp
    from whygrad.run.predictor import States

NAMED_AT_MOST: Final = 6


@dataclass(frozen=True)
class Looked:
    """How many of the updates were looked at, of how many."""

    at: int
    of: int


@dataclass(frozen=True)
class Found:
    """What was found, in a sentence, and what there is to add; where to look, None where nothing is to be looked at.

    - `shut`: the units that are shut in the end, and since which update.
    """

    sentence: str
    why: str = ""
    update: int | None = None
    moves: int = 0
    shut: Mapping[str, int] = field(default_factory=dict)


Steps = Iterator[Looked | Found]


@dataclass(frozen=True, eq=False)
class Search:
    """A search that has begun; `within` is the past that it looks through."""

    within: tuple[object, ...]
    steps: Steps


def past_of(session: Session) -> tuple[object, ...]:
    """What a search looks through: no longer the same once anything was made or changed."""
    return (session.end, *session.stretches)


def not_finite(session: Session) -> Steps:
    """The first NaN or infinity. Each update was looked at for them when it was made."""
    update = session.first_broken()
    if update is None:
        yield Found(f"no number became NaN or infinite in {so_far(session)}")
        return
    chart = Chart(session.trace(update))
    moves = first_broken(chart, moves_of(chart))
    yield Found(f"the first NaN or infinity is in update {update:,}", update=update, moves=moves)


def all_right(session: Session) -> Steps:
    """The first update before which every training row is classified correctly."""
    rows, end = len(session.stretches[-1].ready.dataset.training), session.end
    for update in range(end + 1):
        stretch = session.stretch(update)
        if is_all_right(stretch.ready, stretch.line.states(update)):
            yield Found(f"all {rows:,} training rows are classified correctly, for the first time", update=update)
            return
        yield Looked(update + 1, end + 1)
    yield Found(f"the {count(rows, 'training row')} were never all classified correctly in {so_far(session)}")


def is_all_right(ready: SetUp, states: States) -> bool:
    """Whether the network is right about the class of every training row; 0 and 1 are classes too."""
    reading, part = reading_of(ready.dataset), ready.dataset.training
    if reading.classes is None:
        return False
    said = reading.in_units(ready.job.engine.predictor.predict(states, part.inputs))
    threshold = ready.experiment.training.threshold
    return bool(
        np.array_equal(reading.labels(said, threshold), reading.labels(reading.in_units(part.targets), threshold))
    )


def inactive(session: Session) -> Steps:
    """The first update from which on a unit gives 0 for every training row, up to the farthest update made.

    The run is looked through backward, until each unit that is shut at the end was seen open.
    """
    gates, end = Gates(session.stretches[-1].ready), session.end
    shut = ~gates.are_open(session.stretch(end).line.states(end))
    since = np.zeros(len(shut), dtype=np.int64)
    unseen, behind = shut.copy(), end
    while behind and unseen.any():
        line = session.stretch(behind - 1).line
        first = line.nearest(behind - 1)
        for update in range(first, behind):
            since[unseen & gates.are_open(line.states(update))] = update + 1
            yield Looked(end - behind + update - first + 1, end)
        unseen &= since == 0
        behind = first
    yield told_of_units(gates.units, since, shut, session)


class Gates:
    """The units that can be shut, and which of them give more than 0 for some training row."""

    def __init__(self, ready: SetUp) -> None:
        predictor, part = ready.job.engine.predictor, ready.dataset.training
        layers = shutting(ready)
        self.units = [(layer.name, label) for layer in layers for label in layer.labels]
        self.graph, self.dtype = predictor.forward_for(len(part)), predictor.dtype
        self.inputs = cast(part.inputs, self.dtype)
        self.outs = [self.graph.names.node(f"{layer.name}.out") for layer in layers]
        self.program = prepare(self.outs, self.dtype)

    def are_open(self, states: States) -> NDArray[np.bool_]:
        """Of each unit whether it is open."""
        values: dict[Any, Any] = {leaf: cast(states[name], self.dtype) for name, leaf in self.graph.states.items()}
        values[self.graph.inputs["x"]] = self.inputs
        with np.errstate(all="ignore"):
            memory = self.program.run(values)
        # What is NaN is not 0: such a unit has other troubles than being shut.
        return np.concatenate([(memory[self.program.slots[out]] != 0).any(axis=0) for out in self.outs])


def shutting(ready: SetUp) -> list[DensePlan]:
    """The layers whose units can be shut."""
    dense = [layer for layer in every_layer(ready.plan.layers) if isinstance(layer, DensePlan)]
    return [layer for layer in dense if layer.activation in SHUTTING]


def told_of_units(
    units: list[tuple[str, str]], since: NDArray[np.int64], shut: NDArray[np.bool_], session: Session
) -> Found:
    """Which units are shut, and since when."""
    found = [
        (name, update) for name, update, is_shut in zip(called(units), since.tolist(), shut, strict=True) if is_shut
    ]
    died = sorted((each for each in found if each[1]), key=lambda each: each[1])
    born = [name for name, update in found if not update]
    ever = f"{listed(born)} gave 0 from the start" if born else ""
    if not died:
        return Found(f"no unit died in {so_far(session)}", ever, 0 if born else None, shut=dict(found))
    first = died[0][1]
    now = [name for name, update in died if update == first]
    later = listed([f"{name} from update {update:,}" for name, update in died[len(now) :]])
    why = "; ".join(each for each in (f"so did {later}" if later else "", ever) if each)
    return Found(f"{listed(now)} gave 0 for every training row from update {first:,} on", why, first, shut=dict(found))


def called(units: list[tuple[str, str]]) -> list[str]:
    """The names of units, with that of their layer where another layer has one of that name too."""
    labels = [label for _, label in units]
    return [label if labels.count(label) == 1 else f"{label} of {layer}" for layer, label in units]


def listed(names: list[str]) -> str:
    """Some names, and how many more there are."""
    rest = len(names) - NAMED_AT_MOST
    return ", ".join(names[:NAMED_AT_MOST]) + (f" and {rest:,} more" if rest > 0 else "")


def so_far(session: Session) -> str:
    """How many updates there are to look at."""
    return f"the {count(session.end, 'update')} made so far"


SEARCHES: Final[Mapping[str, Callable[[Session], Steps]]] = {
    "not-finite": not_finite,
    "inactive": inactive,
    "all-right": all_right,
}

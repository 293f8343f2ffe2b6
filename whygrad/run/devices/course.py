"""The updates of one network on devices: those of an epoch at one go, each batch shared out among the devices."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from itertools import groupby
from math import prod
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from whygrad.run.devices.fleet import Fleet, as_first_has_it, fleet, precise, processes
from whygrad.run.devices.program import DeviceSource, device_source
from whygrad.run.predictor import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from whygrad.dataset import Part
    from whygrad.graph import Step
    from whygrad.run.engine import Engine
    from whygrad.run.predictor import States

BYTES_AT_ONE_GO: Final = 256 * 2**20  # of what updates are given; longer epochs go in pieces


@dataclass(frozen=True, eq=False)
class Made:
    """A step as a compiled program: its graph, the source, and how many updates are made at one go."""

    step: Step
    source: DeviceSource
    epoch: Any
    constants: tuple[Any, ...]
    at_one_go: int


@dataclass(eq=False)
class Yard:
    """The programs of an engine on some devices, by their number of rows, made when first needed.

    - `latest`: the states that were fetched last, and where they still are on the devices.
    """

    engine: Engine
    together: bool
    made: dict[int, Made] = field(default_factory=dict)
    latest: tuple[States, dict[str, Any]] | None = None

    def __post_init__(self) -> None:
        self.fleet: Fleet = fleet(together=self.together)

    def __call__(self, rows: int) -> Made:
        if rows not in self.made:
            step, _ = self.engine.ready(rows)
            source = device_source(step, self.engine.dtype)
            with precise():
                constants = tuple(self.fleet.put(value, self.fleet.whole) for value in source.constants)
            bytes_each = 8 * sum(prod(leaf.shape) for leaf in step.inputs.values())
            at_one_go = max(1, BYTES_AT_ONE_GO // max(bytes_each, 1))
            self.made[rows] = Made(step, source, self.fleet.compiled(source.text), constants, at_one_go)
        return self.made[rows]

    def put(self, states: States) -> dict[str, Any]:
        """Some states on the devices, which are all given those of the first process."""
        if self.latest is not None and self.latest[0] is states:
            return self.latest[1]
        values = {name: np.asarray(value) for name, value in states.items()}
        if self.together and processes() > 1:
            values = as_first_has_it(values)
        return {name: self.fleet.put(value, self.fleet.whole) for name, value in values.items()}

    def fetch(self, values: dict[str, Any]) -> States:
        """The states that are on the devices."""
        states = {name: frozen(np.array(value)[()]) for name, value in values.items()}
        self.latest = states, values
        return states


class OnDevices:
    """Updates from some states on: one by one, or those that are expected at one go."""

    def __init__(self, yard: Yard, states: States) -> None:
        self.yard = yard
        self.fetched: States | None = states
        with precise():
            self.now = yard.put(states)
        self.done: deque[Mapping[str, Any]] = deque()

    def expecting(self, batches: Iterable[Part], number: int) -> Sequence[Part]:
        """Make all these updates now; `advance` then gives their outputs one by one."""
        parts = list(batches)
        for rows, some in groupby(parts, len):
            same, size = list(some), self.yard(rows).at_one_go
            for start in range(0, len(same), size):
                piece = same[start : start + size]
                self.done.extend(self.through(piece, number))
                number += len(piece)
        return parts

    def advance(self, batch: Part, number: int) -> Mapping[str, Any]:
        if not self.done:
            self.done.extend(self.through([batch], number))
        return self.done.popleft()

    def through(self, batches: Sequence[Part], number: int) -> list[Mapping[str, Any]]:
        """Updates by batches of one size: the outputs of each."""
        made = self.yard(len(batches[0]))
        with precise():
            after, told = made.epoch(*self.given(made, batches, number))
        self.now = dict(zip(made.source.states, after, strict=True))
        self.fetched = None
        columns = [np.asarray(value) for value in told]
        return [
            dict(zip(made.source.outputs, (column[place] for column in columns), strict=True))
            for place in range(len(batches))
        ]

    def given(self, made: Made, batches: Sequence[Part], number: int) -> tuple[Any, Any, Any]:
        """What a program is called with, on the devices: the states, the batches shared out, and the constants."""
        rows, ships = len(batches[0]), self.yard.fleet
        each = [self.yard.engine.given(made.step, batch, number + place) for place, batch in enumerate(batches)]
        stacked = {name: np.stack([one[name] for one in each]) for name in made.source.inputs}
        given = (ships.put(stacked[name], ships.split(leaf.shape, rows)) for name, leaf in made.step.inputs.items())
        return tuple(self.now[name] for name in made.source.states), tuple(given), made.constants

    def states(self) -> States:
        if self.fetched is None:
            self.fetched = self.yard.fetch(self.now)
        return self.fetched

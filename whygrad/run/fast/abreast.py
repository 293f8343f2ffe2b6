"""Whole epochs of many small networks of one shape, side by side, by compiled code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np

from whygrad.graph import UPDATES
from whygrad.run.fast.abreast_source import INNER, LANES, PREDICTION, abreast_source
from whygrad.run.fast.compiled import compiled

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from whygrad.graph import Step
    from whygrad.run.predictor import States

    Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Passed:
    """What some epochs gave.

    - `states`: after them, with the networks in front, as `Many` has them.
    - `errors`: sums over the updates, (epochs, networks); NaN where a number of the states after them was not finite.
    - `said`: (epochs, updates, networks, numbers said); None where nobody wanted them.
    """

    states: States
    errors: Array
    said: Array | None


@dataclass(frozen=True, eq=False)
class Side(Mapping[str, Any]):
    """The states of networks as compiled code has them, in groups; by name, with the networks in front, when asked for.

    - `grouped`: (groups, numbers x LANES); `networks`: how many there are; `updates`: how many each had.
    """

    abreast: Abreast
    grouped: Array
    networks: int
    updates: Any

    @cached_property
    def arrays(self) -> dict[str, Any]:
        """The states by name."""
        each = self.grouped.reshape(len(self.grouped), -1, LANES).transpose(0, 2, 1)
        return self.abreast.states(each.reshape(len(self.grouped) * LANES, -1)[: self.networks], self.updates)

    def __getitem__(self, name: str) -> Any:
        return self.updates if name == UPDATES else self.arrays[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.abreast.step.states)

    def __len__(self) -> int:
        return len(self.abreast.step.states)


class Abreast:
    """The training of networks that differ in their numbers alone, as one function; threads may share it.

    All are given the same rows in every epoch, or with `own_order` each the same rows in an order of its own.
    """

    def __init__(self, step: Step, *, with_said: bool, own_order: bool = False) -> None:
        self.step, self.own_order = step, own_order
        self.text = abreast_source(step, with_said=with_said, own_order=own_order)
        self.said = prod(step.outputs[PREDICTION].shape) if with_said else 0

    @cached_property
    def function(self) -> Callable[..., None]:
        """The compiled code."""
        return compiled(self.text, "train", INNER, may_fuse=True)

    def run(self, states: States, rows: Array, epochs: int, order: Any = None) -> Passed:
        """Go through epochs from some states on.

        Each update is given one of the `rows`, (updates, numbers). With an order of their own these are single rows,
        inputs and targets, and `order` has their numbers, (epochs, networks, rows).
        """
        side = states if isinstance(states, Side) else self.side(states)
        grouped, turns = side.grouped.copy(), self.turns(len(rows), epochs, side.networks, order)
        groups, _, updates, _ = turns.shape
        errors = np.empty((epochs, groups, LANES))
        said = np.empty((epochs, updates, groups, self.said * LANES))
        self.function(grouped, float(side.updates), rows, turns, errors, said)
        return Passed(
            Side(self, grouped, side.networks, side.updates + updates * epochs),
            errors.reshape(epochs, -1)[:, : side.networks],
            self.spoken(said, side.networks) if self.said else None,
        )

    def at_once(self, epochs: int) -> int:
        """How many epochs, of those wished for, are made at one go."""
        return epochs

    def side(self, states: States) -> Side:
        """States with the networks in front, put in groups."""
        numbers = self.numbers(states)
        return Side(self, in_groups(numbers), len(numbers), states[UPDATES])

    def turns(self, rows: int, epochs: int, networks: int, order: Any) -> NDArray[np.uint32]:
        """Which rows each update is given, (groups, epochs, updates, rows of a batch x LANES)."""
        groups = -(-networks // LANES)
        if not self.own_order:
            return np.empty((groups, epochs, rows, 0), np.uint32)
        full = np.concatenate([order, np.repeat(order[:, -1:], groups * LANES - networks, axis=1)], axis=1)
        size = self.step.inputs["x"].shape[0]
        parts = full.reshape(epochs, groups, LANES, -1, size).transpose(1, 0, 3, 4, 2)
        return np.ascontiguousarray(parts, np.uint32).reshape(groups, epochs, -1, size * LANES)

    def numbers(self, states: States) -> Array:
        """The states of each network in a row, (networks, numbers)."""
        arrays = [np.asarray(states[name]) for name in self.step.states if name != UPDATES]
        return np.concatenate([each.reshape(len(each), -1) for each in arrays], axis=1)

    def states(self, numbers: Array, updates: Any) -> dict[str, Any]:
        """The states that rows of numbers are, with the networks in front."""
        found: dict[str, Any] = {}
        place = 0
        for name, leaf in self.step.states.items():
            size = prod(leaf.shape) if name != UPDATES else 0
            found[name] = numbers[:, place : place + size].reshape(-1, *leaf.shape) if size else updates
            place += size
        return found

    def spoken(self, said: Array, networks: int) -> Array:
        """What was said, with the networks before the numbers."""
        epochs, updates, groups, _ = said.shape
        moved = np.swapaxes(said.reshape(epochs, updates, groups, self.said, LANES), 3, 4)
        return moved.reshape(epochs, updates, groups * LANES, self.said)[:, :, :networks]


def in_groups(numbers: Array) -> Array:
    """Rows of numbers as groups of networks, in each of which the networks' first numbers stand side by side.

    The last network is there as often as it takes to fill its group.
    """
    missing = -len(numbers) % LANES
    full = np.concatenate([numbers, np.repeat(numbers[-1:], missing, axis=0)])
    groups = full.reshape(-1, LANES, numbers.shape[1]).transpose(0, 2, 1)
    return np.ascontiguousarray(groups).reshape(len(groups), -1)

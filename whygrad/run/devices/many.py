"""Many networks that differ in their numbers alone, shared out among the devices: each has some of them, whole.

The program of one network's update is the one that trains it by itself; JAX makes of it one for many.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import prod
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from whygrad.graph import UPDATES
from whygrad.run.devices.fleet import Fleet, fleet, precise
from whygrad.run.devices.program import DeviceSource, device_source
from whygrad.run.fast.abreast import Passed
from whygrad.run.fast.abreast_source import PREDICTION, slimmed
from whygrad.run.fast.numbers.source import ERROR
from whygrad.run.predictor import cast

if TYPE_CHECKING:
    from whygrad.graph import Step
    from whygrad.run.engine import Engine
    from whygrad.run.predictor import States

AT_ONCE: Final = 32  # epochs at one go: each number of them, of which there are few, is compiled by itself


@dataclass(frozen=True, eq=False)
class Afar(Mapping[str, Any]):
    """The states of networks as the devices have them; as arrays, with the networks in front, when one is asked for.

    - `held`: on the devices, where the last network is there as often as it takes to give all of them as many.
    """

    held: Mapping[str, Any]
    networks: int

    @cached_property
    def arrays(self) -> dict[str, Any]:
        """The states by name."""
        fetched = {name: np.asarray(value) for name, value in self.held.items()}
        return {name: value if name == UPDATES else value[: self.networks] for name, value in fetched.items()}

    def __getitem__(self, name: str) -> Any:
        return self.arrays[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.held)

    def __len__(self) -> int:
        return len(self.held)


@dataclass(frozen=True, eq=False)
class Made:
    """An update of one network as a program, and what is made of it: one update of many, and epochs of many."""

    step: Step
    source: DeviceSource
    constants: tuple[Any, ...]
    updates: Any
    epochs: Any


@dataclass(eq=False)
class ManyOnDevices:
    """Runs steps of many networks, as `Many` does, on all devices of this process.

    - `engine`: that of one of them; `with_said`: whether what was said in whole epochs is to be told.
    """

    engine: Engine
    with_said: bool = False
    own_order: Final = False
    made: dict[tuple[int, tuple[int | None, ...]], Made] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.fleet: Fleet = fleet(together=False)

    @property
    def said(self) -> int:
        """How many numbers of an update are told."""
        step, _ = self.ready(next(iter(self.engine.steps)))
        return prod(step.outputs[PREDICTION].shape) if self.with_said else 0

    def at_once(self, epochs: int) -> int:
        """How many epochs, of those wished for, are made at one go: a power of two; each is compiled by itself."""
        return min(AT_ONCE, 1 << (epochs.bit_length() - 1))

    def ready(self, rows: int) -> tuple[Step, None]:
        """The step for a number of rows, whose program is made when it is known what the networks have in common."""
        return self.engine.ready(rows)[0], None

    def advance(self, states: States, x: Any, y: Any, masks: Mapping[str, Any]) -> tuple[States, Any, Any]:
        """One update: the states after it, and what was said and the loss before it, (networks, ...)."""
        given = {"x": x, "y": y, **masks}
        step, _ = self.ready(np.shape(y)[-2])
        own = {name: np.ndim(value) > len(step.inputs[name].shape) for name, value in given.items()}
        made, far = self.program(np.shape(y)[-2], own), self.sent(states)
        with precise():
            values = tuple(
                self.put(cast(given[name], self.engine.dtype), is_own=own[name]) for name in made.source.inputs
            )
            after, said, error = made.updates(self.ordered(made, far), values, made.constants)
        said, error = (np.asarray(each)[: far.networks] for each in (said, error))
        return self.after(made, after, far), said, error

    def run(self, states: States, rows: Any, epochs: int, _order: Any = None) -> Passed:
        """Go through epochs from some states on, all given the same `rows`: (updates, numbers)."""
        far, (size,) = self.sent(states), self.engine.steps
        made = self.program(size, dict.fromkeys(("x", "y"), False))
        x, y = (made.step.inputs[name].shape for name in ("x", "y"))
        cut = prod(x)
        given = {"x": rows[:, :cut].reshape(-1, *x), "y": rows[:, cut:].reshape(-1, *y)}
        with precise():
            values = tuple(self.put(cast(given[name], self.engine.dtype), is_own=False) for name in made.source.inputs)
            after, (said, errors) = made.epochs(self.ordered(made, far), values, made.constants, epochs)
        told = (
            np.asarray(said)[:, :, : far.networks].reshape(epochs, len(rows), far.networks, -1)
            if self.with_said
            else None
        )
        return Passed(self.after(made, after, far), np.asarray(errors)[:, : far.networks], told)

    def program(self, rows: int, own: Mapping[str, bool]) -> Made:
        """The program for a number of rows, where networks have some inputs of their own; written when first needed."""
        step, _ = self.ready(rows)
        inputs = tuple(0 if own[name] else None for name in step.inputs)
        if (rows, inputs) not in self.made:
            self.made[rows, inputs] = self.making(slimmed(step), inputs)
        return self.made[rows, inputs]

    def making(self, step: Step, inputs: tuple[int | None, ...]) -> Made:
        """The functions of a program."""
        source = device_source(step, self.engine.dtype)
        text = for_many(source, inputs, with_said=self.with_said)
        with precise():
            constants = tuple(self.fleet.put(value, self.fleet.whole) for value in source.constants)
        return Made(
            step, source, constants, self.fleet.function(text, "updates"), self.fleet.function(text, "epochs", 3)
        )

    def sent(self, states: States) -> Afar:
        """States on the devices, where they may be already."""
        if isinstance(states, Afar):
            return states
        networks = next(len(value) for name, value in states.items() if name != UPDATES)
        with precise():
            values = {name: self.put(value, is_own=name != UPDATES) for name, value in states.items()}
        return Afar(values, networks)

    def put(self, value: Any, *, is_own: bool) -> Any:
        """An array on the devices, shared out where each network has its own part of it."""
        if not is_own:
            return self.fleet.put(value, self.fleet.whole)
        missing = -len(value) % self.fleet.count
        return self.fleet.put(np.concatenate([value, np.repeat(value[-1:], missing, axis=0)]), self.fleet.dealt)

    @staticmethod
    def ordered(made: Made, far: Afar) -> tuple[Any, ...]:
        """The states in the order in which a program has them."""
        return tuple(far.held[name] for name in made.source.states)

    @staticmethod
    def after(made: Made, values: Any, before: Afar) -> Afar:
        """The states that a program gave."""
        return Afar(dict(zip(made.source.states, values, strict=True)), before.networks)


def for_many(source: DeviceSource, inputs: tuple[int | None, ...], *, with_said: bool) -> str:
    """The program of one network with that of many behind it.

    `updates(state, given, constants)` makes one update of each, `epochs(state, given, constants, count)` goes through
    whole epochs, in each of which all are given the same. `inputs` says which axis the networks are along, if any.
    """
    states = tuple(None if name == UPDATES else 0 for name in source.states)
    said, error = (f"told[{source.outputs.index(name)}]" for name in (PREDICTION, ERROR))
    own = ", ".join(f"after[{place}]" for place, axis in enumerate(states) if axis == 0)
    return f"""{source.text}

def updates(state, given, constants):
    '''One update of many networks: their states after it, what was said and the loss before it.'''
    many = jax.vmap(update, ({states}, {inputs}, None), ({states}, 0))
    after, told = many(state, given, constants)
    return after, {said}, {error}


def epoch_of_many(state, given, constants):
    '''One epoch of many networks, with the sums of their losses: NaN where a number is not finite after it.'''
    def next_update(state, given):
        after, said, error = updates(state, given, constants)
        return after, ({"said" if with_said else "()"}, error)

    after, (said, errors) = jax.lax.scan(next_update, state, given)
    nothing = sum(jnp.sum(0.0 * each.reshape(len(each), -1), axis=1) for each in ({own},))
    return after, (said, errors.sum(axis=0) + nothing)


def epochs(state, given, constants, count):
    '''Some epochs, one after the other.'''
    return jax.lax.scan(lambda state, _: epoch_of_many(state, given, constants), state, None, length=count)
"""

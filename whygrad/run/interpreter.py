"""The reference interpreter: gives every node of a graph its value, one NumPy call after another.

It is the engine that all others are held against, so it is kept plain: lower the graph, fold what is constant,
walk the rest in order. Scalars stay double until they are spread over an array; arrays have the run's dtype.
The array module `xp` that does the arithmetic is NumPy, or one that answers to the same calls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from whygrad.errors.graph import MissingValue, ValueUnfit
from whygrad.graph import Apply, Constant, Expr, Input, State, lowered, topological
from whygrad.primitive import spread

if TYPE_CHECKING:
    from whygrad.graph import Basic

Value = Any
Dtype = type[np.inexact[Any]]
Instruction = tuple[Callable[..., Value], tuple[int, ...], int]


@dataclass(frozen=True, eq=False)
class Program:
    """A graph made ready to run.

    - `leaves`: the slot of each input and state.
    - `slots`: the slot of every node of the graph, composites included.
    - `start`: one entry per slot, filled where the value is constant.
    - `instructions`: what to call, on which slots, and where the result goes.
    """

    leaves: Mapping[Expr, int]
    slots: Mapping[Expr, int]
    start: tuple[Value, ...]
    instructions: tuple[Instruction, ...]

    def run(self, values: Mapping[Expr, Value]) -> list[Value]:
        """The value of every slot. Raises MissingValue (WG104) for a leaf without one."""
        memory = list(self.start)
        for leaf, slot in self.leaves.items():
            try:
                memory[slot] = values[leaf]
            except KeyError:
                raise MissingValue(leaf_name(leaf), leaf.shape) from None
        for call, read, write in self.instructions:
            memory[write] = call(*[memory[slot] for slot in read])
        return memory


def prepare(
    roots: Iterable[Expr],
    dtype: Dtype = np.float64,
    given: Iterable[Expr] = (),
    *,
    xp: Any = np,
    xp_for: Callable[[Apply], Any] | None = None,
) -> Program:
    """A program for the graph below `roots`, computing in `dtype`; `given` inner nodes are taken as leaves.

    `xp_for` gives the array module of a node where that is not the same one for all.
    """
    stops = tuple(given)
    basic = lowered(roots, stops)
    order = [*stops, *topological(basic.values(), stops)]
    slot = {node: place for place, node in enumerate(order)}
    start: list[Value] = [None] * len(order)
    instructions: list[Instruction] = []
    fixed: set[Expr] = set()
    stopped = set(stops)
    for node in order:
        if isinstance(node, Constant):
            start[slot[node]] = constant_value(node, dtype)
            fixed.add(node)
        elif isinstance(node, Apply) and node not in stopped:
            call = call_for(node, dtype, xp_for(node) if xp_for else xp)
            read = tuple(slot[x] for x in node.arguments)
            if fixed.issuperset(node.arguments):
                with np.errstate(all="ignore"):  # as when it runs: an infinite constant is nobody's warning
                    start[slot[node]] = call(*[start[place] for place in read])
                fixed.add(node)
            else:
                instructions.append((call, read, slot[node]))
    leaves: dict[Expr, int] = {node: slot[node] for node in order if isinstance(node, Input | State) or node in stopped}
    return Program(leaves, {node: slot[low] for node, low in basic.items()}, tuple(start), tuple(instructions))


def evaluate(
    roots: Iterable[Expr], values: Mapping[Expr, Value], dtype: Dtype = np.float64, *, xp: Any = np
) -> dict[Expr, Value]:
    """The value of every node below `roots`, given those of the inputs and states, or of inner nodes on the way.

    Raises MissingValue (WG104), ValueUnfit (WG106).

    >>> from whygrad.graph import Input, gradient
    >>> x = Input((), "x")
    >>> (slope,) = gradient(x * x, [x])
    >>> float(evaluate([slope], {x: 3.0})[slope])
    6.0
    """
    program = prepare(roots, dtype, values, xp=xp)
    for node, value in values.items():
        if np.shape(value) != node.shape:
            raise ValueUnfit(leaf_name(node), node.shape, np.shape(value))
    with np.errstate(all="ignore"):
        memory = program.run(values)
    return {node: memory[slot] for node, slot in program.slots.items()}


def call_for(node: Apply, dtype: Dtype, xp: Any) -> Callable[..., Value]:
    """What computes a basic node from the values of its inputs."""
    primitive = cast("Basic", node.primitive)  # lowering has replaced all others
    call = partial(primitive.forward, xp, **dict(node.attributes))
    if primitive is spread and node.arguments[0].shape == ():
        return lambda value: call(scalar_as(xp.asarray(value), dtype))
    return call


def scalar_as(scalar: Value, dtype: Dtype) -> Value:
    """A scalar about to be spread, in the dtype of arrays; truth values stay what they are."""
    return scalar if scalar.dtype == bool else scalar.astype(dtype)


def constant_value(node: Constant, dtype: Dtype) -> Value:
    """The value of a constant: arrays of fractions in the run's dtype, whole numbers and scalars as they are."""
    if node.shape == () or not np.issubdtype(node.value.dtype, np.floating):
        return node.value
    return node.value.astype(dtype)


def leaf_name(leaf: Expr) -> str:
    """The name of an input or state."""
    return leaf.name if isinstance(leaf, Input | State) else repr(leaf)

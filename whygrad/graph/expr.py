"""Expressions: the nodes of the one graph of primitives.

A node stands for an array that some run will give a value to; it holds no number itself (constants aside) and
is never changed. Two nodes are equal only if they are the same node.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from whygrad.graph.operators import OPERATORS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from whygrad.graph.primitive import Primitive

Shape = tuple[int, ...]
Attributes = tuple[tuple[str, Any], ...]
Number = int | float


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Expr:
    """A node of the graph: what all expressions share is the shape of the array they stand for.

    Arithmetic on expressions builds larger expressions. The generated `repr` is off because it would write a
    shared graph out as a tree, which grows exponentially.
    """

    shape: Shape

    @property
    def inputs(self) -> tuple[Expr, ...]:
        """The nodes this one reads: none, unless a primitive was applied."""
        return ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.shape}>"

    def __add__(self, other: Expr | Number) -> Expr:
        return OPERATORS.add(self, other)

    def __radd__(self, other: Number) -> Expr:
        return OPERATORS.add(other, self)

    def __sub__(self, other: Expr | Number) -> Expr:
        return OPERATORS.subtract(self, other)

    def __rsub__(self, other: Number) -> Expr:
        return OPERATORS.subtract(other, self)

    def __mul__(self, other: Expr | Number) -> Expr:
        return OPERATORS.multiply(self, other)

    def __rmul__(self, other: Number) -> Expr:
        return OPERATORS.multiply(other, self)

    def __truediv__(self, other: Expr | Number) -> Expr:
        return OPERATORS.divide(self, other)

    def __rtruediv__(self, other: Number) -> Expr:
        return OPERATORS.divide(other, self)

    def __pow__(self, other: Expr | Number) -> Expr:
        return OPERATORS.power(self, other)

    def __rpow__(self, other: Number) -> Expr:
        return OPERATORS.power(other, self)

    def __neg__(self) -> Expr:
        return OPERATORS.negate(self)

    def __matmul__(self, other: Expr) -> Expr:
        return OPERATORS.matmul(self, other)

    def __gt__(self, other: Expr | Number) -> Expr:
        return OPERATORS.greater(self, other)

    def __lt__(self, other: Expr | Number) -> Expr:
        return OPERATORS.greater(other, self)


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Input(Expr):
    """A leaf whose value arrives anew at every step: data, targets, a dropout mask."""

    name: str

    def __repr__(self) -> str:
        return f"<Input {self.name} {self.shape}>"


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class State(Expr):
    """A leaf that persists from step to step: a parameter, the memory of an optimizer, a running statistic."""

    name: str

    def __repr__(self) -> str:
        return f"<State {self.name} {self.shape}>"


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Constant(Expr):
    """A leaf with a value of its own: a Python float (shape ()) or an array that nobody may change."""

    value: Any

    def __repr__(self) -> str:
        return f"<Constant {self.value} {self.shape}>" if self.shape == () else f"<Constant {self.shape}>"


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Apply(Expr):
    """A primitive applied to expressions; `attributes` are its settings, sorted by name."""

    primitive: Primitive
    arguments: tuple[Expr, ...]
    attributes: Attributes

    @property
    def inputs(self) -> tuple[Expr, ...]:
        return self.arguments

    def __repr__(self) -> str:
        return f"<{self.primitive.name} {self.shape}>"


def constant(value: Any) -> Constant:
    """A constant node: numbers become Python floats, arrays are copied and made read-only."""
    if np.ndim(value) == 0:
        return Constant((), float(value))
    array = np.array(value)
    array.flags.writeable = False
    return Constant(array.shape, array)


def zeros(shape: Iterable[int]) -> Expr:
    """Nothing, as an array of the given shape."""
    return filled(0.0, shape)


def filled(value: float, shape: Iterable[int]) -> Expr:
    """One number, spread over the given shape."""
    shape = tuple(shape)
    node = constant(value)
    return OPERATORS.spread(node, shape=shape, axes=tuple(range(len(shape)))) if shape else node

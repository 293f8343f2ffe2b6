"""Errors of building a graph (WG1xx): shapes that do not fit, operations used wrongly."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from whygrad.errors import Key, WhygradError

Shape = tuple[int, ...]
ORDINAL = ("first", "second", "third", "fourth")


class GraphError(WhygradError):
    """A graph that cannot be built."""


@dataclass(eq=False)
class ShapeMismatch(GraphError):
    """The shapes handed to an operation do not fit together.

    `likely` is the position of the shape that is probably wrong; `expected` says what would fit there.
    """

    code: ClassVar[str] = "WG101"
    operation: str
    shapes: tuple[Shape, ...]
    expected: str
    likely: int = 0
    layer: str = ""

    def in_layer(self, layer: str) -> ShapeMismatch:
        """The same error, naming the layer that was being built."""
        return replace(self, layer=self.layer or layer)

    def what(self) -> str:
        place = f"layer {self.layer}: " if self.layer else ""
        several = "s" * (len(self.shapes) > 1)
        return f"{place}{self.operation} does not fit the shape{several} {' and '.join(map(str, self.shapes))}"

    def why(self) -> str:
        if len(self.shapes) == 1:
            return self.expected
        return f"the {ORDINAL[self.likely]} shape, {self.shapes[self.likely]}, is likely wrong: {self.expected}"

    def advice(self) -> str:
        if self.layer:
            return f"correct the sizes in layer {self.layer}; whygrad show FILE lists those of every layer"
        return "sizes never stretch: insert axes with spread(x, shape, axes), or correct the shape named above"


@dataclass(eq=False)
class WrongArity(GraphError):
    """An operation was given more or fewer inputs than it takes."""

    code: ClassVar[str] = "WG102"
    operation: str
    arity: int
    given: int

    def what(self) -> str:
        return f"{self.operation} takes {self.arity} input{'s' * (self.arity != 1)} and was given {self.given}"

    def advice(self) -> str:
        return f"call it as {self.operation}({', '.join('xyzuvw'[: self.arity])})"


@dataclass(eq=False)
class NotScalar(GraphError):
    """A gradient was asked of an array: only a single number has one."""

    code: ClassVar[str] = "WG103"
    shape: Shape

    def what(self) -> str:
        return f"the gradient of an array of shape {self.shape} was asked for"

    def why(self) -> str:
        return "a gradient belongs to one number, such as a loss"

    def advice(self) -> str:
        return "reduce it first, as in fold(x, axes=...), or give the adjoint of the array as seed="


@dataclass(eq=False)
class MissingValue(GraphError):
    """A graph was evaluated without a value for one of its leaves."""

    code: ClassVar[str] = "WG104"
    leaf: str
    shape: Shape

    def what(self) -> str:
        return f"no value was given for {self.leaf} of shape {self.shape}"

    def advice(self) -> str:
        return f"add {self.leaf} to the values handed to the graph"


@dataclass(eq=False)
class UnknownName(GraphError):
    """A name that nothing in the graph carries."""

    code: ClassVar[str] = "WG105"
    name: str
    suggestion: str

    def what(self) -> str:
        return f"nothing in this network is called {self.name!r}"

    def advice(self) -> str:
        return f"did you mean {self.suggestion!r}?" if self.suggestion else "whygrad show FILE lists the names"


@dataclass(eq=False)
class ValueUnfit(GraphError):
    """A value was given whose shape is not that of its node."""

    code: ClassVar[str] = "WG106"
    leaf: str
    shape: Shape
    given: Shape

    def what(self) -> str:
        return f"{self.leaf} has shape {self.shape} and was given a value of shape {self.given}"

    def why(self) -> str:
        return "a graph is built for its shapes, and sizes never stretch"

    def advice(self) -> str:
        return f"give a value of shape {self.shape}, or build the graph for the shape of the value"


@dataclass(eq=False)
class SizesDisagree(GraphError):
    """The network declares as many inputs or outputs as the data does not have."""

    code: ClassVar[str] = "WG110"
    side: str
    declared: int
    columns: tuple[str, ...]

    def key_at_fault(self) -> Key:
        return ("network", "layers")

    def what(self) -> str:
        return f"the network has {counted(self.declared, self.side)} and the data has {len(self.columns)}"

    def why(self) -> str:
        shown = ", ".join(self.columns[:8]) + (", ..." if len(self.columns) > 8 else "")
        return f"the data's are {shown}; the network's number is likely wrong, as the data's is counted"

    def advice(self) -> str:
        word = "in" if self.side == "input" else "out"
        return f'write {len(self.columns)}, or "{word}" for as many as the data has'


@dataclass(eq=False)
class UnknownUnit(GraphError):
    """A named weight joins units that are not there, or not next to each other."""

    code: ClassVar[str] = "WG111"
    weight: str
    end: str
    unit: str
    choices: tuple[str, ...]
    suggestion: str

    def key_at_fault(self) -> Key:
        return ("network", "weights", self.weight, self.end)

    def what(self) -> str:
        verb = "go" if self.end == "to" else "come"
        return f"[network.weights] {self.weight}: there is no {self.unit!r} to {verb} {self.end}"

    def why(self) -> str:
        return f"expected one of {', '.join(self.choices[:12])}{', ...' if len(self.choices) > 12 else ''}"

    def advice(self) -> str:
        return f"did you mean {self.suggestion!r}?" if self.suggestion else "whygrad show FILE lists the units"


@dataclass(eq=False)
class DoubledWeight(GraphError):
    """Two named weights join the same two units."""

    code: ClassVar[str] = "WG112"
    first: str
    second: str

    def key_at_fault(self) -> Key:
        return ("network", "weights", self.second)

    def what(self) -> str:
        return f"[network.weights] {self.second}: it joins the same units as {self.first}"

    def advice(self) -> str:
        return "keep one of the two, or correct its from and to"


@dataclass(eq=False)
class BiasNotSo(GraphError):
    """A named bias does not match the layer's kind of bias."""

    code: ClassVar[str] = "WG113"
    weight: str
    layer: str
    bias: str
    expected: str

    def key_at_fault(self) -> Key:
        return ("network", "weights", self.weight)

    def what(self) -> str:
        return f"[network.weights] {self.weight}: layer {self.layer} has bias = {self.bias!r}"

    def advice(self) -> str:
        return self.expected


def counted(number: int, word: str) -> str:
    """A number and its noun: 1 input, 2 inputs."""
    return f"{number} {word}{'s' * (number != 1)}"

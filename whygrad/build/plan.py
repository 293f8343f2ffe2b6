"""The plan of a network: its layers with all sizes and names known, and the parameters they need.

A plan is made once from what the user asked for and the data's columns; every graph (a step of 32 rows, one of the
last 7, a prediction of 1) is built from the same plan, and its parameters are drawn from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import prod
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from whygrad.graph import Name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from whygrad.graph import Shape
    from whygrad.spec import Activation, Initialiser

Index = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Parameter:
    """One array that is learned.

    - `name`: "hidden.W"; `labels`: one per place on its last axis; `elements`: a name for each element, or none.
    - `initialiser`: how it is drawn; `given`: elements whose value the user wrote.
    - `fans`: how many values feed a unit, and how many units a value feeds.
    - `wired`: in its shape, true where there is a weight at all; None means everywhere.
    - `is_weight`: weights are what penalties and decay act on; biases, gains and shifts are not.
    """

    name: str
    shape: Shape
    labels: tuple[str, ...]
    initialiser: Initialiser
    fans: tuple[int, int]
    is_weight: bool = False
    elements: tuple[str, ...] = ()
    given: Mapping[Index, float] = field(default_factory=dict)
    wired: NDArray[Any] | None = None

    @property
    def size(self) -> int:
        """How many numbers are learned: all elements, or those that are wired."""
        return prod(self.shape) if self.wired is None else int(self.wired.sum())

    def element_name(self, index: Index) -> str:
        """What people call one element: "w5", or "hidden.W[3,0]" where elements have no names of their own."""
        return Name(self.name, self.name, elements=self.elements).element(index, self.shape)


@dataclass(frozen=True, eq=False)
class DensePlan:
    """A dense layer: weight (inputs, units), bias (units,), () when shared, or None."""

    name: str
    labels: tuple[str, ...]
    activation: Activation
    weight: Parameter
    bias: Parameter | None


@dataclass(frozen=True, eq=False)
class DropoutPlan:
    """A dropout layer with its rate."""

    name: str
    rate: float


@dataclass(frozen=True, eq=False)
class LayerNormPlan:
    """A layer normalisation: gain and shift (units,)."""

    name: str
    epsilon: float
    gain: Parameter
    shift: Parameter


@dataclass(frozen=True, eq=False)
class BatchNormPlan:
    """A batch normalisation: gain and shift (units,), and the momentum of its running statistics."""

    name: str
    epsilon: float
    momentum: float
    gain: Parameter
    shift: Parameter

    @property
    def mean(self) -> str:
        """Name of the state that holds the running mean."""
        return f"{self.name}.mean"

    @property
    def variance(self) -> str:
        """Name of the state that holds the running variance."""
        return f"{self.name}.variance"


@dataclass(frozen=True, eq=False)
class ResidualPlan:
    """Layers whose input is added to their output."""

    name: str
    layers: tuple[LayerPlan, ...]


LayerPlan = DensePlan | DropoutPlan | LayerNormPlan | BatchNormPlan | ResidualPlan


@dataclass(frozen=True, eq=False)
class NetworkPlan:
    """A network with all sizes known: names of its inputs and its layers, the last of which is dense."""

    inputs: tuple[str, ...]
    layers: tuple[LayerPlan, ...]

    @property
    def output(self) -> DensePlan:
        """The last layer."""
        last = self.layers[-1]
        if not isinstance(last, DensePlan):
            raise TypeError(f"the last layer is dense, not {type(last).__name__}")
        return last

    def parameters(self) -> tuple[Parameter, ...]:
        """Every parameter, in the order in which they are drawn: layer by layer, weights before biases."""
        return tuple(parameter for layer in every_layer(self.layers) for parameter in parameters_of(layer))


def every_layer(layers: tuple[LayerPlan, ...]) -> Iterator[LayerPlan]:
    """Every layer in order; a residual block first, then those inside it."""
    for layer in layers:
        yield layer
        if isinstance(layer, ResidualPlan):
            yield from every_layer(layer.layers)


def parameters_of(layer: LayerPlan) -> tuple[Parameter, ...]:
    """The parameters of one layer itself."""
    match layer:
        case DensePlan(weight=weight, bias=bias):
            return (weight, bias) if bias else (weight,)
        case LayerNormPlan(gain=gain, shift=shift) | BatchNormPlan(gain=gain, shift=shift):
            return gain, shift
        case _:
            return ()

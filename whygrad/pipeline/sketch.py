"""A network as the records that `render` draws: its dense layers as columns, their weights as edges."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from whygrad.build.plan import DensePlan, every_layer
from whygrad.render.drawing import FIRST_UNITS, MOST_UNITS, BiasDrawing, Drawing, EdgeDrawing, LayerDrawing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.build import Parameter
    from whygrad.pipeline.model import Model


@dataclass(frozen=True, eq=False)
class Learned:
    """The weights or the biases of a layer: the array's symbol, its numbers, what each is called, how many there are.

    `name` of an index is "" where the layer has no weight.
    """

    symbol: str
    values: NDArray[Any]
    name: Callable[[tuple[int, ...]], str]
    size: int

    def ref(self, index: tuple[int, ...]) -> str:
        """The place of an element in a trace."""
        return f"{self.symbol}[{','.join(map(str, index))}]" if index else self.symbol


@dataclass(frozen=True, eq=False)
class Dense:
    """A dense layer: weights (inputs, units), biases (units,), () when shared, or None."""

    column: LayerDrawing
    weight: Learned
    bias: Learned | None


def drawing(model: Model) -> Drawing:
    """The network with its weights as they are in this model; dropout and normalisation have no column."""
    plans = [layer for layer in every_layer(model.plan.layers) if isinstance(layer, DensePlan)]
    layers = [
        Dense(
            LayerDrawing(each.name, each.labels),
            learned(model, each.weight),
            None if each.bias is None else learned(model, each.bias),
        )
        for each in plans
    ]
    return drawn(LayerDrawing("inputs", model.plan.inputs), layers)


def learned(model: Model, parameter: Parameter) -> Learned:
    """A parameter of a model."""
    wired = parameter.wired

    def name(index: tuple[int, ...]) -> str:
        return parameter.element_name(index) if wired is None or wired[index] else ""

    return Learned(parameter.name, np.asarray(model.values[parameter.name]), name, parameter.size)


def drawn(inputs: LayerDrawing, layers: Sequence[Dense]) -> Drawing:
    """The inputs and the dense layers behind each other."""
    edges = [edge for place, layer in enumerate(layers) for edge in edges_of(layer.weight, place)]
    biases = [bias for place, layer in enumerate(layers, 1) for bias in biases_of(layer, place)]
    columns = (inputs, *(layer.column for layer in layers))
    return Drawing(columns, tuple(edges), tuple(biases), sum(layer.weight.size for layer in layers))


def edges_of(weight: Learned, source_layer: int) -> Iterator[EdgeDrawing]:
    """The weights of one layer that are there and lie between units that are drawn."""
    shown = (range(size if size <= MOST_UNITS else FIRST_UNITS) for size in weight.values.shape)
    for i, j in product(*shown):
        if name := weight.name((i, j)):
            yield EdgeDrawing(source_layer, i, j, name, float(weight.values[i, j]), ref=weight.ref((i, j)))


def biases_of(layer: Dense, place: int) -> Iterator[BiasDrawing]:
    """The biases of one layer: one for all its units when they share it."""
    bias = layer.bias
    if bias is None:
        return
    if not bias.values.shape:
        units = tuple(range(len(layer.column.units)))
        yield BiasDrawing(place, units, bias.name(()), float(bias.values), ref=bias.ref(()))
        return
    for j, value in enumerate(bias.values):
        yield BiasDrawing(place, (j,), bias.name((j,)), float(value), ref=bias.ref((j,)))

"""A network as the records that `render` draws: its dense layers as columns, their weights as edges."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from whygrad.build.plan import DensePlan, every_layer
from whygrad.render.drawing import FIRST_UNITS, MOST_UNITS, BiasDrawing, Drawing, EdgeDrawing, LayerDrawing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.build import Parameter
    from whygrad.pipeline.model import Model


def drawing(model: Model) -> Drawing:
    """The network with its weights as they are in this model; dropout and normalisation have no column."""
    dense = [layer for layer in every_layer(model.plan.layers) if isinstance(layer, DensePlan)]
    columns = (LayerDrawing("inputs", model.plan.inputs), *(LayerDrawing(each.name, each.labels) for each in dense))
    edges = [edge for place, layer in enumerate(dense) for edge in edges_of(model, layer.weight, place)]
    biases = [bias for place, layer in enumerate(dense, 1) for bias in biases_of(model, layer, place)]
    return Drawing(columns, tuple(edges), tuple(biases), sum(layer.weight.size for layer in dense))


def edges_of(model: Model, weight: Parameter, source_layer: int) -> Iterator[EdgeDrawing]:
    """The weights of one layer that are there and lie between units that are drawn."""
    values = np.asarray(model.values[weight.name])
    drawn = (range(size if size <= MOST_UNITS else FIRST_UNITS) for size in weight.shape)
    for i, j in product(*drawn):
        if weight.wired is None or weight.wired[i, j]:
            yield EdgeDrawing(source_layer, i, j, weight.element_name((i, j)), float(values[i, j]))


def biases_of(model: Model, layer: DensePlan, place: int) -> Iterator[BiasDrawing]:
    """The biases of one layer: one for all its units when they share it."""
    if layer.bias is None:
        return
    values = np.asarray(model.values[layer.bias.name])
    if not layer.bias.shape:
        yield BiasDrawing(place, tuple(range(len(layer.labels))), layer.bias.element_name(()), float(values))
        return
    for j, value in enumerate(values):
        yield BiasDrawing(place, (j,), layer.bias.element_name((j,)), float(value))

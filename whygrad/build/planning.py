"""From what the user asked for and the data's columns to the plan of a network."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from whygrad.build.plan import (
    BatchNormPlan,
    DensePlan,
    DropoutPlan,
    LayerNormPlan,
    LayerPlan,
    NetworkPlan,
    Parameter,
    ResidualPlan,
)
from whygrad.build.wiring import (
    NAMED_AT_MOST,
    Listed,
    Namer,
    bias_names,
    check_units,
    listed_for,
    targets,
    weight_names,
    wired,
)
from whygrad.errors.graph import SizesDisagree
from whygrad.spec import BatchNorm, ConstantValue, Dropout, LayerNorm, Network, Zeros
from whygrad.spec.layers import DenseLayer, ResidualBlock, dense_layers, expand_layers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from whygrad.spec.layers import Expanded, ExpandedLayer


def plan_network(network: Network, features: tuple[str, ...], outputs: tuple[str, ...]) -> NetworkPlan:
    """The plan of a network for data with these input and output columns.

    Raises SizesDisagree (WG110) when the network declares other numbers, UnknownUnit (WG111), DoubledWeight (WG112)
    and BiasNotSo (WG113) for listed weights that do not fit.
    """
    expanded = with_outputs(expand_layers(network), network, features, outputs).resolve(len(features), len(outputs))
    check_sizes(expanded, features, outputs)
    inputs = expanded.input_names or features
    units = [layer.unit_names for layer in dense_layers(expanded.layers)]
    check_units(network, inputs, units)
    named = parameter_count(len(inputs), units) <= NAMED_AT_MOST
    planner = Planner(network, Namer(network, [*inputs, *(unit for layer in units for unit in layer)]), named=named)
    layers, _ = planner.plan(expanded.layers, inputs)
    return NetworkPlan(inputs, layers)


def with_outputs(expanded: Expanded, network: Network, features: tuple[str, ...], outputs: tuple[str, ...]) -> Expanded:
    """Output units that are "out" named after what they predict.

    They stay o1, o2, ... where the user calls them so, or where another unit or input has such a name.
    """
    units = {unit for layer in dense_layers(expanded.layers) for unit in layer.unit_names}
    taken = units.union(features, expanded.input_names)
    called = {unit for weight in network.weights.values() for unit in targets(weight)}
    numbered = called.intersection(f"o{number}" for number in range(1, len(outputs) + 1))
    if expanded.output.units != "out" or taken.intersection(outputs) or numbered:
        return expanded
    return replace(expanded, layers=(*expanded.layers[:-1], replace(expanded.output, units=outputs)))


def check_sizes(expanded: Expanded, features: tuple[str, ...], outputs: tuple[str, ...]) -> None:
    """The network has as many inputs and outputs as the data; raises SizesDisagree (WG110)."""
    declared = len(expanded.input_names) or expanded.inputs or 0
    if declared != len(features) or (expanded.inputs or 0) != len(features):
        raise SizesDisagree("input", declared if declared != len(features) else expanded.inputs or 0, features)
    if len(expanded.output.unit_names) != len(outputs):
        raise SizesDisagree("output", len(expanded.output.unit_names), outputs)


def parameter_count(inputs: int, units: list[tuple[str, ...]]) -> int:
    """Roughly how many weights and biases there are: enough to decide whether they get names."""
    sizes = [inputs, *map(len, units)]
    return sum((before + 1) * after for before, after in pairwise(sizes))


class Planner:
    """Plans layers in order; each sees the names of the values that come in."""

    def __init__(self, network: Network, namer: Namer, *, named: bool) -> None:
        self.network = network
        self.namer = namer
        self.named = named

    def plan(
        self, layers: Iterable[ExpandedLayer], labels: tuple[str, ...]
    ) -> tuple[tuple[LayerPlan, ...], tuple[str, ...]]:
        """The plans of some layers, and the names of the values that come out."""
        planned: list[LayerPlan] = []
        for layer in layers:
            one, labels = self.plan_layer(layer, labels)
            planned.append(one)
        return tuple(planned), labels

    def plan_layer(self, layer: ExpandedLayer, labels: tuple[str, ...]) -> tuple[LayerPlan, tuple[str, ...]]:
        """The plan of one layer, and the names of the values that come out of it."""
        match layer:
            case DenseLayer():
                return self.dense(layer, labels), layer.unit_names
            case Dropout():
                return DropoutPlan(layer.name, layer.rate), labels
            case LayerNorm():
                gain, shift = gain_and_shift(layer.name, labels)
                return LayerNormPlan(layer.name, layer.epsilon, gain, shift), labels
            case BatchNorm():
                gain, shift = gain_and_shift(layer.name, labels)
                return BatchNormPlan(layer.name, layer.epsilon, layer.momentum, gain, shift), labels
            case ResidualBlock():
                inner, labels = self.plan(layer.layers, labels)
                return ResidualPlan(layer.name, inner), labels

    def dense(self, layer: DenseLayer, inputs: tuple[str, ...]) -> DensePlan:
        """The plan of a dense layer fed by `inputs`."""
        units = layer.unit_names
        listed = listed_for(self.network, layer.name, layer.bias, inputs, units)
        full = np.ones((len(inputs), len(units)), dtype=bool)
        mask = wired(listed, *full.shape) if layer.wiring == "listed" else full
        weight = Parameter(
            name=f"{layer.name}.W",
            shape=full.shape,
            labels=units,
            initialiser=layer.initialiser,
            fans=(len(inputs), len(units)),
            is_weight=True,
            elements=weight_names(listed, self.namer if self.named else None, mask, f"{layer.name}.W"),
            given={place: value for place, (_, value) in listed.weights.items() if value is not None},
            wired=mask if layer.wiring == "listed" else None,
        )
        bias = self.bias(layer, listed, len(inputs))
        return DensePlan(layer.name, units, layer.activation, weight, bias)

    def bias(self, layer: DenseLayer, listed: Listed, inputs: int) -> Parameter | None:
        """The biases of a dense layer: one per unit, one for all (shape ()), or None."""
        if layer.bias == "none":
            return None
        units = layer.unit_names
        shared = layer.bias == "shared"
        namer = self.namer if self.named else None
        names = bias_names(listed, namer, 1 if shared else len(units), f"{layer.name}.b")
        given: dict[tuple[int, ...], float] = {
            () if shared else (j,): value for j, (_, value) in listed.biases.items() if value is not None
        }
        return Parameter(
            name=f"{layer.name}.b",
            shape=() if shared else (len(units),),
            labels=() if shared else units,
            initialiser=layer.bias_initialiser,
            fans=(inputs, len(units)),
            elements=names,
            given=given,
        )


def gain_and_shift(layer: str, labels: tuple[str, ...]) -> tuple[Parameter, Parameter]:
    """What a normalisation learns: gains that start at 1 and shifts that start at 0, (units,) each."""
    shape, fans = (len(labels),), (1, 1)
    return (
        Parameter(f"{layer}.gain", shape, labels, ConstantValue(1.0), fans),
        Parameter(f"{layer}.shift", shape, labels, Zeros(), fans),
    )

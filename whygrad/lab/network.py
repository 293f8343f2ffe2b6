"""The network as a page draws it: columns of units, and between them the weights that are there. No numbers yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whygrad.build.plan import DensePlan, every_layer

if TYPE_CHECKING:
    from whygrad.build import NetworkPlan, Parameter


def network_of(plan: NetworkPlan) -> dict[str, Any]:
    """Layers with the names of their units, weights with the places they join, biases with the units they belong to.

    A weight has an index in its array, by which a frame gives its value; `null` names stand where there is no weight.
    """
    dense = [layer for layer in every_layer(plan.layers) if isinstance(layer, DensePlan)]
    columns = [{"name": "inputs", "array": "x", "units": list(plan.inputs), "activation": ""}]
    columns += [
        {"name": layer.name, "array": f"{layer.name}.out", "units": list(layer.labels), "activation": layer.activation}
        for layer in dense
    ]
    return {
        "layers": columns,
        "weights": [weights_of(layer.weight, place) for place, layer in enumerate(dense)],
        "biases": [biases_of(layer.bias, place) for place, layer in enumerate(dense, 1) if layer.bias is not None],
    }


def weights_of(weight: Parameter, source: int) -> dict[str, Any]:
    """The weights between two columns: of each from where, to where, and its name."""
    rows, columns = weight.shape
    wired = [(i, j) for i in range(rows) for j in range(columns) if weight.wired is None or bool(weight.wired[i, j])]
    return {
        "array": weight.name,
        "from": source,
        "to": source + 1,
        "places": [[i, j] for i, j in wired],
        "names": [weight.element_name(place) for place in wired],
    }


def biases_of(bias: Parameter, layer: int) -> dict[str, Any]:
    """The biases of a column: one for each unit, or one that they share."""
    places: list[tuple[int, ...]] = [(j,) for j in range(bias.shape[0])] if bias.shape else [()]
    return {
        "array": bias.name,
        "layer": layer,
        "shared": not bias.shape,
        "names": [bias.element_name(place) for place in places],
    }

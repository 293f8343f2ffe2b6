"""Which weight joins which units, what it is called, and which values the user wrote for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from whygrad.errors import nearest
from whygrad.errors.graph import BiasNotSo, DoubledWeight, UnknownUnit
from whygrad.spec import Bias, Network, Weight

Key = TypeVar("Key")
NAMED_AT_MOST = 1000  # beyond this many parameters names such as w5 help nobody: "hidden.W[3,0]" does


@dataclass(frozen=True)
class Listed:
    """The weights the user listed for one layer: (input, unit) -> (name, value), and unit -> (name, value) biases."""

    weights: Mapping[tuple[int, int], tuple[str, float | None]]
    biases: Mapping[int, tuple[str, float | None]]


class Namer:
    """Default names w1, w2, ... and b1, b2, ... that skip the names of the user's weights, and of units and inputs."""

    def __init__(self, network: Network, units: Iterable[str]) -> None:
        self.taken = {*network.weights, *units}
        self.counters = {letter: count(1) for letter in "wb"}

    def next(self, letter: str) -> str:
        """The next free name that starts with this letter."""
        names: Iterator[str] = (f"{letter}{number}" for number in self.counters[letter])
        return next(name for name in names if name not in self.taken)


def check_units(network: Network, inputs: tuple[str, ...], layers: list[tuple[str, ...]]) -> None:
    """Every listed weight feeds a unit that exists; raises UnknownUnit (WG111)."""
    units = tuple(unit for layer in layers for unit in layer)
    for name, weight in network.weights.items():
        for unit in targets(weight):
            if unit not in units:
                raise UnknownUnit(name, "to", unit, units, nearest(unit, units))
        if weight.from_ is not None and weight.from_ not in (*inputs, *units):
            raise UnknownUnit(name, "from", weight.from_, (*inputs, *units), nearest(weight.from_, (*inputs, *units)))


def listed_for(network: Network, layer: str, bias: Bias, inputs: tuple[str, ...], units: tuple[str, ...]) -> Listed:
    """What the user listed for the layer between `inputs` and `units`; raises WG111, WG112 and WG113."""
    weights: dict[tuple[int, int], tuple[str, float | None]] = {}
    biases: dict[int, tuple[str, float | None]] = {}
    for name, weight in network.weights.items():
        fed = [units.index(unit) for unit in targets(weight) if unit in units]
        if not fed:
            continue
        if weight.from_ is None:
            check_bias(name, layer, bias, fed, units)
            for unit in fed:
                put(biases, unit, name, weight)
        else:
            if weight.from_ not in inputs:
                raise UnknownUnit(
                    name, f"from into {units[fed[0]]}", weight.from_, inputs, nearest(weight.from_, inputs)
                )
            for unit in fed:
                put(weights, (inputs.index(weight.from_), unit), name, weight)
    return Listed(weights, biases)


def put(found: dict[Key, tuple[str, float | None]], key: Key, name: str, weight: Weight) -> None:
    """Enter a weight where it belongs; raises DoubledWeight (WG112) when one is there already."""
    if key in found:
        raise DoubledWeight(found[key][0], name)
    found[key] = (name, weight.value)


def check_bias(name: str, layer: str, bias: Bias, fed: list[int], units: tuple[str, ...]) -> None:
    """A listed bias fits the kind the layer has: one unit each, all of them when shared; raises BiasNotSo (WG113)."""
    if bias == "none":
        raise BiasNotSo(name, layer, bias, 'remove it, or give the layer bias = "per-unit"')
    if bias == "shared" and len(fed) != len(units):
        raise BiasNotSo(name, layer, bias, f"a shared bias lists every unit: to = {list(units)}")
    if bias == "per-unit" and len(fed) > 1:
        raise BiasNotSo(name, layer, bias, 'name one unit, or give the layer bias = "shared"')


def targets(weight: Weight) -> tuple[str, ...]:
    """The units a weight feeds."""
    return (weight.to,) if isinstance(weight.to, str) else weight.to


def wired(listed: Listed, inputs: int, units: int) -> NDArray[np.bool_]:
    """True where a weight is listed, (inputs, units)."""
    mask = np.zeros((inputs, units), dtype=bool)
    for place in listed.weights:
        mask[place] = True
    return mask


def weight_names(listed: Listed, namer: Namer | None, mask: NDArray[np.bool_], array: str) -> tuple[str, ...]:
    """A name for every place of the weight matrix, in C order; "" where there is no weight; nothing without any name.

    Numbers go unit by unit, then input by input, as on paper. Without a namer, in large networks, a weight that the
    user gave no name is called by its place in the array.
    """
    if namer is None and not listed.weights:
        return ()
    inputs, units = mask.shape
    names: dict[tuple[int, int], str] = {}
    for j, i in np.ndindex(units, inputs):
        if (i, j) in listed.weights:
            names[i, j] = listed.weights[i, j][0]
        elif mask[i, j]:
            names[i, j] = namer.next("w") if namer else f"{array}[{i},{j}]"
    return tuple(names.get((i, j), "") for i in range(inputs) for j in range(units))


def bias_names(listed: Listed, namer: Namer | None, units: int, array: str) -> tuple[str, ...]:
    """A name for each of the layer's biases, as for weights."""
    if namer is None and not listed.biases:
        return ()
    return tuple(
        listed.biases[j][0] if j in listed.biases else namer.next("b") if namer else f"{array}[{j}]"
        for j in range(units)
    )

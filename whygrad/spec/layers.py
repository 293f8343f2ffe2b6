"""The layers of a network with everything filled in but the sizes that only the data knows.

Names that nobody gave: the last dense layer is `output` with units o1, o2, ...; the only other dense layer is `hidden`
with h1, h2, ...; of several, the second is `hidden2` with h2_1, h2_2, ...; further dropout1, norm1, residual1, ...
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import msgspec

from whygrad.errors.combination import DuplicateName, LayerOrder
from whygrad.spec.network import Activation, BatchNorm, Dense, Dropout, Layer, LayerNorm, Residual
from whygrad.spec.short_form import parse_short_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from whygrad.errors.spec import Key
    from whygrad.spec.initialiser import Initialiser
    from whygrad.spec.network import Bias, Network, Wiring

__all__ = [
    "DenseLayer",
    "Expanded",
    "ExpandedLayer",
    "ResidualBlock",
    "check_unique",
    "dense_layers",
    "every_layer",
    "expand_layers",
]


LAYERS: Key = ("network", "layers")
LAST = 'a dense layer at the end, and only there "out": it makes one value per target'


@dataclass(frozen=True)
class DenseLayer:
    """A dense layer with nothing left to default; `units` are names, or "out" until the data is known."""

    name: str
    units: tuple[str, ...] | Literal["out"]
    activation: Activation
    bias: Bias
    wiring: Wiring
    initialiser: Initialiser
    bias_initialiser: Initialiser
    key: Key

    @property
    def unit_names(self) -> tuple[str, ...]:
        """The names of the units, empty while they are "out"."""
        return () if self.units == "out" else self.units


@dataclass(frozen=True)
class ResidualBlock:
    """A residual connection around layers with nothing left to default."""

    name: str
    layers: tuple[ExpandedLayer, ...]


ExpandedLayer = DenseLayer | Dropout | LayerNorm | BatchNorm | ResidualBlock


@dataclass(frozen=True)
class Expanded:
    """The number of inputs (None: as many as the data has), their names (empty: the data's) and the layers."""

    inputs: int | None
    input_names: tuple[str, ...]
    layers: tuple[ExpandedLayer, ...]

    @property
    def output(self) -> DenseLayer:
        """The last layer, which is dense."""
        return list(dense_layers(self.layers))[-1]

    def resolve(self, features: int, outputs: int) -> Expanded:
        """The same with `in` and `out` replaced by these sizes; declared sizes stay, whether or not they agree."""
        units = self.output.units
        if units == "out":
            units = tuple(f"o{number}" for number in range(1, outputs + 1))
        last = replace(self.output, units=units)
        return replace(self, inputs=self.inputs or features, layers=(*self.layers[:-1], last))


def dense_layers(layers: Iterable[ExpandedLayer]) -> Iterator[DenseLayer]:
    """Every dense layer in order, those inside residual connections included."""
    return (layer for layer in every_layer(layers) if isinstance(layer, DenseLayer))


def every_layer(layers: Iterable[ExpandedLayer]) -> Iterator[ExpandedLayer]:
    """Every layer in order, each residual connection followed by the layers inside it."""
    for layer in layers:
        yield layer
        if isinstance(layer, ResidualBlock):
            yield from every_layer(layer.layers)


def expand_layers(network: Network) -> Expanded:
    """The layers of a network, the short form taken apart and every name given.

    Raises WG207 for a slip in the short form, WG214 unless the last layer and only it makes the outputs, WG215 for
    a name that stands for two layers or units.

    >>> from whygrad.spec import Network
    >>> [(layer.name, layer.unit_names) for layer in expand_layers(Network(layers="2 -> 2 relu -> 1")).layers]
    [('hidden', ('h1', 'h2')), ('output', ('o1',))]
    """
    inputs, layers = declared(network)
    keyed = [(layer_key(network, index), layer) for index, layer in enumerate(layers)]
    check_order(keyed)
    namer = Namer(network, hidden=sum(count_dense(layer) for layer in layers) - 1)
    *hidden, output = [namer.expand(layer, key) for key, layer in keyed]
    expanded = Expanded(inputs, network.inputs, (*hidden, output))
    check_names(expanded)
    return expanded


def declared(network: Network) -> tuple[int | None, tuple[Layer, ...]]:
    """The number of inputs as far as the network says it, and its layers."""
    if isinstance(network.layers, str):
        return parse_short_form(network.layers)
    return len(network.inputs) or None, network.layers


def layer_key(network: Network, index: int) -> Key:
    """Where a layer stands; the short form has one key for all."""
    return LAYERS if isinstance(network.layers, str) else ("network", "layers", index)


def check_order(keyed: list[tuple[Key, Layer]]) -> None:
    """The outputs come from the last layer: it is dense, and only it has as many units as the data has targets."""
    key, last = keyed[-1]
    if not isinstance(last, Dense):
        raise LayerOrder(key=key, found=f"a last layer of type {layer_type(last)}", expected=LAST)
    for at, layer in inner_dense(keyed[:-1]):
        if layer.units == "out":
            raise LayerOrder(key=at, found='"out" before the last layer', expected=LAST)


def inner_dense(keyed: Iterable[tuple[Key, Layer]]) -> Iterator[tuple[Key, Dense]]:
    """Every dense layer and its key, those inside residual connections included."""
    for key, layer in keyed:
        if isinstance(layer, Dense):
            yield key, layer
        elif isinstance(layer, Residual):
            yield from inner_dense(inside(key, layer))


def inside(key: Key, block: Residual) -> list[tuple[Key, Layer]]:
    """The layers of a block and their keys."""
    short = key == LAYERS
    return [(key if short else (*key, "layers", index), layer) for index, layer in enumerate(block.layers)]


def count_dense(layer: Layer) -> int:
    """How many dense layers there are in this one."""
    return sum(1 for _ in inner_dense([((), layer)]))


def layer_type(layer: Layer) -> str:
    """The word for a layer in a file."""
    return str(layer.__struct_config__.tag)


class Namer:
    """Gives each layer its name and each unit its own, in the order in which they are met."""

    def __init__(self, network: Network, *, hidden: int) -> None:
        self.network = network
        self.hidden = hidden
        self.met: Counter[str] = Counter()

    def numbered(self, word: str) -> str:
        """The next name of a kind."""
        self.met[word] += 1
        return f"{word}{self.met[word]}"

    def expand(self, layer: Layer, key: Key) -> ExpandedLayer:
        """A layer with nothing left to default."""
        if isinstance(layer, Dense):
            return self.expand_dense(layer, key)
        if isinstance(layer, Residual):
            name = layer.name or self.numbered("residual")
            return ResidualBlock(name, tuple(self.expand(each, at) for at, each in inside(key, layer)))
        word = "dropout" if isinstance(layer, Dropout) else "norm"
        numbered = self.numbered(word)
        return msgspec.structs.replace(layer, name=layer.name or numbered)

    def expand_dense(self, layer: Dense, key: Key) -> DenseLayer:
        """A dense layer with its name, its units' names and its initialisers."""
        self.met["dense"] += 1
        name, prefix = self.dense_names(self.met["dense"])
        units = layer.units
        return DenseLayer(
            name=layer.name or name,
            units=tuple(f"{prefix}{number}" for number in range(1, units + 1)) if isinstance(units, int) else units,
            activation=layer.activation,
            bias=layer.bias,
            wiring=layer.wiring,
            initialiser=layer.initialiser or self.network.initialiser,
            bias_initialiser=layer.bias_initialiser or self.network.bias_initialiser,
            key=key,
        )

    def dense_names(self, number: int) -> tuple[str, str]:
        """The name of the dense layer met at this number, and what its units' names start with."""
        if number > self.hidden:
            return "output", "o"
        return ("hidden", "h") if self.hidden == 1 else (f"hidden{number}", f"h{number}_")


def check_names(expanded: Expanded) -> None:
    """No two layers and no two units or inputs share a name."""
    layers = [(layer.key, layer.name) for layer in dense_layers(expanded.layers)]
    others = [(LAYERS, layer.name) for layer in every_layer(expanded.layers) if not isinstance(layer, DenseLayer)]
    check_unique("layer", [*layers, *others])
    inputs: list[tuple[Key, str]] = [(("network", "inputs"), name) for name in expanded.input_names]
    units = [(layer.key, unit) for layer in dense_layers(expanded.layers) for unit in layer.unit_names]
    check_unique("unit", inputs + units)


def check_unique(kind: str, named: list[tuple[Key, str]]) -> None:
    """Raises WG215 at the second of two equal names."""
    seen: set[str] = set()
    for key, name in named:
        if name in seen:
            raise DuplicateName(key=key, kind=kind, name=name)
        seen.add(name)

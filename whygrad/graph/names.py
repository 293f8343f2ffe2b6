"""The side table of names: what a person calls a node, and each of its elements.

Nodes carry no names, so that the same graph can be shown under other names and two graphs never clash.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import prod
from typing import TYPE_CHECKING

from whygrad.errors import nearest
from whygrad.errors.graph import UnknownName

if TYPE_CHECKING:
    from collections.abc import Iterable

    from whygrad.graph.expr import Expr, Shape


@dataclass(frozen=True)
class Name:
    """What one node is called.

    - `symbol`: the whole array, unique in its graph: "hidden.net", "hidden.W".
    - `short`: what its elements are called together with a label: "net" gives "net_H1"; without it the label alone.
    - `labels`: one per place on the last axis (the units); a batch axis has none.
    - `elements`: a name of its own for every element, in C order, as weights have ("w1", "w2").
    """

    symbol: str
    short: str = ""
    labels: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()

    def unit(self, label: str) -> str:
        """What the element of one unit is called: "net_H1"."""
        return f"{self.short}_{label}" if self.short else label

    def element(self, index: tuple[int, ...], shape: Shape) -> str:
        """The name of the element at `index`: its own, the unit's, or the array's with the index in brackets."""
        if self.elements:
            return self.elements[flat(index, shape)]
        if self.labels and index:
            return self.unit(self.labels[index[-1]])
        return f"{self.symbol}[{','.join(map(str, index))}]" if index else self.symbol


@dataclass(frozen=True)
class Names:
    """Names of the nodes of one graph, and the way back from a name to its node and index."""

    of: dict[Expr, Name] = field(default_factory=dict)

    def node(self, symbol: str) -> Expr:
        """The node with this symbol; raises UnknownName (WG105)."""
        for node, name in self.of.items():
            if name.symbol == symbol:
                return node
        raise UnknownName(symbol, nearest(symbol, (name.symbol for name in self.of.values())))

    def among(self, nodes: Iterable[Expr]) -> Names:
        """The names of some nodes only."""
        return Names({node: self.of[node] for node in nodes if node in self.of})

    def find(self, name: str) -> tuple[Expr, tuple[int, ...] | None]:
        """The node and index a name means: an element ("w5", "net_H1", "hidden.W[0,1]") or a whole node (None).

        A unit's value in a batch is the whole column; its index then has the unit's place only. Raises
        UnknownName (WG105).
        """
        for node, entry in self.of.items():
            if entry.symbol == name:
                return node, None
        for node, entry in self.of.items():
            place = place_of(name, entry, node.shape)
            if place is not None:
                return node, place
        raise UnknownName(name, nearest(name, self.all()))

    def all(self) -> list[str]:
        """Every name of a node, and of its elements where they have names of their own."""
        found: list[str] = []
        for entry in self.of.values():
            found += [entry.symbol, *entry.elements, *map(entry.unit, entry.labels)]
        return found


def place_of(name: str, entry: Name, shape: Shape) -> tuple[int, ...] | None:
    """The index that `name` means in a node called `entry`, or None."""
    if name in entry.elements:
        return unflat(entry.elements.index(name), shape)
    for place, label in enumerate(entry.labels):
        if name == entry.unit(label):
            return (place,)
    symbol, bracket, rest = name.partition("[")
    if bracket and symbol == entry.symbol and rest.endswith("]"):
        return index_in_brackets(rest[:-1], shape)
    return None


def index_in_brackets(text: str, shape: Shape) -> tuple[int, ...] | None:
    """The index written as "3,0", if it lies inside an array of this shape."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != len(shape) or not all(part.isdecimal() for part in parts):
        return None
    index = tuple(map(int, parts))
    return index if all(i < size for i, size in zip(index, shape, strict=True)) else None


def flat(index: tuple[int, ...], shape: Shape) -> int:
    """The place in C order of an index."""
    place = 0
    for i, size in zip(index, shape, strict=True):
        place = place * size + i
    return place


def unflat(place: int, shape: Shape) -> tuple[int, ...]:
    """The index of a place in C order."""
    index = []
    for k in range(len(shape)):
        below = prod(shape[k + 1 :])
        index.append(place // below)
        place %= below
    return tuple(index)

"""What a drawing of a network shows: plain records, made by whoever has the network."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

# A layer with more units is drawn with its first few; more weights than this are not drawn one by one.
MOST_UNITS = 16
FIRST_UNITS = 8
MOST_EDGES = 400
# Up to so many weights each has its name and value beside it.
MOST_LABELS = 20


class Stand(Enum):
    """How much a unit or a weight stands out: asked for, on a way that is told of, beside it, or like all others."""

    ASKED = "asked"
    WAY = "way"
    ASIDE = "aside"
    PLAIN = "plain"


@dataclass(frozen=True)
class LayerDrawing:
    """One column of units, the inputs being the first; `values` are what the units gave, if that is to be shown.

    `refs` are the places of each unit in a trace, blanks between them; `stands` says which units stand out.
    """

    name: str
    units: tuple[str, ...]
    values: tuple[float, ...] | None = None
    refs: tuple[str, ...] = ()
    stands: tuple[Stand, ...] = ()

    @property
    def shown(self) -> int:
        """How many units are drawn."""
        return len(self.units) if len(self.units) <= MOST_UNITS else FIRST_UNITS


@dataclass(frozen=True)
class EdgeDrawing:
    """A weight from a unit to another one, by their places; it leads to the next layer unless `target_layer` says.

    `ref` is its place in a trace ("hidden.W[0,1]").
    """

    source_layer: int
    source: int
    target: int
    name: str
    value: float
    target_layer: int | None = None
    ref: str = ""
    stand: Stand = Stand.PLAIN

    @property
    def into(self) -> int:
        """The layer that it leads to."""
        return self.source_layer + 1 if self.target_layer is None else self.target_layer


@dataclass(frozen=True)
class BiasDrawing:
    """A bias of one unit of a layer, or of several that share it."""

    layer: int
    units: tuple[int, ...]
    name: str
    value: float
    ref: str = ""
    stand: Stand = Stand.PLAIN


@dataclass(frozen=True)
class Drawing:
    """A network to be drawn.

    `weights` is how many it has; edges to units beyond `FIRST_UNITS` of a layer with more than `MOST_UNITS` may be
    left out of `edges`, as they are not drawn. `key` says in words what it means to stand out, where anything does.
    """

    layers: tuple[LayerDrawing, ...]
    edges: tuple[EdgeDrawing, ...]
    biases: tuple[BiasDrawing, ...] = ()
    weights: int = 0
    key: tuple[tuple[Stand, str], ...] = ()

    @property
    def visible(self) -> tuple[EdgeDrawing, ...]:
        """The edges between units that are drawn."""
        return tuple(
            edge
            for edge in self.edges
            if edge.source < self.layers[edge.source_layer].shown and edge.target < self.layers[edge.into].shown
        )

    @property
    def total(self) -> int:
        """How many weights there are, drawn or not."""
        return max(self.weights, len(self.edges))

    @property
    def is_detailed(self) -> bool:
        """Whether there is room for the name and the value of every weight."""
        return self.total <= MOST_LABELS and len(self.visible) == self.total

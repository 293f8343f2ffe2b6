"""Where everything in the drawing of a network goes: units in columns, labels on their lines, never on each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING, Final

from whygrad.render.names import width_of

if TYPE_CHECKING:
    from whygrad.render.drawing import Drawing, EdgeDrawing

TOP: Final = 34.0
SIDE: Final = 14.0
LABEL_HEIGHT: Final = 15.0
# Labels stand near where their line begins, unless something else is in the way.
PREFERRED: Final = 0.3
PLACES: Final = tuple(0.14 + 0.02 * step for step in range(37))
CLEAR: Final = 13.0
# Up to so many columns, and units in a column, there is room to spare.
FEW: Final = 5
TALL: Final = 10


@dataclass(frozen=True)
class Point:
    """A place in the drawing."""

    x: float
    y: float


@dataclass(frozen=True)
class Box:
    """A rectangle around its middle."""

    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: Box, gap: float = 2.0) -> bool:
        """Whether two boxes are closer than the gap."""
        apart_x = abs(self.x - other.x) >= (self.width + other.width) / 2 + gap
        apart_y = abs(self.y - other.y) >= (self.height + other.height) / 2 + gap
        return not (apart_x or apart_y)


@dataclass(frozen=True)
class Layout:
    """Places of the units by (layer, unit), the radius of a unit, and the size of the whole."""

    places: dict[tuple[int, int], Point]
    ellipses: dict[int, Point]
    radius: float
    width: float
    height: float
    detailed: bool

    def ends(self, edge: EdgeDrawing) -> tuple[Point, Point]:
        """Where a line begins and ends: at the rims of its units."""
        start, end = self.places[edge.source_layer, edge.source], self.places[edge.into, edge.target]
        length = hypot(end.x - start.x, end.y - start.y) or 1.0
        x, y = (end.x - start.x) / length * self.radius, (end.y - start.y) / length * self.radius
        return Point(start.x + x, start.y + y), Point(end.x - x, end.y - y)


def layout_of(drawing: Drawing, gap: float | None = None) -> Layout:
    """Units in columns, each column in the middle of the height; `gap` is between the columns."""
    detailed = drawing.is_detailed
    slots = [layer.shown + (layer.shown < len(layer.units)) for layer in drawing.layers]
    radius, step = (25.0, 88.0) if detailed else (14.0, 42.0 if max(slots) <= TALL else 34.0)
    across = gap or (180.0 if len(drawing.layers) <= FEW else 104.0)
    tall = (max(slots) - 1) * step
    left = SIDE + radius + outside(drawing.layers[0].units[: drawing.layers[0].shown], radius)
    right = SIDE + radius + outside(drawing.layers[-1].units[: drawing.layers[-1].shown], radius)
    places, ellipses = {}, {}
    for number, layer in enumerate(drawing.layers):
        first = TOP + radius + (tall - (slots[number] - 1) * step) / 2
        spots = [Point(left + number * across, first + place * step) for place in range(slots[number])]
        places.update({(number, place): spots[place] for place in range(layer.shown)})
        if slots[number] > layer.shown:
            ellipses[number] = spots[-1]
    width = left + (len(drawing.layers) - 1) * across + right
    below = 20 if detailed else 8
    return Layout(places, ellipses, radius, width, TOP + tall + 2 * radius + below, detailed)


def outside(names: Sequence[str], radius: float) -> float:
    """The room that names need beside their units: none when they fit inside."""
    return max((width_of(name) + 6 for name in names if not fits(name, radius)), default=0.0)


def fits(name: str, radius: float) -> bool:
    """Whether a name fits into its unit."""
    return width_of(name) <= 1.6 * radius


def place_labels(layout: Layout, edges: Sequence[EdgeDrawing], widths: Sequence[float]) -> list[Box | None]:
    """A box for each label on its line, clear of units, other labels and, as far as can be, other lines."""
    lines = [layout.ends(edge) for edge in edges]
    side = 2 * layout.radius
    taken = [Box(spot.x, spot.y, side, side) for spot in layout.places.values()]
    taken += [Box(spot.x, spot.y + layout.radius + 9, side + 16, LABEL_HEIGHT) for spot in layout.places.values()]
    placed: list[Box | None] = []
    for number, width in enumerate(widths):
        box = best_place(lines, number, width, taken)
        placed.append(box)
        taken += [box] if box else []
    return placed


def best_place(lines: Sequence[tuple[Point, Point]], number: int, width: float, taken: Sequence[Box]) -> Box | None:
    """The free place along a line that is farthest from the other lines, the nearer to its beginning the better."""
    start, end = lines[number]
    best: tuple[float, Box] | None = None
    for share in PLACES:
        box = Box(start.x + share * (end.x - start.x), start.y + share * (end.y - start.y), width, LABEL_HEIGHT)
        if any(box.overlaps(other) for other in taken):
            continue
        others = (distance(Point(box.x, box.y), *line) for place, line in enumerate(lines) if place != number)
        worth = min([CLEAR, *others]) - 12 * abs(share - PREFERRED)
        if best is None or worth > best[0]:
            best = (worth, box)
    return best[1] if best else None


def distance(point: Point, start: Point, end: Point) -> float:
    """How far a point is from a piece of a line."""
    x, y = end.x - start.x, end.y - start.y
    length = x * x + y * y
    share = 0.0 if length == 0 else min(max(((point.x - start.x) * x + (point.y - start.y) * y) / length, 0.0), 1.0)
    return hypot(point.x - start.x - share * x, point.y - start.y - share * y)

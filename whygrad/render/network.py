"""A network as SVG: units in columns; a weight is a line whose colour and dashes tell its sign, its width its size."""

from __future__ import annotations

from collections import Counter
from html import escape
from math import isfinite
from typing import TYPE_CHECKING, Final

from whygrad.render.drawing import MOST_EDGES, BiasDrawing, Drawing, EdgeDrawing, LayerDrawing, Stand
from whygrad.render.edges import bundle_svg, edge_labels, edge_svg, key_svg, label_svg
from whygrad.render.layout import SIDE, Layout, layout_of
from whygrad.render.nodes import ellipsis_svg, heading_svg, unit_svg
from whygrad.render.numbers import count, short
from whygrad.render.palette import MUTED
from whygrad.render.standing import Shape, key_rows, standing_key_svg
from whygrad.render.svg import scope_of, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whygrad.render.layout import Box

__all__ = ["BiasDrawing", "Drawing", "EdgeDrawing", "LayerDrawing", "network_svg"]

# Columns move apart until every label has a place of its own.
GAPS: Final = (160.0, 180.0, 200.0, 250.0, 310.0, 380.0)
SCALES: Final = (0.75, 1.25)
NARROWEST: Final = 340.0
LINE: Final = 18.0
LETTER: Final = 6.6
# What stands out is drawn last, on top of the others.
RANKS: Final = {Stand.ASIDE: 0, Stand.PLAIN: 0, Stand.WAY: 1, Stand.ASKED: 2}


def network_svg(drawing: Drawing, *, title: str = "The network") -> str:
    """The network as one <svg> element for a page, in light and dark; exact values are tooltips.

    Up to 20 weights have their names and values beside them. A layer of more than 16 units is drawn with its first
    few; when more than 400 weights would be drawn, bands stand for them. What is left out is said below.
    """
    layout, labels = arranged(drawing)
    notes = notes_of(drawing)
    width = max(layout.width, NARROWEST, *(2 * SIDE + LETTER * len(note) for note in notes))
    shift = (width - layout.width) / 2
    below = layout.height + LINE
    keyed = bool(drawing.visible) and not is_crowded(drawing)
    rows = key_rows(drawing.key, width - 2 * SIDE)
    body = (
        f'<g transform="translate({shift:.1f} 0)">{inside(drawing, layout, labels)}</g>'
        f"{key_svg(SIDE, below, largest_of(drawing)) if keyed else ''}"
        f"{standing_key_svg(rows, asked_shape(drawing), SIDE, below + LINE * keyed, LINE)}"
        f"{notes_svg(notes, below + LINE * (keyed + len(rows)))}"
    )
    height = below + LINE * (keyed + len(rows) + len(notes) - 1) + 8
    return wrapped(body, scope_of(body), (width, height), (title, " ".join([described(drawing), *notes])), SCALES)


def arranged(drawing: Drawing) -> tuple[Layout, list[Box | None]]:
    """The layout, with columns as far apart as labels need, and the places of the labels."""
    if not drawing.is_detailed:
        return layout_of(drawing), []
    for gap in GAPS:
        layout = layout_of(drawing, gap)
        labels = edge_labels(layout, drawing.visible)
        if all(labels):
            break
    return layout, labels


def inside(drawing: Drawing, layout: Layout, labels: Sequence[Box | None]) -> str:
    """Lines first, units on them, labels on top."""
    largest = largest_of(drawing)
    names = [label_svg(edge, box) for edge, box in zip(drawing.visible, labels, strict=False) if box]
    units = [unit_svg(drawing, layout, layer, unit) for layer, unit in layout.places]
    dots = [ellipsis_svg(drawing.layers[layer], spot) for layer, spot in layout.ellipses.items()]
    heads = [heading_svg(layer, layout.places[number, 0].x) for number, layer in enumerate(drawing.layers)]
    return "".join([*lines(drawing, layout, largest), *units, *dots, *heads, *names])


def lines(drawing: Drawing, layout: Layout, largest: float) -> list[str]:
    """Every weight as a line, or bands when there are too many."""
    order = sorted(drawing.visible, key=lambda edge: RANKS[edge.stand])
    if not is_crowded(drawing):
        return [edge_svg(layout, edge, largest) for edge in order]
    numbers = Counter((edge.source_layer, edge.into) for edge in drawing.edges)
    bands = [bundle_svg(drawing, layout, between, given) for between, given in numbers.items()]
    return bands + [edge_svg(layout, edge, largest) for edge in order if edge.stand is Stand.ASKED]


def is_crowded(drawing: Drawing) -> bool:
    """Whether single lines would be a tangle."""
    return len(drawing.visible) > MOST_EDGES


def asked_shape(drawing: Drawing) -> Shape:
    """How what is asked for is drawn here."""
    if any(edge.stand is Stand.ASKED for edge in drawing.edges):
        return Shape.LINE
    return Shape.FRAME if any(bias.stand is Stand.ASKED for bias in drawing.biases) else Shape.RING


def largest_of(drawing: Drawing) -> float:
    """The largest weight that is drawn, without its sign."""
    return max((abs(edge.value) for edge in drawing.visible if isfinite(edge.value)), default=0.0)


def notes_of(drawing: Drawing) -> list[str]:
    """What the drawing leaves out."""
    if is_crowded(drawing):
        return [f"{count(drawing.total, 'weight')}: too many to draw one by one."]
    hidden = drawing.total - len(drawing.visible)
    if not hidden:
        return []
    return [f"Drawn: {len(drawing.visible):,} of {count(drawing.total, 'weight')}; the others join units not shown."]


def notes_svg(notes: Sequence[str], y: float) -> str:
    """The notes below the drawing."""
    return "".join(
        f'<text x="{SIDE:g}" y="{y + LINE * place:.1f}" font-size="12" fill="{MUTED.variable}">{escape(note)}</text>'
        for place, note in enumerate(notes)
    )


def described(drawing: Drawing) -> str:
    """The network in words, and what of it stands out."""
    return " ".join([in_words(drawing), *outstanding(drawing)])


def outstanding(drawing: Drawing) -> list[str]:
    """What is asked for and which units are on the way, in words."""
    learned: tuple[EdgeDrawing | BiasDrawing, ...] = (*drawing.edges, *drawing.biases)
    asked = [each.name for each in learned if each.stand is Stand.ASKED]
    units: dict[Stand, list[str]] = {}
    for layer in drawing.layers:
        for name, stand in zip(layer.units, layer.stands, strict=False):
            units.setdefault(stand, []).append(name)
    found = {"Asked for": asked + units.get(Stand.ASKED, []), "Units on the way": units.get(Stand.WAY, [])}
    return [f"{told}: {', '.join(names)}." for told, names in found.items() if names]


def in_words(drawing: Drawing) -> str:
    """Layers, and weights where they are few."""
    layers = ", ".join(f"{layer.name}: {count(len(layer.units), 'unit')}" for layer in drawing.layers)
    if not drawing.is_detailed:
        return f"{layers}; {count(drawing.total, 'weight')}."
    weights = ", ".join(f"{edge.name} {short(edge.value, 4)}" for edge in drawing.edges)
    return f"{layers}. Weights: {weights or 'none'}."

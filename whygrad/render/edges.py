"""Weights of a network as SVG: colour and dashes for the sign, width for the size; a band where they are too many."""

from __future__ import annotations

from html import escape
from math import isfinite
from typing import TYPE_CHECKING, Final

from whygrad.render.layout import Box, Layout, place_labels
from whygrad.render.names import tspans, width_of
from whygrad.render.nodes import HALO
from whygrad.render.numbers import count, exact, short
from whygrad.render.palette import INK, MUTED, NEGATIVE, PAPER, POSITIVE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whygrad.render.drawing import Drawing, EdgeDrawing

LABEL_SIZE: Final = 12.0
THINNEST: Final = 0.8
THICKEST: Final = 5.0
DASHES: Final = "7 4"
DOTS: Final = "1.5 4"


def edge_svg(layout: Layout, edge: EdgeDrawing, largest: float) -> str:
    """One weight as a line; its exact value is the tooltip."""
    words = f"<title>{escape(edge.name)} = {exact(edge.value)}</title>"
    return f'<g>{words}<path d="{path(layout, edge)}" fill="none" {stroke(edge.value, largest, layout)}/></g>'


def path(layout: Layout, edge: EdgeDrawing) -> str:
    """A straight line to the next layer; a bow over the units in between to a later one."""
    start, end = layout.ends(edge)
    ends = f"{end.x:.1f} {end.y:.1f}"
    if edge.into == edge.source_layer + 1:
        return f"M{start.x:.1f} {start.y:.1f}L{ends}"
    return f"M{start.x:.1f} {start.y:.1f}Q{(start.x + end.x) / 2:.1f} {(start.y + end.y) / 2 - 70:.1f} {ends}"


def stroke(value: float, largest: float, layout: Layout) -> str:
    """How a weight is drawn."""
    opacity = "" if layout.detailed else ' stroke-opacity="0.75"'
    if value == 0 or not isfinite(value):
        return f'stroke="{MUTED.variable}" stroke-width="1.2" stroke-dasharray="{DOTS}"'
    share = min(abs(value) / largest, 1.0) if largest else 0.0
    width = THINNEST + (THICKEST if layout.detailed else 0.6 * THICKEST) * share
    colour, dashes = (POSITIVE, "") if value > 0 else (NEGATIVE, f' stroke-dasharray="{DASHES}"')
    return f'stroke="{colour.variable}" stroke-width="{width:.2f}"{dashes}{opacity}'


def edge_labels(layout: Layout, edges: Sequence[EdgeDrawing]) -> list[Box | None]:
    """Where the labels of the edges go."""
    widths = [width_of(edge.name, LABEL_SIZE) + 0.62 * LABEL_SIZE * len(after(edge)) for edge in edges]
    return place_labels(layout, edges, widths)


def after(edge: EdgeDrawing) -> str:
    """The value behind the name."""
    return f" {short(edge.value, 4)}"


def label_svg(edge: EdgeDrawing, box: Box) -> str:
    """The name of a weight and its value, on its line."""
    where = f'x="{box.x:.1f}" y="{box.y + 4:.1f}" text-anchor="middle" font-size="{LABEL_SIZE:g}"'
    size = f'width="{box.width:.1f}" height="{box.height:g}"'
    behind = f'<rect x="{box.x - box.width / 2:.1f}" y="{box.y - box.height / 2:.1f}" {size} rx="4"'
    return (
        f'<g>{behind} fill="{PAPER.variable}" fill-opacity="0.88"/>'
        f'<text {where} fill="{INK.variable}">{tspans(edge.name, after(edge))}</text></g>'
    )


def bundle_svg(drawing: Drawing, layout: Layout, between: tuple[int, int], given: int) -> str:
    """All weights between two layers as one band; their number only when none can have been left out."""
    first, last = between
    ends = drawing.layers[first], drawing.layers[last]
    number = count(given, "weight") if all(layer.shown == len(layer.units) for layer in ends) else ""
    left = [spot for (layer, _), spot in layout.places.items() if layer == first]
    right = [spot for (layer, _), spot in layout.places.items() if layer == last]
    corners = (left[0], right[0], right[-1], left[-1])
    points = " ".join(f"{corner.x:.1f},{corner.y:.1f}" for corner in corners)
    x, y = (left[0].x + right[0].x) / 2, sum(corner.y for corner in corners) / 4
    sizes = " × ".join(str(len(layer.units)) for layer in ends)
    words = f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" font-size="11" fill="{INK.variable}" {HALO}>'
    below = f'<tspan x="{x:.1f}" dy="15" fill="{MUTED.variable}">{number}</tspan>'
    band = f'<polygon points="{points}" fill="{MUTED.variable}" fill-opacity="0.16"/>'
    return f"<g><title>{f'{sizes} {number}'.strip()}</title>{band}{words}{sizes}{below}</text></g>"


def key_svg(x: float, y: float, largest: float) -> str:
    """What colour, dashes and width mean."""
    entries = (
        (POSITIVE.variable, "", "positive"),
        (NEGATIVE.variable, f' stroke-dasharray="{DASHES}"', "negative"),
    )
    drawn = "".join(
        f'<path d="M{x + 110 * place:.1f} {y - 4:.1f}h30" stroke="{colour}" stroke-width="2.5"{dashes}/>'
        f'<text x="{x + 110 * place + 37:.1f}" y="{y:.1f}">{words}</text>'
        for place, (colour, dashes, words) in enumerate(entries)
    )
    size = f'<text x="{x + 227:.1f}" y="{y:.1f}">thickest: {short(largest, 4)}</text>'
    return f'<g font-size="12" fill="{MUTED.variable}">{drawn}{size}</g>'

"""Weights of a network as SVG: colour and dashes for the sign, width for the size; a band where they are too many."""

from __future__ import annotations

from html import escape
from math import isfinite
from typing import TYPE_CHECKING, Final

from whygrad.render.drawing import Stand
from whygrad.render.layout import Box, Layout, place_labels
from whygrad.render.names import tspans, width_of
from whygrad.render.nodes import HALO
from whygrad.render.numbers import count, exact, short
from whygrad.render.palette import INK, MUTED, NEGATIVE, PAPER, POSITIVE
from whygrad.render.standing import BOLD, FAINT, FAINTEST, HAIRLINE, boldness, casing_svg, ink, ref_attribute

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whygrad.render.drawing import Drawing, EdgeDrawing

LABEL_SIZE: Final = 12.0
THINNEST: Final = 0.8
THICKEST: Final = 5.0
ZERO: Final = 1.2
CLEARLY_SEEN: Final = 1.6  # the thinnest of those that stand out among hairlines
DASHES: Final = "7 4"
DOTS: Final = "1.5 4"


def edge_svg(layout: Layout, edge: EdgeDrawing, largest: float) -> str:
    """One weight as a line; its exact value is the tooltip."""
    words = f"<title>{escape(edge.name)} = {exact(edge.value)}</title>"
    along, width = path(layout, edge), width_for(edge, largest, layout)
    around = casing_svg(along, width) if edge.stand is Stand.ASKED else ""
    drawn = f'<path d="{along}" fill="none" {stroke(edge, width, layout)}/>'
    return f"<g{ref_attribute(edge.ref)}>{words}{around}{drawn}</g>"


def path(layout: Layout, edge: EdgeDrawing) -> str:
    """A straight line to the next layer; a bow over the units in between to a later one."""
    start, end = layout.ends(edge)
    ends = f"{end.x:.1f} {end.y:.1f}"
    if edge.into == edge.source_layer + 1:
        return f"M{start.x:.1f} {start.y:.1f}L{ends}"
    return f"M{start.x:.1f} {start.y:.1f}Q{(start.x + end.x) / 2:.1f} {(start.y + end.y) / 2 - 70:.1f} {ends}"


def width_for(edge: EdgeDrawing, largest: float, layout: Layout) -> float:
    """How thick a weight is drawn: the larger the thicker, unless it stands aside."""
    if edge.stand is Stand.ASIDE:
        return HAIRLINE
    if edge.value == 0 or not isfinite(edge.value):
        return ZERO
    share = min(abs(edge.value) / largest, 1.0) if largest else 0.0
    thinnest = THINNEST if edge.stand is Stand.PLAIN else CLEARLY_SEEN
    return thinnest + (THICKEST if layout.detailed else 0.6 * THICKEST) * share


def stroke(edge: EdgeDrawing, width: float, layout: Layout) -> str:
    """How a weight is drawn."""
    opacity = None if layout.detailed or edge.stand is not Stand.PLAIN else 0.75
    if edge.stand is Stand.ASIDE:
        opacity = FAINT if layout.detailed else FAINTEST
    if edge.value == 0 or not isfinite(edge.value):
        colour, dashes, opacity = MUTED, f' stroke-dasharray="{DOTS}"', None
    elif edge.value > 0:
        colour, dashes = POSITIVE, ""
    else:
        colour, dashes = NEGATIVE, f' stroke-dasharray="{DASHES}"'
    faint = "" if opacity is None else f' stroke-opacity="{opacity:g}"'
    return f'stroke="{colour.variable}" stroke-width="{width:.2f}"{dashes}{faint}'


def edge_labels(layout: Layout, edges: Sequence[EdgeDrawing]) -> list[Box | None]:
    """Where the labels of the edges go."""
    return place_labels(layout, edges, [label_width(edge) for edge in edges])


def label_width(edge: EdgeDrawing) -> float:
    """How wide a label is; one in bold letters and a frame needs more room."""
    plain = width_of(edge.name, LABEL_SIZE) + 0.62 * LABEL_SIZE * len(after(edge))
    return BOLD * plain + LABEL_SIZE if edge.stand is Stand.ASKED else plain


def after(edge: EdgeDrawing) -> str:
    """The value behind the name."""
    return f" {short(edge.value, 4)}"


def label_svg(edge: EdgeDrawing, box: Box) -> str:
    """The name of a weight and its value, on its line."""
    where = f'x="{box.x:.1f}" y="{box.y + 4:.1f}" text-anchor="middle" font-size="{LABEL_SIZE:g}"'
    size = f'width="{box.width:.1f}" height="{box.height:g}"'
    behind = f'<rect x="{box.x - box.width / 2:.1f}" y="{box.y - box.height / 2:.1f}" {size} rx="4"'
    frame = f' stroke="{INK.variable}" stroke-width="1.4"' if edge.stand is Stand.ASKED else ""
    return (
        f'<g{ref_attribute(edge.ref)}>{behind} fill="{PAPER.variable}" fill-opacity="{1 if frame else 0.88:g}"{frame}/>'
        f'<text {where} fill="{ink(edge.stand)}"{boldness(edge.stand)}>{tspans(edge.name, after(edge))}</text></g>'
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

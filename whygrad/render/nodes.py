"""Units of a network as SVG: a circle, the name, what it gave, its bias below; exact values as tooltips."""

from __future__ import annotations

from html import escape
from math import isfinite
from typing import TYPE_CHECKING, Final

from whygrad.render.drawing import Stand
from whygrad.render.layout import Layout, Point, fits
from whygrad.render.names import SIZE, tspans, width_of
from whygrad.render.numbers import count, exact, short
from whygrad.render.palette import INK, MUTED, NEGATIVE, PAPER, POSITIVE
from whygrad.render.standing import OUTLINES, boldness, frame_svg, ink, ref_attribute, ring_svg

if TYPE_CHECKING:
    from whygrad.render.drawing import BiasDrawing, Drawing, LayerDrawing

HALO: Final = f'paint-order="stroke" stroke="{PAPER.variable}" stroke-width="4"'
STRONGEST: Final = 0.5
WEAK: Final = 0.18  # grey letters can be read on it


def heading_svg(layer: LayerDrawing, x: float) -> str:
    """The name of a layer above its column."""
    where = f'x="{x:.1f}" y="16" text-anchor="middle" font-size="12"'
    return f'<text {where} fill="{MUTED.variable}">{escape(layer.name)}</text>'


def ellipsis_svg(layer: LayerDrawing, spot: Point) -> str:
    """Three dots for the units that are not drawn, and how many there are in all."""
    dots = "".join(f'<circle cx="{spot.x:.1f}" cy="{spot.y - 12 + 7 * dot:.1f}" r="1.8"/>' for dot in range(3))
    words = f'<text x="{spot.x:.1f}" y="{spot.y + 19:.1f}" text-anchor="middle" font-size="11">'
    return f'<g fill="{MUTED.variable}">{dots}{words}{count(len(layer.units), "unit")}</text></g>'


def unit_svg(drawing: Drawing, layout: Layout, layer: int, unit: int) -> str:
    """One unit."""
    spot, column = layout.places[layer, unit], drawing.layers[layer]
    value = column.values[unit] if column.values else None
    biases = [bias for bias in drawing.biases if bias.layer == layer and unit in bias.units]
    stand = column.stands[unit] if column.stands else Stand.PLAIN
    circle = f'<circle cx="{spot.x:.1f}" cy="{spot.y:.1f}" r="{layout.radius:g}"'
    outline = f'stroke="{ink(stand)}" stroke-width="{OUTLINES[stand]:g}"'
    inside = f"{name_svg(drawing, layout, layer, unit, stand)}{value_svg(layout, spot, value, stand)}"
    return (
        f"<g{ref_attribute(column.refs[unit] if column.refs else '')}>"
        f"<title>{escape(tooltip(column.units[unit], value, biases))}</title>"
        f'{circle} fill="{PAPER.variable}"/>{circle} {tint(column, value, stand)} {outline}/>'
        f"{ring_svg(spot, layout.radius) if stand is Stand.ASKED else ''}{inside}{bias_svg(layout, spot, biases)}</g>"
    )


def tooltip(name: str, value: float | None, biases: list[BiasDrawing]) -> str:
    """A unit in words, with exact values."""
    given = [f"value {exact(value)}"] if value is not None else []
    return ", ".join([name, *given, *(f"bias {bias.name} = {exact(bias.value)}" for bias in biases)])


def tint(layer: LayerDrawing, value: float | None, stand: Stand = Stand.PLAIN) -> str:
    """The fill of a unit: stronger the larger its value is among its layer's, blue when positive, orange when not."""
    strongest = WEAK if stand is Stand.ASIDE else STRONGEST
    largest = max((abs(one) for one in layer.values or () if isfinite(one)), default=0.0)
    if value is None or not isfinite(value) or largest == 0:
        return 'fill="none"'
    colour = POSITIVE if value >= 0 else NEGATIVE
    return f'fill="{colour.variable}" fill-opacity="{strongest * abs(value) / largest:.2f}"'


def name_svg(drawing: Drawing, layout: Layout, layer: int, unit: int, stand: Stand) -> str:
    """The name inside its unit; a long one beside it in the first and last layer, below it in the others."""
    name, spot = drawing.layers[layer].units[unit], layout.places[layer, unit]
    lifted = layout.detailed and drawing.layers[layer].values
    if fits(name, layout.radius):
        return text(name, spot.x, spot.y + (-1 if lifted else 4.5), "middle", stand)
    if layer == 0:
        return text(name, spot.x - layout.radius - 6, spot.y + 4.5, "end", stand)
    if layer == len(drawing.layers) - 1:
        return text(name, spot.x + layout.radius + 6, spot.y + 4.5, "start", stand)
    return text(name, spot.x, spot.y - layout.radius - 6, "middle", stand) if layout.detailed else ""


def text(name: str, x: float, y: float, anchor: str, stand: Stand = Stand.PLAIN) -> str:
    """A name somewhere, legible on any line below it."""
    where = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{SIZE:g}"{boldness(stand)}'
    return f'<text {where} fill="{ink(stand)}" {HALO if anchor != "middle" else ""}>{tspans(name)}</text>'


def value_svg(layout: Layout, spot: Point, value: float | None, stand: Stand) -> str:
    """What the unit gave, below its name."""
    if value is None or not layout.detailed:
        return ""
    where = f'x="{spot.x:.1f}" y="{spot.y + 13:.1f}" text-anchor="middle" font-size="10.5"'
    return f'<text {where} fill="{ink(stand)}">{short(value, 3)}</text>'


def bias_svg(layout: Layout, spot: Point, biases: list[BiasDrawing]) -> str:
    """The biases below the unit."""
    if not layout.detailed:
        return ""
    below = spot.y + layout.radius + 14
    return "".join(one_bias_svg(bias, Point(spot.x, below + 14 * place)) for place, bias in enumerate(biases))


def one_bias_svg(bias: BiasDrawing, spot: Point) -> str:
    """A bias, its baseline at a place; in a frame when it is what is asked for."""
    asked, after = bias.stand is Stand.ASKED, f" {short(bias.value, 4)}"
    width = width_of(bias.name, 11) + 0.62 * 11 * len(after) + 8
    frame = frame_svg(Point(spot.x, spot.y - 4), width, 15) if asked else ""
    where = f'x="{spot.x:.1f}" y="{spot.y:.1f}" text-anchor="middle" font-size="11"{boldness(bias.stand)}'
    around = "" if asked else HALO
    words = f'<text {where} fill="{(INK if asked else MUTED).variable}" {around}>{tspans(bias.name, after)}</text>'
    return f"<g{ref_attribute(bias.ref)}>{frame}{words}</g>"

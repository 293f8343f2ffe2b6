"""Units of a network as SVG: a circle, the name, what it gave, its bias below; exact values as tooltips."""

from __future__ import annotations

from html import escape
from math import isfinite
from typing import TYPE_CHECKING, Final

from whygrad.render.layout import Layout, Point, fits
from whygrad.render.names import SIZE, tspans
from whygrad.render.numbers import count, exact, short
from whygrad.render.palette import INK, MUTED, NEGATIVE, PAPER, POSITIVE

if TYPE_CHECKING:
    from whygrad.render.drawing import BiasDrawing, Drawing, LayerDrawing

HALO: Final = f'paint-order="stroke" stroke="{PAPER.variable}" stroke-width="4"'
STRONGEST: Final = 0.5


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
    circle = f'<circle cx="{spot.x:.1f}" cy="{spot.y:.1f}" r="{layout.radius:g}"'
    return (
        f"<g><title>{escape(tooltip(column.units[unit], value, biases))}</title>"
        f'{circle} fill="{PAPER.variable}"/>{circle} {tint(column, value)} stroke="{INK.variable}" stroke-width="1.4"/>'
        f"{name_svg(drawing, layout, layer, unit)}{value_svg(layout, spot, value)}{bias_svg(layout, spot, biases)}</g>"
    )


def tooltip(name: str, value: float | None, biases: list[BiasDrawing]) -> str:
    """A unit in words, with exact values."""
    given = [f"value {exact(value)}"] if value is not None else []
    return ", ".join([name, *given, *(f"bias {bias.name} = {exact(bias.value)}" for bias in biases)])


def tint(layer: LayerDrawing, value: float | None) -> str:
    """The fill of a unit: stronger the larger its value is among its layer's, blue when positive, orange when not."""
    largest = max((abs(one) for one in layer.values or () if isfinite(one)), default=0.0)
    if value is None or not isfinite(value) or largest == 0:
        return 'fill="none"'
    colour = POSITIVE if value >= 0 else NEGATIVE
    return f'fill="{colour.variable}" fill-opacity="{STRONGEST * abs(value) / largest:.2f}"'


def name_svg(drawing: Drawing, layout: Layout, layer: int, unit: int) -> str:
    """The name inside its unit; a long one beside it in the first and last layer, below it in the others."""
    name, spot = drawing.layers[layer].units[unit], layout.places[layer, unit]
    lifted = layout.detailed and drawing.layers[layer].values
    if fits(name, layout.radius):
        return text(name, spot.x, spot.y + (-1 if lifted else 4.5), "middle")
    if layer == 0:
        return text(name, spot.x - layout.radius - 6, spot.y + 4.5, "end")
    if layer == len(drawing.layers) - 1:
        return text(name, spot.x + layout.radius + 6, spot.y + 4.5, "start")
    return text(name, spot.x, spot.y - layout.radius - 6, "middle") if layout.detailed else ""


def text(name: str, x: float, y: float, anchor: str) -> str:
    """A name somewhere, legible on any line below it."""
    where = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{SIZE:g}"'
    return f'<text {where} fill="{INK.variable}" {HALO if anchor != "middle" else ""}>{tspans(name)}</text>'


def value_svg(layout: Layout, spot: Point, value: float | None) -> str:
    """What the unit gave, below its name."""
    if value is None or not layout.detailed:
        return ""
    where = f'x="{spot.x:.1f}" y="{spot.y + 13:.1f}" text-anchor="middle" font-size="10.5"'
    return f'<text {where} fill="{INK.variable}">{short(value, 3)}</text>'


def bias_svg(layout: Layout, spot: Point, biases: list[BiasDrawing]) -> str:
    """The biases below the unit."""
    if not layout.detailed:
        return ""
    words = "".join(tspans(bias.name, f" {short(bias.value, 4)}") for bias in biases)
    where = f'x="{spot.x:.1f}" y="{spot.y + layout.radius + 14:.1f}" text-anchor="middle" font-size="11"'
    return f'<text {where} fill="{MUTED.variable}" {HALO}>{words}</text>' if words else ""

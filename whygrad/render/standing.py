"""What stands out of a drawing: a ring and a frame around what is asked for, hairlines for what is beside the way."""

from __future__ import annotations

from enum import Enum
from html import escape
from typing import TYPE_CHECKING, Final

from whygrad.notation.name import visible
from whygrad.render.drawing import Stand
from whygrad.render.palette import INK, MUTED, PAPER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whygrad.render.layout import Point


class Shape(Enum):
    """How what is asked for is drawn."""

    LINE = "line"
    RING = "ring"
    FRAME = "frame"


HAIRLINE: Final = 0.8
FAINT: Final = 0.5
FAINTEST: Final = 0.25  # of one line among hundreds
BOLD: Final = 1.08  # how much wider bold letters are
RING: Final = 5.0  # between a unit and the ring around it
CASING: Final = 7.0  # wider than the line that it runs along
OUTLINES: Final = {Stand.ASKED: 2.6, Stand.WAY: 2.6, Stand.ASIDE: HAIRLINE, Stand.PLAIN: 1.4}
LETTER: Final = 6.2
GAP: Final = 14.0
SWATCH: Final = 30.0


def ref_attribute(ref: str) -> str:
    """Where in the trace an element of a drawing is from, as an attribute."""
    return f' data-ref="{escape(visible(ref))}"' if ref else ""


def ink(stand: Stand) -> str:
    """The colour of words and outlines: legible even beside the way."""
    return (MUTED if stand is Stand.ASIDE else INK).variable


def boldness(stand: Stand) -> str:
    """Words of what is asked for are bold."""
    return ' font-weight="700"' if stand is Stand.ASKED else ""


def casing_svg(path: str, width: float) -> str:
    """Two thin lines along the weight that is asked for."""
    outer = f'<path d="{path}" fill="none" stroke="{INK.variable}" stroke-width="{width + CASING:.2f}"/>'
    return f'{outer}<path d="{path}" fill="none" stroke="{PAPER.variable}" stroke-width="{width + CASING - 2.8:.2f}"/>'


def ring_svg(spot: Point, radius: float) -> str:
    """A ring around the unit that is asked for."""
    where = f'cx="{spot.x:.1f}" cy="{spot.y:.1f}" r="{radius + RING:g}"'
    return f'<circle {where} fill="none" stroke="{INK.variable}" stroke-width="1.4"/>'


def key_rows(key: Sequence[tuple[Stand, str]], width: float) -> list[list[tuple[float, Stand, str]]]:
    """The entries of the key with their places, as many on a line as its width has room for."""
    rows: list[list[tuple[float, Stand, str]]] = []
    x = width
    for stand, told in key:
        wide = SWATCH + 7 + LETTER * len(told) + GAP
        if x + wide > width + GAP:
            rows.append([])
            x = 0.0
        rows[-1].append((x, stand, told))
        x += wide
    return rows


def standing_key_svg(
    rows: Sequence[Sequence[tuple[float, Stand, str]]], asked: Shape, x: float, y: float, line: float
) -> str:
    """What it means to stand out, in lines below each other; `asked` is the shape of what is asked for."""
    entries = [
        entry_svg(x + across, y + line * number, stand, told, asked)
        for number, row in enumerate(rows)
        for across, stand, told in row
    ]
    return f'<g class="key" font-size="12" fill="{MUTED.variable}">{"".join(entries)}</g>' if entries else ""


def entry_svg(x: float, y: float, stand: Stand, told: str, asked: Shape) -> str:
    """How something is drawn and what that means."""
    drawn = asked_svg(x, y, asked) if stand is Stand.ASKED else swatch_svg(x, y, stand)
    return f'{drawn}<text x="{x + SWATCH + 7:.1f}" y="{y:.1f}">{escape(told)}</text>'


def swatch_svg(x: float, y: float, stand: Stand) -> str:
    """A piece of a line."""
    faint = f' stroke-opacity="{FAINT:g}"' if stand is Stand.ASIDE else ""
    width = HAIRLINE if stand is Stand.ASIDE else 2.5
    where = f'd="M{x:.1f} {y - 4:.1f}h{SWATCH:g}"'
    return f'<path {where} fill="none" stroke="{ink(stand)}" stroke-width="{width:g}"{faint}/>'


def asked_svg(x: float, y: float, asked: Shape) -> str:
    """What is asked for, in small: a line with two along it, a unit with its ring, or a frame."""
    line = f'fill="none" stroke="{INK.variable}" stroke-width="1.4"'
    if asked is Shape.LINE:
        return casing_svg(f"M{x:.1f} {y - 4:.1f}h{SWATCH:g}", 2.5) + swatch_svg(x, y, Stand.ASKED)
    if asked is Shape.RING:
        spots = (f'<circle cx="{x + SWATCH / 2:.1f}" cy="{y - 4:.1f}" r="{radius:g}" {line}/>' for radius in (4, 7))
        return "".join(spots)
    return f'<rect x="{x + 3:.1f}" y="{y - 11:.1f}" width="{SWATCH - 6:g}" height="14" rx="4" {line}/>'


def frame_svg(spot: Point, width: float, height: float) -> str:
    """The frame around the number that is asked for; `spot` is its middle."""
    where = f'x="{spot.x - width / 2:.1f}" y="{spot.y - height / 2:.1f}" width="{width:.1f}" height="{height:g}" rx="4"'
    return f'<rect {where} fill="{PAPER.variable}" stroke="{INK.variable}" stroke-width="1.4"/>'

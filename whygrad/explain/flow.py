"""Flow: how much of the loss's sensitivity passes through each unit and along each edge on its way to a quantity.

The flow through an element is its adjoint times how much it changes with the quantity; the flow along an edge is the
adjoint of where it starts, its slope, and how much its end changes with the quantity. Whatever all ways must cross
carries the whole gradient between its elements, so flows stay readable where single paths vanish.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from whygrad.document import Cell, Derivative, Paragraph, Section, Table
from whygrad.explain.chain import short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.explain.chart import Element
    from whygrad.explain.cone import Cone

FEW: Final = 4  # units that are all named
UNITS_NAMED: Final = 2  # of more
EDGES_LISTED: Final = 12
SMALL_SHARE: Final = 0.001


@dataclass(frozen=True, eq=False)
class Layer:
    """The flow through one array: through each of its elements that lie on a way, the largest first, and together."""

    array: str
    elements: tuple[tuple[Element, float], ...]
    count: int
    together: float


@dataclass(frozen=True, eq=False)
class Current:
    """The flow along one edge, from the element `of` down to `by`, with the slope between them."""

    of: Element
    by: Element
    slope: float
    flow: float


def layers(cone: Cone) -> Iterator[Layer]:
    """The flow through every array between the loss and the quantity, from the loss down.

    Where an activation hands on what it gets, unit by unit, the same flows would stand twice: out and net are one.
    """
    before = np.zeros(0)
    for number in range(len(cone.arrays) - 2, 0, -1):
        places = np.unique(cone.edges[number].of)
        flow = cone.adjoints(number)[places] * cone.slopes[number][places]
        if flow.shape == before.shape and np.allclose(flow, before, rtol=1e-9, atol=0.0):
            continue
        before = flow
        most = len(flow) if len(flow) <= FEW else UNITS_NAMED
        largest = np.argsort(-np.abs(flow), kind="stable")[:most]
        elements = tuple((cone.element(number, int(places[k])), float(flow[k])) for k in largest)
        yield Layer(cone.arrays[number].name.symbol, elements, len(places), float(flow.sum()))


def currents(cone: Cone, most: int = EDGES_LISTED) -> list[Current]:
    """The edges along which most flows: all of them from the loss down, or the largest first where there are more."""
    found: list[Current] = []
    for number, edges in reversed(list(enumerate(cone.edges))):
        flow = cone.adjoints(number)[edges.of] * edges.slope * cone.below(edges)
        for k in np.argsort(-np.abs(flow), kind="stable")[:most]:
            ends = cone.element(number, int(edges.of[k])), cone.element(int(edges.array[k]), int(edges.by[k]))
            found.append(Current(*ends, float(edges.slope[k]), float(flow[k])))
    return found if len(found) <= most else sorted(found, key=lambda each: -abs(each.flow))[:most]


def how_many(cone: Cone) -> int:
    """The number of edges on the way."""
    return sum(map(len, cone.edges))


def flow_section(cone: Cone, name: str, whole: float) -> Section:
    """What passes through each layer, and along the edges that carry most; `whole` is all that flows into `name`."""
    told = (
        f"How much of dE/d{name} passes through each unit: its adjoint times how much it changes with {name}. "
        "Through all units of a layer together flows all of it, unless a way leads around the layer."
    )
    through = tuple(layer_row(each, whole) for each in layers(cone))
    first = Table(
        f"Through which units dE/d{name} flows", ("layer", "values", "most through", "together"), through, digits=None
    )
    total = how_many(cone)
    some = currents(cone)
    which = "Every edge" if total <= len(some) else f"The {len(some)} edges with most flow of {total:,}"
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (Derivative(short(cone.chart, each.of), each.by.name), each.slope, each.flow, share(each.flow, whole))
        for each in some
    )
    second = Table(which, ("edge", "slope", "flow", "share of all"), rows, digits=None)
    return Section("Flow", (Paragraph(told), first, second))


def layer_row(layer: Layer, whole: float) -> tuple[Cell, ...]:
    """A line of the table of layers."""
    named = ", ".join(f"{element.written} {share(flow, whole)}" for element, flow in layer.elements)
    more = ", ..." if layer.count > len(layer.elements) else ""
    return layer.array, layer.count, named + more, layer.together


def share(part: float, whole: float) -> str:
    """A part of a whole in percent; nothing where the whole is nothing."""
    fraction = part / whole if whole else 0.0 * part
    if not part or not np.isfinite(fraction):
        return "" if part else "0%"
    return f"{fraction:.1%}" if abs(fraction) >= SMALL_SHARE else f"{100 * fraction:.0e}%"

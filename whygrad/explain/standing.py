"""What of a network a derivation is about: the quantity that is asked for, and the units on its ways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from whygrad.explain.chart import Sort
from whygrad.explain.cone import cone_of
from whygrad.explain.samples import inflow, through_one_row

if TYPE_CHECKING:
    from whygrad.explain.chart import Element
    from whygrad.explain.links import Links


@dataclass(frozen=True, eq=False)
class Standing:
    """What stands out.

    - `target`: what is asked for, as a value: a weight for its gradient, a unit for its net.
    - `above`: the units between it and the loss, by their labels; None where the question is what it is made of.
    - `row`: the row of the batch that the derivation follows, where there is one.
    """

    target: Element
    above: frozenset[str] | None
    row: int | None


def standing(links: Links, element: Element) -> Standing:
    """What stands out in the derivation of a quantity; of a parameter by itself, of its gradient."""
    chart = links.chart
    target = chart.other(element, Sort.VALUE) or element
    if element.named.sort is Sort.VALUE and not chart.is_parameter(element):
        return Standing(target, None, row_of(links, target))
    adjoint = chart.other(target, Sort.ADJOINT)
    if adjoint is None:
        return Standing(target, None, row_of(links, target))
    through = through_one_row(links, target, inflow(links, adjoint))
    cone = cone_of(chart, links.runner, target, through=through)
    labels = {
        named.name.labels[place % len(named.name.labels)]
        for number, named in enumerate(cone.arrays)
        if named.name.labels and named is not target.named
        for place in set(cone.edges[number].of.tolist())
    }
    return Standing(target, frozenset(labels), row_of(links, through or target))


def row_of(links: Links, element: Element) -> int | None:
    """The row of the batch that an element belongs to; where there is only one, that."""
    return 0 if links.chart.rows == 1 else element.row

"""Losses that are computed from the nets, written as books have them: from what the network says."""

from __future__ import annotations

from math import isclose, prod
from typing import TYPE_CHECKING

from whygrad.graph import Apply
from whygrad.primitive import binary_cross_entropy, cross_entropy_of

if TYPE_CHECKING:
    from whygrad.explain.chart import Chart, Element, Named
    from whygrad.explain.links import Links
    from whygrad.graph import Expr
    from whygrad.graph.element import Index

STABLE = "computed from the nets, in a form that cannot overflow"


def textbook(links: Links, element: Element) -> Expr | None:
    """The formula of one error over predictions and targets, for a loss that is fused with a sigmoid or a softmax.

    None for every other quantity, and where the plain formula is not worth the same: it breaks at predictions of 0.
    """
    chart = links.chart
    node, index = error_of(chart, element)
    if not isinstance(node, Apply):
        return None
    said = said_by(chart, node.arguments[0])
    target = chart.values.get(node.arguments[1])
    if said is None or target is None:
        return None
    if node.primitive.name == "binary_cross_entropy_with_logits":
        p, y = (chart.element(each, index).leaf for each in (said, target))
        formula = binary_cross_entropy.lowering(p, y)
    else:
        places = [(*index, place) for place in range(said.node.shape[-1])]
        p_all, y_all = ([chart.element(each, place).leaf for place in places] for each in (said, target))
        formula = cross_entropy_of(p_all, y_all)
    formula = chart.canon(formula)
    return formula if isclose(links.worth(formula), element.value, rel_tol=1e-9) else None


def error_of(chart: Chart, element: Element) -> tuple[Expr | None, Index]:
    """The error that an element is, or the only one there is where the element is the loss; its node and index."""
    if element.array == "errors":
        return element.named.node, element.index
    errors = chart.array("errors")
    if element.array == "loss" and errors is not None and prod(errors.node.shape) == 1:
        return errors.node, (0,) * len(errors.node.shape)
    return None, ()


def said_by(chart: Chart, net: Expr) -> Named | None:
    """What the network says, made from this net by a sigmoid or a softmax."""
    for node, named in chart.values.items():
        if isinstance(node, Apply) and node.primitive.name in ("sigmoid", "softmax") and node.arguments[0] is net:
            return named
    return None

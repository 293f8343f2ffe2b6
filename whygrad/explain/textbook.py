"""What is computed in a form that cannot overflow, written as books have it: losses from outs, a softmax, a gate."""

from __future__ import annotations

from math import isclose, prod
from typing import TYPE_CHECKING

from whygrad.explain.chart import Sort
from whygrad.graph import Apply
from whygrad.primitive import binary_cross_entropy, cross_entropy_of, exp

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


def as_in_books(links: Links) -> dict[Element, Expr]:
    """The formulas of books, where what runs is written otherwise: what somebody with a pencil uses.

    A loss of what the network says; e^net over the sum of all in a softmax; of a gate what it lets through.
    """
    found = {each: formula_of(links, each) for each in links.chart.every() if not links.chart.is_given(each)}
    return {each: formula for each, formula in found.items() if formula is not None}


def without_overflow(links: Links) -> dict[Element, Expr]:
    """The formulas of books for what runs in a form that cannot overflow: losses from outs, a softmax."""
    found = {each: textbook(links, each) or softmax_of(links, each) for each in links.chart.every() if is_fused(each)}
    return {each: formula for each, formula in found.items() if formula is not None}


def is_fused(element: Element) -> bool:
    """Whether an element may have another formula in books: a loss, or the out of a softmax."""
    return element.array in ("errors", "loss") or element.array.endswith(".out")


def formula_of(links: Links, element: Element) -> Expr | None:
    """The formula of one quantity as books have it, None where that is the one that runs."""
    return textbook(links, element) or softmax_of(links, element) or let_through(links, element)


def softmax_of(links: Links, element: Element) -> Expr | None:
    """The out of a softmax: e to its own net, over the sum of e to all of them."""
    node, chart = element.named.node, links.chart
    if element.named.sort is not Sort.VALUE or not isinstance(node, Apply) or node.primitive.name != "softmax":
        return None
    nets = chart.values.get(node.arguments[0])
    if nets is None:
        return None
    *row, own = element.index
    powers = [exp(chart.element(nets, (*row, place)).leaf) for place in range(nets.node.shape[-1])]
    formula = powers[own] / sum(powers[1:], start=powers[0])
    return formula if isclose(links.worth(formula), element.value, rel_tol=1e-9) else None


def let_through(links: Links, element: Element) -> Expr | None:
    """What a gate lets through at these values."""
    made = links.chart.definition(element)
    if not isinstance(made, Apply) or made.primitive.name != "where":
        return None
    condition, through, otherwise = made.arguments
    return through if links.worth(condition) else otherwise


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

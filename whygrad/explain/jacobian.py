"""Softmax with cross-entropy in full: the Jacobian of the softmax, the slopes of the loss, and how p - y comes of them.

The backward pass never forms this matrix: its rule is the short p - y. Here the long way is gone, to the same number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from whygrad.document import Derivative, Equation, Equations, Formula, Paragraph, Quantity, Section, Table
from whygrad.errors.explain import NoSoftmax
from whygrad.explain.chart import Sort
from whygrad.explain.equation import NO_NAMES, both
from whygrad.explain.paper import on_paper
from whygrad.graph import Apply, gradient
from whygrad.primitive import cross_entropy_of

if TYPE_CHECKING:
    from whygrad.explain.chart import Chart, Element, Named
    from whygrad.explain.links import Links
    from whygrad.graph import Expr

CLASSES_AT_MOST: Final = 12


def jacobian_section(links: Links, row: int = 0) -> Section:
    """The derivation of p - y for one row of a step, by the chain rule through every output.

    Raises NoSoftmax (WG402) where the loss is not cross-entropy of a softmax of at most 12 classes.
    """
    chart = links.chart
    out, net = softmax_of(chart)
    said, nets = ([chart.element(each, (row, place)) for place in range(each.node.shape[1])] for each in (out, net))
    targets = [chart.element(target, (row, place)) for target in targets_of(chart) for place in range(len(said))]
    slopes = slopes_of_loss(said, targets)
    pairs = [links.link(p, z) for p in said for z in nets]
    rows = tuple((Derivative(each.of.name, each.by.name), Formula(each.slope, NO_NAMES), each.value) for each in pairs)
    lines = [long_way(links, said, slopes, z) for z in nets]
    told = (
        "Each net moves every output of its row, so the slope of the row's error is a sum over all outputs: how it "
        "changes with each output, times how that output changes with the net. What is left of the sum is p - y."
    )
    return Section(
        "Softmax in full",
        (
            Paragraph(told),
            Equations(tuple(slope_line(links, p, slope) for p, slope in zip(said, slopes, strict=True))),
            Table("How each output changes with each net: the Jacobian", ("slope", "is", "value"), rows, digits=None),
            Equations(tuple(lines)),
        ),
    )


def softmax_of(chart: Chart) -> tuple[Named, Named]:
    """The output of the softmax and its net; raises NoSoftmax (WG402)."""
    errors = chart.array("errors")
    net = errors.node.arguments[0] if errors and isinstance(errors.node, Apply) else None
    said = next((each for node, each in chart.values.items() if is_softmax_of(node, net)), None)
    if errors is None or net is None or said is None or is_other_loss(errors.node) or net not in chart.values:
        raise NoSoftmax()
    if net.shape[1] > CLASSES_AT_MOST:
        raise NoSoftmax(net.shape[1], CLASSES_AT_MOST)
    return said, chart.values[net]


def is_softmax_of(node: Expr, net: Expr | None) -> bool:
    """Whether a node is the softmax of another."""
    return isinstance(node, Apply) and node.primitive.name == "softmax" and node.arguments[0] is net


def is_other_loss(node: Expr) -> bool:
    """Whether a loss is not the one that is fused with a softmax."""
    return not isinstance(node, Apply) or node.primitive.name != "cross_entropy_with_softmax"


def targets_of(chart: Chart) -> list[Named]:
    """The array of targets."""
    return [each for each in chart.named if each.name.symbol == "y" and each.sort is Sort.VALUE]


def slopes_of_loss(said: list[Element], targets: list[Element]) -> list[Expr]:
    """How a row's cross-entropy changes with each of its outputs: by differentiating its definition."""
    whole = cross_entropy_of([each.leaf for each in said], [each.leaf for each in targets])
    return list(gradient(whole, [each.leaf for each in said]))


def slope_line(links: Links, output: Element, slope: Expr) -> Equation:
    """The slope of the row's error by one output."""
    paper = on_paper(links, links.chart.canon(slope))
    return Equation((Derivative("E", output.name), *both(paper), Quantity(links.worth(slope))), ("=",) * 3)


def long_way(links: Links, said: list[Element], slopes: list[Expr], net: Element) -> Equation:
    """The slope of the row's error by one net: the sum over all outputs, and what it comes to."""
    terms = [slope * links.link(p, net).slope for p, slope in zip(said, slopes, strict=True)]
    whole = links.chart.canon(sum(terms[1:], terms[0]))
    short = links.link(links.chart.element(error_of(links.chart), net.index[:1]), net).slope
    paper = on_paper(links, whole)
    sides = (Derivative("E", net.name), *both(paper), Quantity(links.worth(whole)), Formula(short, NO_NAMES))
    return Equation(sides, ("=",) * 4)


def error_of(chart: Chart) -> Named:
    """The array of the rows' errors; raises NoSoftmax (WG402)."""
    found = chart.array("errors")
    if found is None:
        raise NoSoftmax()
    return found

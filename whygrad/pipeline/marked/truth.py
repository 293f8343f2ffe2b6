"""The correct line of a quantity, its formula and its derivation: what the network of the notes says."""

from __future__ import annotations

from functools import cached_property
from math import isclose
from typing import TYPE_CHECKING, Final

from whygrad.check.convention import under
from whygrad.check.further import Further, Made
from whygrad.document import Formula
from whygrad.explain import Chart, Element, Links, Runner, Wanted, explained
from whygrad.explain.equation import definition
from whygrad.explain.paper import on_paper
from whygrad.notation import text
from whygrad.pipeline.derivation import prepared
from whygrad.run import evaluate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whygrad.check.convention import Convention
    from whygrad.check.finding import Finding
    from whygrad.check.judging.quantities import Quantity
    from whygrad.document import Document, Equation
    from whygrad.graph import Expr

SAME: Final = 1e-9
DEEPEST: Final = 40


class Truth:
    """What is right: the step and the one after it, where there are any, and the conventions that hold."""

    def __init__(self, charts: Sequence[Chart], conventions: Sequence[Convention] = ()) -> None:
        self.links = [Links(chart, Runner(evaluate, prepared, ())) for chart in charts]
        self.conventions = tuple(conventions)

    @cached_property
    def worlds(self) -> list[Further]:
        """The steps under the conventions."""
        return [Further(under(each.chart, self.conventions)) for each in self.links]

    def place(self, quantity: Quantity) -> int | None:
        """Which step a quantity belongs to."""
        for number, links in enumerate(self.links):
            if isinstance(quantity, Element) and links.chart.elements.get((quantity.named, quantity.index)) is quantity:
                return number
        return None

    def formula(self, quantity: Quantity) -> str:
        """What a quantity is made of, in symbols; "" where it is given, or nobody knows."""
        if isinstance(quantity, Made):
            links = next((each for each in self.links if each.chart.leaves(quantity.formula)), None)
            return "" if links is None else on_one_line(links, quantity, quantity.formula)
        number = self.place(quantity)
        if number is None or not isinstance(quantity, Element):
            return ""
        links, made = self.links[number], self.worlds[number].definition(quantity)
        if made is quantity.leaf:
            return ""
        if made is not links.chart.definition(quantity):
            return on_one_line(links, quantity, made)
        return in_symbols(quantity, definition(links, quantity))

    def equations(self, finding: Finding) -> tuple[Equation, ...]:
        """The correct line of what a claim is about: symbols, numbers, value."""
        element = self.element(finding)
        return () if element is None else definition(self.links_of(element), element)

    def derivation(self, finding: Finding) -> Document | None:
        """Why the quantity of a claim is what it is; None of what the network gives or has no name for."""
        element = self.element(finding)
        if element is None or self.links_of(element).chart.is_given(element):
            return None
        return explained(self.links_of(element), element, Wanted())

    def element(self, finding: Finding) -> Element | None:
        """The quantity of a claim, where the network has the number that was held against: conventions change some."""
        quantity = finding.meaning.quantity if finding.meaning else None
        if not isinstance(quantity, Element) or self.place(quantity) is None or finding.right is None:
            return None
        return quantity if isclose(abs(finding.right), abs(quantity.value), rel_tol=SAME, abs_tol=1e-15) else None

    def links_of(self, element: Element) -> Links:
        """The step of an element, with what runs it."""
        return self.links[self.place(element) or 0]


def on_one_line(links: Links, quantity: Quantity, formula: Expr) -> str:
    """A formula in symbols that the step itself does not have."""
    paper = on_paper(links, formula)
    lines = [(quantity.written, paper), *((text(leaf), part) for leaf, part in reversed(paper.parts))]
    return ", where ".join(f"{name} = {text(each.expr, depth=DEEPEST)}" for name, each in lines)


def in_symbols(quantity: Quantity, lines: Sequence[Equation]) -> str:
    """The lines of a formula in symbols, without a number: the formula, and then the parts that have a letter."""
    written = []
    for each in lines:
        left, right = each.sides[:2]
        if isinstance(right, Formula):
            name = text(left.expr) if isinstance(left, Formula) else quantity.written
            written.append(f"{name} = {text(right.expr, depth=DEEPEST)}")
    return ", where ".join(reversed(written))

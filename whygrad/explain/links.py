"""The chain rule as links between named quantities: how much each changes the next, and every way through them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import TYPE_CHECKING, Any

from whygrad.graph import gradient

if TYPE_CHECKING:
    from whygrad.explain.chart import Chart, Element
    from whygrad.graph import Expr

Evaluate = Callable[[Iterable["Expr"], Mapping["Expr", Any]], Mapping["Expr", Any]]


@dataclass(frozen=True, eq=False)
class Link:
    """One link of a chain: how `of` changes with `by`, as an expression and as a number."""

    of: Element
    by: Element
    slope: Expr
    value: float


Path = tuple[Link, ...]


@dataclass(frozen=True, eq=False)
class Links:
    """The links between the named quantities of a step, found when asked for.

    `evaluate` is the runner's: it gives values to the slopes, which no trace holds.
    """

    chart: Chart
    evaluate: Evaluate

    @cached_property
    def known(self) -> dict[Element, tuple[Link, ...]]:
        """Links found so far."""
        return {}

    def of(self, element: Element) -> tuple[Link, ...]:
        """The links from an element to what it is made of; an element that enters twice has one link, the sum."""
        if element not in self.known:
            self.known[element] = tuple(self._found(element))
        return self.known[element]

    def _found(self, element: Element) -> Iterator[Link]:
        inputs = [each for each in self.chart.below(element.expr) if not each.adjoint]
        exprs = [each.expr for each in inputs]
        slopes = [self.chart.canon(slope) for slope in gradient(element.expr, exprs, stop_at=exprs)] if inputs else []
        values = {each.expr: each.value for each in (*inputs, element)}
        found = self.evaluate(slopes, values)
        for each, slope in zip(inputs, slopes, strict=True):
            yield Link(element, each, slope, float(found[slope]))

    def count(self, start: Element, end: Element) -> int:
        """How many paths lead from one element down to another: counted, not listed."""
        counts = {end: 1}
        for element in reversed(self.order(start)):
            if element is not end:
                counts[element] = sum(counts.get(link.by, 0) for link in self.of(element))
        return counts.get(start, 0)

    def order(self, start: Element) -> list[Element]:
        """Every element below `start`, each before those it is made of."""
        order: list[Element] = []
        seen: set[Element] = set()
        stack = [(start, False)]
        while stack:
            element, done = stack.pop()
            if done:
                order.append(element)
            elif element not in seen:
                seen.add(element)
                stack.append((element, True))
                stack.extend((link.by, False) for link in self.of(element))
        return order[::-1]

    def paths(self, start: Element, end: Element) -> list[Path]:
        """Every path from one element down to another, link by link."""
        found: list[Path] = []
        stack: list[tuple[Element, Path]] = [(start, ())]
        while stack:
            element, path = stack.pop()
            if element is end:
                found.append(path)
            else:
                stack.extend((link.by, (*path, link)) for link in reversed(self.of(element)))
        return found


def product(path: Path) -> float:
    """The product of a path's factors."""
    return prod(link.value for link in path)

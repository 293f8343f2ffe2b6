"""The chain rule as links between named quantities, as formulas: how much each changes the next."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from whygrad.graph import constant, gradient

if TYPE_CHECKING:
    from whygrad.explain.chart import Chart, Element
    from whygrad.explain.paths import Path
    from whygrad.explain.runner import Runner
    from whygrad.graph import Expr


@dataclass(frozen=True, eq=False)
class Link:
    """One link of a chain: how `of` changes with `by`, as an expression and as a number."""

    of: Element
    by: Element
    slope: Expr
    value: float


class Links:
    """The links between the named quantities of a step, each found when asked for."""

    def __init__(self, chart: Chart, runner: Runner) -> None:
        self.chart, self.runner = chart, runner
        self.known: dict[tuple[Element, Element], Link] = {}

    def link(self, of: Element, by: Element) -> Link:
        """How an element changes with one that it is made of; one that enters twice has one link, the sum."""
        if (of, by) not in self.known:
            slope = self._slope(of, by)
            self.known[of, by] = Link(of, by, slope, self.worth(slope))
        return self.known[of, by]

    def worth(self, formula: Expr) -> float:
        """The value of a formula over named elements."""
        values: dict[Expr, float] = {each.leaf: each.value for each in self.chart.leaves(formula)}
        return float(self.runner.evaluate([formula], values)[formula])

    def _slope(self, of: Element, by: Element) -> Expr:
        """The derivative by the rules of the backward pass: the adjoint is 1 at one element and 0 at all others."""
        seed = np.zeros(of.named.node.shape)
        seed[of.index] = 1.0
        stops = self.chart.values.keys() - {of.named.node}
        (rule,) = gradient(of.named.node, [by.named.node], seed=constant(seed), stop_at=stops)
        return self.chart.canon(self.chart.slopes.definition(self.chart.canon(rule), by.index))

    def along(self, path: Path) -> list[Link]:
        """The links of a path, from the loss down."""
        return [self.link(upper, lower) for upper, lower in pairwise(path.elements)]

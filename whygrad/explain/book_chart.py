"""A step as books write it: its losses are made of predictions and targets, not of the nets before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.explain.chart import Chart
from whygrad.explain.links import Links
from whygrad.explain.textbook import textbook

if TYPE_CHECKING:
    from whygrad.explain.chart import Element
    from whygrad.explain.runner import Runner
    from whygrad.graph import Expr
    from whygrad.trace import StepTrace


class BookChart(Chart):
    """A chart in which a cross-entropy reads what the network says; the numbers are those of the trace."""

    def __init__(self, trace: StepTrace, runner: Runner) -> None:
        super().__init__(trace)
        self.links = Links(self, runner)

    def _definition(self, element: Element) -> Expr:
        book = textbook(self.links, element)
        return super()._definition(element) if book is None else book

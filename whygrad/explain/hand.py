"""The same step as somebody with a pencil computes it: every number is rounded before it is used again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from whygrad.document import Cell, Equations, Paragraph, Section, Table
from whygrad.errors.explain import TooManyElements
from whygrad.explain.chart import Chart
from whygrad.explain.equation import definitions
from whygrad.graph.traverse import replaced
from whygrad.notation.numeral import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from whygrad.document import Relation
    from whygrad.explain.chart import Element, Named
    from whygrad.explain.links import Links
    from whygrad.explain.runner import Runner
    from whygrad.graph import Expr
    from whygrad.graph.element import Index
    from whygrad.notation import Numbers

STEPS_AT_MOST: Final = 5_000
DRIFTS_LISTED: Final = 20


class ByHand(Chart):
    """A chart whose numbers are rounded as they are shown: those given as well as those computed from them.

    `changed` are formulas that somebody has for some elements of the exact chart, over the leaves of others there.
    """

    def __init__(
        self, exact: Chart, runner: Runner, numbers: Numbers, changed: Mapping[Element, Expr] | None = None
    ) -> None:
        self.exact, self.runner, self.numbers = exact, runner, numbers
        self.changed = dict(changed or {})
        self.worked: dict[Element, float] = {}
        super().__init__(exact.trace)

    def value_at(self, named: Named, index: Index) -> float:
        """What somebody gets for a quantity who rounds everything on the way to it.

        Raises TooManyElements (WG401) where more than 5,000 numbers lead to it.
        """
        array = self.exact.array(named.name.symbol, named.sort)
        if array is None:
            raise LookupError(named.name.symbol)
        wanted = self.exact.element(array, index)
        stack = [wanted]
        while stack:
            element = stack[-1]
            missing = [each for each in self._read(element) if each not in self.worked]
            if missing:
                stack += missing
                if len(stack) > STEPS_AT_MOST:
                    raise TooManyElements(len(stack), STEPS_AT_MOST)
            else:
                stack.pop()
                self.worked.setdefault(element, self.numbers.rounded(self._computed(element)))
        return self.worked[wanted]

    def relation(self, element: Element) -> Relation:
        array = self.exact.array(element.array, element.named.sort)
        if array is None:
            return "="
        computed = self._computed(self.exact.element(array, element.index))
        return "=" if float(plain(computed)) == element.value else "≈"

    def definition(self, element: Element) -> Expr:
        made = self.changed.get(self._at(self.exact, element)) if self.changed else None
        if made is None:
            return super().definition(element)
        own: dict[Expr, Expr] = {each.leaf: self.at(each).leaf for each in self.exact.leaves(made)}
        return replaced([made], own)[made]

    def at(self, element: Element) -> Element:
        """The element of this chart that stands for one of the exact chart."""
        return self._at(self, element)

    def _at(self, chart: Chart, element: Element) -> Element:
        """The element of another chart at the same place."""
        array = chart.array(element.array, element.named.sort)
        if array is None:
            raise LookupError(element.array)
        return chart.element(array, element.index)

    def _made(self, element: Element) -> Expr:
        """What an element of the exact chart is made of here."""
        made = self.changed.get(element)
        return self.exact.definition(element) if made is None else made

    def _read(self, element: Element) -> list[Element]:
        """The elements of the exact chart that one of them is made of here."""
        made = self._made(element)
        return [] if made is element.leaf else self.exact.leaves(made)

    def _computed(self, element: Element) -> float:
        """The value of an element from the rounded ones that it is made of; a given number as it is."""
        made = self._made(element)
        if made is element.leaf:
            return element.value
        values: dict[Expr, float] = {each.leaf: self.worked[each] for each in self.exact.leaves(made)}
        return float(self.runner.evaluate([made], values)[made])


def worked_by_hand(links: Links, chart: ByHand, element: Element) -> list[Section]:
    """All that leads to a quantity, each number rounded before it is used, in the order in which one computes it."""
    order: dict[Element, None] = {}
    stack = [element]
    while stack:
        each = stack[-1]
        missing = [x for x in chart.below(each) if x not in order and not chart.is_given(x)]
        if missing:
            stack += reversed(missing)
        else:
            order.setdefault(stack.pop(), None)
    lines = definitions(links, order)
    return [Section("Step by step, as by hand", (Equations(lines),)), drift_section(chart, order)]


@dataclass(frozen=True, eq=False)
class Drift:
    """How far a quantity that was worked by hand is from its exact value."""

    element: Element
    exact: float

    @property
    def off(self) -> float:
        """By hand less exact, without the last bits of a double."""
        return self.element.value - float(plain(self.exact))


def drifts(chart: ByHand, elements: Iterable[Element]) -> list[Drift]:
    """The drift of some of the chart's elements."""
    found = []
    for element in elements:
        array = chart.exact.array(element.array, element.named.sort)
        if array is not None:
            found.append(Drift(element, chart.exact.element(array, element.index).value))
    return found


def drift_section(chart: ByHand, elements: Iterable[Element]) -> Section:
    """By hand and exact, side by side, in the order of the page; of many those that are farthest off."""
    every = drifts(chart, dict.fromkeys(elements))
    shown = every
    if len(every) > DRIFTS_LISTED:
        farthest = sorted(every, key=lambda each: -relative(each))[:DRIFTS_LISTED]
        shown = [each for each in every if each in farthest]
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (each.element.written, each.element.value, each.exact, each.off, percent(each)) for each in shown
    )
    which = "" if len(shown) == len(every) else f" (the {len(shown)} farthest off of {len(every)})"
    told = (
        "Every named value was rounded as it is shown, halves up, before it was used again; what stands within a line "
        "was not. The exact values come from the same step, computed without rounding on the way."
    )
    head = ("quantity", "by hand", "exact", "off by", "in percent")
    return Section(
        "How far rounding drifts", (Paragraph(told), Table(f"By hand and exact{which}", head, rows, digits=8))
    )


def relative(drift: Drift) -> float:
    """How far off, as a share of the exact value."""
    return abs(drift.off) / abs(drift.exact) if drift.exact else abs(drift.off)


def percent(drift: Drift) -> str:
    """The same in words."""
    return (f"{drift.off / abs(drift.exact):+.2%}" if drift.off else "0%") if drift.exact else ""

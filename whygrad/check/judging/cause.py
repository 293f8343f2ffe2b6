"""What explains a wrong number: the step is worked out again under each misconception, and what fits is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from whygrad.check.judging.verdict import Cause
from whygrad.check.judging.way import Way

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.judge import Judge
    from whygrad.check.judging.misconception.record import Misconception
    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.verdict import Printed
    from whygrad.graph import Expr

MOST: Final = 12  # causes that are told
Changed = dict["Quantity", "Expr"]


def causes_of(judge: Judge, quantity: Quantity, printed: Printed) -> tuple[Cause, ...]:
    """Every misconception that gives the number written, from the numbers written before or from the true ones."""
    found: dict[tuple[str, str], Cause] = {}
    ways = beginnings(judge, quantity)
    drifts = [judge.drift(way) for way in ways]
    for rule, changed, detail, everywhere in possible(judge, ways[0]):
        for way, drift in zip(ways, drifts, strict=True):
            if printed.holds(value := way.under(changed), drift):
                found.setdefault((rule.code, detail), Cause(rule, detail, changed, value, everywhere))
                break
    return tuple(sorted(found.values(), key=lambda each: rank(each, quantity)))[:MOST]


def rank(cause: Cause, quantity: Quantity) -> tuple[bool, bool, str]:
    """What is made at the quantity itself comes before what is made on the way, and once before everywhere."""
    return quantity not in cause.changed, cause.everywhere, cause.misconception.code


def beginnings(judge: Judge, quantity: Quantity) -> list[Way]:
    """The ways that the person may have gone: from what is written, else from what a calculator still had."""
    way = judge.way(quantity)
    return [way, Way(judge.truth, quantity)] if way.used else [way]


def possible(judge: Judge, way: Way) -> Iterator[tuple[Misconception, Changed, str, bool]]:
    """Each misconception at each quantity on the way that was not written down, and at all of them at once."""
    for rule in judge.rules:
        everywhere: Changed = {}
        for each in way.above:
            for number, mutant in enumerate(judge.mutants(rule, each)):
                if number == 0:
                    everywhere[each] = mutant.formula
                yield rule, {each: mutant.formula}, mutant.detail, False
        if len(everywhere) > 1:
            yield rule, everywhere, "everywhere", True

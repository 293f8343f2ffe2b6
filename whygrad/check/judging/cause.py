"""What explains a wrong number: the step is worked out again under each misconception, and what fits is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from whygrad.check.judging.trail import Trail
from whygrad.check.judging.verdict import Cause

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
    trails = beginnings(judge, quantity)
    drifts = [judge.drift(trail) for trail in trails]
    for rule, changed, detail, everywhere in possible(judge, trails[0]):
        for trail, drift in zip(trails, drifts, strict=True):
            if printed.holds(value := trail.under(changed), drift):
                found.setdefault((rule.code, detail), Cause(rule, detail, changed, value, everywhere))
                break
    return tuple(sorted(found.values(), key=lambda each: rank(each, quantity)))[:MOST]


def rank(cause: Cause, quantity: Quantity) -> tuple[bool, bool, str]:
    """What is made at the quantity itself comes before what is made on the way, and once before everywhere."""
    return quantity not in cause.changed, cause.everywhere, cause.misconception.code


def beginnings(judge: Judge, quantity: Quantity) -> list[Trail]:
    """The trails that the person may have followed: from what is written, else from what a calculator still had."""
    trail = judge.trail(quantity)
    return [trail, Trail(judge.truth, quantity)] if trail.used else [trail]


def possible(judge: Judge, trail: Trail) -> Iterator[tuple[Misconception, Changed, str, bool]]:
    """Each misconception at each quantity on the way that was not written down, and at all of them at once."""
    for rule in judge.rules:
        everywhere: Changed = {}
        for each in trail.above:
            for number, mutant in enumerate(judge.mutants(rule, each)):
                if number == 0:
                    everywhere[each] = mutant.formula
                yield rule, {each: mutant.formula}, mutant.detail, False
        if len(everywhere) > 1:
            yield rule, everywhere, "everywhere", True

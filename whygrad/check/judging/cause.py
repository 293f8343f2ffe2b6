"""What explains a wrong number: the step is worked out again under each misconception, and what fits is kept."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from whygrad.check.judging.trail import Trail
from whygrad.check.judging.verdict import Cause, Working

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from whygrad.check.judging.judge import Judge
    from whygrad.check.judging.misconception.record import Misconception
    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.verdict import Printed
    from whygrad.graph import Expr

MOST: Final = 12  # causes that are told
COARSE: Final = 0.5  # half a unit of a whole number: 1 and 2 stand in formulas as they are
EXACTLY: Final = 1e-9  # of a number: worked out with the same digits
NOTHING: Final = Working()
Changed = dict["Quantity", "Expr"]


def causes_of(judge: Judge, quantity: Quantity, printed: Printed, working: Working = NOTHING) -> tuple[Cause, ...]:
    """Every misconception that gives the number written, from the numbers written before or from the true ones.

    The likeliest come first: those that need no rounding on the way and that what is written agrees with, then those
    that could give few other numbers.
    """
    found: dict[tuple[str, str], tuple[tuple[bool, bool, int], Cause]] = {}
    tried: Counter[str] = Counter()
    trails = beginnings(judge, quantity)
    drifts = [judge.drift(trail) for trail in trails]
    for rule, changed, detail, everywhere in possible(judge, trails[0]):
        tried[rule.code] += 1
        for trail, drift in zip(trails, drifts, strict=True):
            if printed.holds(value := trail.under(changed), drift):
                cause = Cause(rule, detail, changed, value, everywhere)
                found.setdefault(
                    (rule.code, detail), ((not printed.holds(value), *unlike(trail, cause, working)), cause)
                )
                break
    ranked = sorted(found.values(), key=lambda each: (each[0], rank(each[1], quantity, tried)))
    return tuple(cause for _, cause in ranked)[:MOST]


def unlike(trail: Trail, cause: Cause, working: Working) -> tuple[bool, int]:
    """How far a cause is from what is written: whether that is worth another number, and how many operands differ.

    The numbers that stand there are compared with those that the formula has, both ways.
    """
    differs = not any(abs(cause.value - each) <= EXACTLY * abs(each) for each in working.worths)
    shown = [each for each in working.literals if each.half < COARSE]
    if not shown:
        return differs, 0
    operands = [abs(each) for each in trail.operands(cause.changed)]
    strange = sum(not any(each.holds(value) for value in operands) for each in shown)
    missing = sum(not any(each.holds(value) for each in shown) for value in operands)
    return differs, strange + missing + cause.everywhere


def rank(cause: Cause, quantity: Quantity, tried: Mapping[str, int]) -> tuple[int, bool, str]:
    """How likely a cause gave a number by chance: a misconception that can be made in many ways gives many numbers.

    What is made on the way counts twice as much as what is made at the quantity itself, and twice again everywhere.
    """
    ways = tried[cause.misconception.code]
    return (
        ways * (1 if quantity in cause.changed else 2) * (2 if cause.everywhere else 1),
        cause.everywhere,
        cause.misconception.code,
    )


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

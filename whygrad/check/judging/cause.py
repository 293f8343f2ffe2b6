"""What explains a wrong number: the step is worked out again under each misconception, and what fits is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from whygrad.check.judging.account import Account
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
    _, drift, _ = judge.expected(quantity)
    for rule, changed, detail, everywhere in possible(judge, quantity):
        for given in starts(judge, quantity):
            value = Account(judge.scene.step, judge.evaluate, given, changed).again(quantity)
            if printed.holds(value, drift if given else 0.0):
                cause = Cause(rule, detail, changed, value, everywhere)
                found.setdefault((rule.code, detail), cause)
                break
    return tuple(sorted(found.values(), key=lambda each: rank(each, quantity)))[:MOST]


def rank(cause: Cause, quantity: Quantity) -> tuple[bool, bool, str]:
    """What is made at the quantity itself comes before what is made on the way, and once before everywhere."""
    return quantity not in cause.changed, cause.everywhere, cause.misconception.code


def starts(judge: Judge, quantity: Quantity) -> list[dict[Quantity, float]]:
    """What the person may have gone on from: what is written, or what a calculator still had."""
    written = {each: entry.printed.value for each, entry in judge.entries.items() if each is not quantity}
    return [written, {}] if written else [{}]


def possible(judge: Judge, quantity: Quantity) -> Iterator[tuple[Misconception, Changed, str, bool]]:
    """Each misconception at each quantity on the way that was not written down, and at all of them at once."""
    unwritten = way_to(judge, quantity)
    for rule in judge.rules:
        everywhere: Changed = {}
        for each in unwritten:
            for number, mutant in enumerate(rule.mutants(judge.scene, each)):
                if number == 0:
                    everywhere[each] = mutant.formula
                yield rule, {each: mutant.formula}, mutant.detail, False
        if len(everywhere) > 1:
            yield rule, everywhere, "everywhere", True


def way_to(judge: Judge, quantity: Quantity) -> list[Quantity]:
    """The quantity and those it is made of, down to what is written; the nearest first."""
    account = Account(judge.scene.step, judge.evaluate, {each: 0.0 for each in judge.entries if each is not quantity})
    found: dict[Quantity, None] = {quantity: None}
    waiting = [quantity]
    while waiting:
        for each in account.read(waiting.pop(0)):
            if each not in account.given and each not in found:
                found[each] = None
                waiting.append(each)
    return list(found)

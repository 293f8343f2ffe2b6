"""What explains a wrong number that no single misconception explains: a number from elsewhere, or two at once.

Pairs are looked for where their effects multiply or add up, so that few need to be worked out again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Final

from whygrad.check.judging.account import Account
from whygrad.check.judging.cause import possible
from whygrad.check.judging.slip import significant, slipped
from whygrad.check.judging.trail import Trail
from whygrad.check.judging.verdict import Cause, Printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from whygrad.check.judging.judge import Judge
    from whygrad.check.judging.misconception.record import Misconception
    from whygrad.check.judging.quantities import Quantity
    from whygrad.graph import Expr

    Single = tuple[Misconception, dict[Quantity, Expr], str]

REACH: Final = 2  # steps up
MOST_BY_CHANCE: Final = 0.5
NEARLY: Final = 1e-6  # of a number: pairs that multiply or add up are told exactly
LEAST_DIGITS: Final = 4  # fewer fit by chance once two things may have happened
MOST_STRAYS: Final = 3
NEAR: Final = 0.03  # a literal this near to a quantity, and not it, may be another value of it
DIGITS: Final = 1e-3  # half a unit against the number: fewer digits could be anything


@dataclass(frozen=True)
class Stray:
    """A number that stands for a quantity and is not its value, which is `true`, and `written` in a line if at all."""

    quantity: Quantity
    value: float
    true: float
    written: float | None = None
    line: int | None = None


@dataclass(frozen=True, eq=False)
class Explained:
    """Misconceptions that together give a number, numbers that came from elsewhere, and what befell the digits."""

    causes: tuple[Cause, ...]
    strays: tuple[Stray, ...] = ()
    slip: str = ""


def explained(judge: Judge, quantity: Quantity, printed: Printed, literals: Sequence[Printed] = ()) -> Explained | None:
    """What explains a number: a stray one, with a misconception or two; else two misconceptions, or one and a slip."""
    near = within_reach(judge, quantity)
    trail = judge.trail(quantity)
    singles = [
        (rule, changed, detail)
        for rule, changed, detail, everywhere in possible(judge, trail)
        if not everywhere and near.issuperset(changed)
    ]
    trials = [Trial(each, used, singles) for each, used in beginnings(trail, strays(judge, quantity, literals))]
    for trial in trials:
        if found := trial.fewest(printed):
            return found
    return trials[-1].slipped(printed)


def within_reach(judge: Judge, quantity: Quantity) -> set[Quantity]:
    """The quantity and those that it is made of, some steps up: what is made farther away explains too much."""
    found = layer = {quantity}
    for _ in range(REACH):
        layer = {above for each in layer for above in judge.truth.read(each)}
        found = found | layer
    return found


def beginnings(trail: Trail, found: Sequence[Stray]) -> Iterator[tuple[Trail, tuple[Stray, ...]]]:
    """The trail with each stray number, then without."""
    account = trail.account
    for each in found:
        given = {**account.given, each.quantity: each.value}
        yield Trail(Account(account.step, account.evaluate, given), trail.quantity), (each,)
    yield trail, ()


class Trial:
    """Each misconception tried by itself from some numbers, and those that change anything in pairs."""

    def __init__(self, trail: Trail, strays: tuple[Stray, ...], singles: Sequence[Single]) -> None:
        self.trail, self.strays, self.plain = trail, strays, trail.value
        self.telling: list[Cause] = []
        for rule, changed, detail in singles:
            value = trail.under(changed)
            if value == value and abs(value - self.plain) > 1e-12 * abs(self.plain):
                self.telling.append(Cause(rule, detail, changed, value))

    def fewest(self, printed: Printed) -> Explained | None:
        """The fewest causes that give a number: none where a stray number is enough, one, two."""
        if self.strays and printed.holds(self.plain):
            return Explained((), self.strays)
        for each in self.telling if self.strays else ():
            if printed.holds(each.value):
                return Explained((each,), self.strays)
        if self.by_chance(printed) > MOST_BY_CHANCE:
            return None
        for one, other in combinations(self.telling, 2):
            if not one.changed.keys() & other.changed.keys() and self.may_give(one.value, other.value, printed):
                value = self.trail.under({**one.changed, **other.changed})
                if printed.holds(value):
                    return Explained(tuple(replace(each, value=value) for each in (one, other)), self.strays)
        return None

    def by_chance(self, printed: Printed) -> float:
        """How many pairs would give a number of these digits if they gave any near it: few digits tell little."""
        pairs = len(self.telling) * (len(self.telling) - 1) / 2
        return pairs * 2 * printed.half / abs(printed.value) if printed.value else float("inf")

    def may_give(self, one: float, other: float, printed: Printed) -> bool:
        """Whether two changes may give a number together: they multiply along a way, and add up across ways."""
        near = Printed(printed.value, printed.half + NEARLY * abs(printed.value))
        return (bool(self.plain) and near.holds(one / self.plain * other)) or near.holds(one + other - self.plain)

    def slipped(self, printed: Printed) -> Explained | None:
        """A misconception and a slip of digits."""
        if significant(printed) < LEAST_DIGITS:
            return None
        found = ((each, slipped(each.value, printed)) for each in self.telling)
        return next((Explained((each,), (), slip) for each, slip in found if slip), None)


def strays(judge: Judge, quantity: Quantity, literals: Sequence[Printed]) -> list[Stray]:
    """The numbers of a written expression that are near a quantity on the way, and no value of it so far."""
    known = values_on_the_way(judge, quantity)
    given = [value for each, values in known.items() if each not in judge.entries for value in values]
    found: dict[Stray, float] = {}
    for literal in literals:
        if not 0 < literal.half <= DIGITS * abs(literal.value):
            continue
        if any(literal.holds(value) for values in known.values() for value in values) or literal.value in given:
            continue
        for each, values in known.items():
            away = min(abs(literal.value - value) for value in values) / abs(literal.value)
            if away <= NEAR:
                found[stray_of(judge, each, literal.value)] = away
    return sorted(found, key=lambda each: found[each])[:MOST_STRAYS]


def stray_of(judge: Judge, quantity: Quantity, value: float) -> Stray:
    """A number in the place of a quantity."""
    entry = judge.entries.get(quantity)
    true = judge.truth.value(quantity)
    return (
        Stray(quantity, value, true) if entry is None else Stray(quantity, value, true, entry.printed.value, entry.line)
    )


def values_on_the_way(judge: Judge, quantity: Quantity) -> Mapping[Quantity, list[float]]:
    """The computed quantities that one is made of, each with its true value and the one written."""
    found: dict[Quantity, list[float]] = {}
    waiting = [quantity]
    while waiting:
        for each in judge.truth.read(waiting.pop()):
            if each not in found and judge.truth.formula(each) is not each.leaf:
                entry = judge.entries.get(each)
                found[each] = [judge.truth.value(each), *([entry.printed.value] if entry else [])]
                waiting.append(each)
    return found

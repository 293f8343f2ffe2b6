"""Whether a number written for a quantity is right, and if not, what it follows from or what explains it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from whygrad.check.judging.account import Account
from whygrad.check.judging.cause import causes_of
from whygrad.check.judging.slip import slip_of, slipped
from whygrad.check.judging.verdict import Judgement, Printed, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whygrad.check.judging.misconception.record import Misconception
    from whygrad.check.judging.quantities import Evaluate, Quantity
    from whygrad.check.judging.scene import Scene
    from whygrad.graph import Expr

    Changed = dict[Quantity, Expr]


@dataclass(frozen=True)
class Entry:
    """A number that somebody has written for a quantity, in which line, and what was found of it."""

    printed: Printed
    line: int
    verdict: Verdict


class Judge:
    """Judges numbers one after the other, each in the light of those written before it.

    - `entries`: the numbers written so far, the latest for each quantity.
    - `habits`: the formulas that explain wrong numbers, of quantities that were not written down themselves, and the
      line that told: what is wrong on the way is charged once.
    """

    def __init__(self, scene: Scene, evaluate: Evaluate, rules: Sequence[Misconception]) -> None:
        self.scene, self.evaluate, self.rules = scene, evaluate, rules
        self.truth = Account(scene.step, evaluate)
        self.entries: dict[Quantity, Entry] = {}
        self.habits: dict[Quantity, tuple[Expr, int]] = {}

    def write(self, quantity: Quantity, printed: Printed, line: int) -> Judgement:
        """Judge a number, and remember it as what is used from here on."""
        found = self.judge(quantity, printed)
        self.entries[quantity] = Entry(printed, line, found.verdict)
        for cause in found.causes[:1]:
            self.habits |= {each: (formula, line) for each, formula in cause.changed.items() if each is not quantity}
        return found

    def judge(self, quantity: Quantity, printed: Printed) -> Judgement:
        """A number written for a quantity."""
        true = self.truth.value(quantity)
        expected, drift, used = self.expected(quantity)
        if printed.holds(true) or (true != true and printed.holds(expected)):
            return Judgement(Verdict.RIGHT, true, expected, drift)
        if true != true and expected != expected:  # it is made of what nobody states
            return Judgement(Verdict.UNJUDGED, true, expected)
        faulty = sorted(self.entries[each].line for each in used if self.entries[each].verdict.is_fault)
        if used and printed.holds(expected, drift):
            verdict = Verdict.FOLLOWS if faulty else Verdict.ROUNDING
            return Judgement(verdict, true, expected, drift, faulty[0] if faulty else None)
        if (again := self.again(quantity, printed)) is not None:
            return again
        for value in (true, expected):
            if slip := slip_of(value, printed):
                since = faulty[0] if faulty and value == expected != true else None
                return Judgement(Verdict.LAST_DIGIT, true, expected, drift, since, slip=slip)
        return self.explained(quantity, printed, Judgement(Verdict.WRONG, true, expected, drift))

    def again(self, quantity: Quantity, printed: Printed) -> Judgement | None:
        """A number that has what was wrong before in it, once more; None if it has not."""
        if not self.habits:
            return None
        changed = {each: formula for each, (formula, _) in self.habits.items()}
        expected, drift, _ = self.expected(quantity, changed)
        if not printed.holds(expected, drift):
            return None
        return Judgement(
            Verdict.FOLLOWS,
            self.truth.value(quantity),
            expected,
            drift,
            since=min(line for _, line in self.habits.values()),
        )

    def explained(self, quantity: Quantity, printed: Printed, found: Judgement) -> Judgement:
        """A wrong number with what explains it, if anything does."""
        causes = causes_of(self, quantity, printed)
        slip = "" if causes else slipped(found.true, printed) or slipped(found.expected, printed)
        return Judgement(found.verdict, found.true, found.expected, found.drift, causes=causes, slip=slip)

    def expected(self, quantity: Quantity, changed: Changed | None = None) -> tuple[float, float, list[Quantity]]:
        """What a quantity should be given what was written before, how far rounding may move it, and what it uses."""
        given = {each: entry.printed.value for each, entry in self.entries.items() if each is not quantity}
        account = Account(self.scene.step, self.evaluate, given, changed)
        used = self.used(quantity, account)
        return account.again(quantity), self.drift(quantity, account, used), used

    def used(self, quantity: Quantity, account: Account) -> list[Quantity]:
        """The quantities written before that a quantity is made of, the nearest ones."""
        found: dict[Quantity, None] = {}
        stack, seen = [quantity], {quantity}
        while stack:
            for each in account.read(stack.pop()):
                if each in account.given:
                    found[each] = None
                elif each not in seen:
                    seen.add(each)
                    stack.append(each)
        return list(found)

    def drift(self, quantity: Quantity, account: Account, used: Sequence[Quantity]) -> float:
        """The most that the rounding of the numbers used can do: the sum of what each does by itself."""
        return sum(self.moved(quantity, account, each) for each in used)

    def moved(self, quantity: Quantity, account: Account, by: Quantity) -> float:
        """How far the rounding of one number can move a quantity."""
        half = self.entries[by].printed.half
        if not half:
            return 0.0
        low, high = (
            Account(self.scene.step, self.evaluate, {**account.given, by: account.given[by] + way}, account.changed)
            for way in (-half, half)
        )
        return abs(high.again(quantity) - low.again(quantity)) / 2

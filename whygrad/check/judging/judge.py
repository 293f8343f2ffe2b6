"""Whether a number written for a quantity is right, and if not, what it follows from or what explains it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from whygrad.check.judging.account import Account
from whygrad.check.judging.cause import causes_of
from whygrad.check.judging.slip import slip_of, slipped
from whygrad.check.judging.trail import Trail
from whygrad.check.judging.verdict import Judgement, Printed, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whygrad.check.judging.misconception.record import Misconception, Mutant
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
        self.made: dict[tuple[str, Quantity], tuple[Mutant, ...]] = {}

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
        trail = self.trail(quantity)
        expected, drift = trail.value, self.drift(trail)
        if printed.holds(true):
            return Judgement(Verdict.RIGHT, true, expected, drift)
        faulty = sorted(self.entries[each].line for each in trail.used if self.entries[each].verdict.is_fault)
        if trail.used and printed.holds(expected, drift):
            verdict = Verdict.FOLLOWS if faulty else Verdict.ROUNDING
            return Judgement(verdict, true, expected, drift, faulty[0] if faulty else None)
        if (again := self.again(quantity, printed)) is not None:
            return again
        for value in (true, expected):
            if slip := slip_of(value, printed):
                return Judgement(Verdict.LAST_DIGIT, true, expected, drift, slip=slip)
        return self.explained(quantity, printed, Judgement(Verdict.WRONG, true, expected, drift))

    def again(self, quantity: Quantity, printed: Printed) -> Judgement | None:
        """A number that has what was wrong before in it, once more; None if it has not."""
        if not self.habits:
            return None
        changed = {each: formula for each, (formula, _) in self.habits.items()}
        trail = self.trail(quantity, changed)
        expected, drift = trail.value, self.drift(trail)
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

    def trail(self, quantity: Quantity, changed: Changed | None = None) -> Trail:
        """The trail of a quantity from what was written before."""
        given = {each: entry.printed.value for each, entry in self.entries.items() if each is not quantity}
        return Trail(Account(self.scene.step, self.evaluate, given, changed), quantity)

    def drift(self, trail: Trail) -> float:
        """The most that the rounding of the numbers used can do: the sum of what each does by itself."""
        return sum(self.moved(trail, each) for each in trail.used)

    def moved(self, trail: Trail, by: Quantity) -> float:
        """How far the rounding of one number can move a quantity."""
        value, half = trail.account.given[by], self.entries[by].printed.half
        return abs(trail.moved(by, value + half) - trail.moved(by, value - half)) / 2 if half else 0.0

    def mutants(self, rule: Misconception, quantity: Quantity) -> Sequence[Mutant]:
        """The formulas that a misconception gives a quantity; made once."""
        place = rule.code, quantity
        if place not in self.made:
            self.made[place] = tuple(rule.mutants(self.scene, quantity))
        return self.made[place]

"""Whether a number written for a quantity is right, and if not, what it follows from or what explains it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from whygrad.check.judging.account import Account
from whygrad.check.judging.cause import NOTHING, causes_of
from whygrad.check.judging.slip import OFF, slip_of, slipped
from whygrad.check.judging.suspicion import Guess, Suspicion, habit, suspicion
from whygrad.check.judging.trail import Trail
from whygrad.check.judging.verdict import Judgement, Printed, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whygrad.check.judging.misconception.record import Misconception, Mutant
    from whygrad.check.judging.quantities import Evaluate, Quantity
    from whygrad.check.judging.scene import Scene
    from whygrad.check.judging.verdict import Cause, Working
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
    - `suspicions`: what may explain the wrong numbers among them, where it would show in others too: what is wrong on
      the way is charged once.
    """

    def __init__(self, scene: Scene, evaluate: Evaluate, rules: Sequence[Misconception]) -> None:
        self.scene, self.evaluate, self.rules = scene, evaluate, rules
        self.truth = Account(scene.step, evaluate)
        self.entries: dict[Quantity, Entry] = {}
        self.suspicions: list[Suspicion] = []
        self.made: dict[tuple[str, Quantity], tuple[Mutant, ...]] = {}

    def write(self, quantity: Quantity, printed: Printed, line: int) -> Judgement:
        """Judge a number, and remember it as what is used from here on."""
        found = self.judge(quantity, printed)
        self.entries[quantity] = Entry(printed, line, found.verdict)
        self.suspect(quantity, found.causes, line)
        return found

    def suspect(self, quantity: Quantity, causes: Sequence[Cause], line: int, *, together: bool = False) -> None:
        """Remember what may explain a wrong number."""
        if found := suspicion(quantity, causes, line, together=together):
            self.suspicions.append(found)

    def judge(self, quantity: Quantity, printed: Printed, working: Working = NOTHING) -> Judgement:
        """A number written for a quantity; `working` is what stands beside it."""
        true = self.truth.value(quantity)
        trail = self.trail(quantity)
        expected, drift = trail.value, self.drift(trail)
        if printed.holds(true) or (true != true and printed.holds(expected)):
            return Judgement(Verdict.RIGHT, true, expected, drift)
        if true != true and expected != expected:  # it is made of what nobody states
            return Judgement(Verdict.UNJUDGED, true, expected)
        faulty = sorted(self.entries[each].line for each in trail.used if self.entries[each].verdict.is_fault)
        if trail.used and printed.holds(expected, drift):
            verdict = Verdict.FOLLOWS if faulty else Verdict.ROUNDING
            return Judgement(verdict, true, expected, drift, faulty[0] if faulty else None)
        if (again := self.again(quantity, printed)) is not None:
            return again
        slips = [(value, slip) for value in (true, expected) if (slip := slip_of(value, printed))]
        if slips:
            value, slip = min(slips, key=lambda each: each[1].startswith(OFF))  # how it came about, where one sees it
            since = faulty[0] if faulty and value == expected != true else None
            return Judgement(Verdict.LAST_DIGIT, true, expected, drift, since, slip=slip)
        return self.explained(quantity, printed, working, Judgement(Verdict.WRONG, true, expected, drift))

    def again(self, quantity: Quantity, printed: Printed) -> Judgement | None:
        """A number that has what was wrong before in it, once more; None if it has not.

        Of several guesses those are kept that this number bears out.
        """
        for each in self.suspicions:
            held = {guess: found for guess in each.guesses if (found := self.holding(quantity, printed, each, guess))}
            if held:
                each.guesses = list(held)
                trail, causes = next(iter(held.values())), [cause for guess in held for cause in guess.causes]
                true = self.truth.value(quantity)
                since = min(some.line for some in self.suspicions)
                return Judgement(Verdict.FOLLOWS, true, trail.value, self.drift(trail), since, borne_out=causes)
        return None

    def holding(self, quantity: Quantity, printed: Printed, one: Suspicion, guess: Guess) -> Trail | None:
        """The trail of a quantity under a guess, if it leads to a number."""
        trail = self.trail(quantity, habit(self.suspicions, one, guess))
        return trail if printed.holds(trail.value, self.drift(trail)) else None

    def explained(self, quantity: Quantity, printed: Printed, working: Working, found: Judgement) -> Judgement:
        """A wrong number with what explains it, if anything does."""
        causes = causes_of(self, quantity, printed, working) if self.rules else ()
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
        """How far the rounding of one number can move a quantity: one way may be farther than the other.

        What is the true number to the last bit was not rounded: the 0 of a closed gate opens none.
        """
        value, half = trail.account.given[by], self.entries[by].printed.half
        half = 0.0 if value == self.truth.value(by) else half
        return max(abs(trail.moved(by, value + way) - trail.value) for way in (half, -half)) if half else 0.0

    def worths(self, quantity: Quantity) -> list[Printed]:
        """What a quantity may be worth: as it was written, as it truly is, else as it follows from what was written."""
        entry, true = self.entries.get(quantity), Printed(self.truth.value(quantity), 0.0)
        if entry is not None:
            return [entry.printed, true]
        if self.truth.formula(quantity) is quantity.leaf:
            return [true]
        trails = [self.trail(quantity), *([self.trail(quantity, habit(self.suspicions))] if self.suspicions else [])]
        return [true, *(Printed(each.value, self.drift(each)) for each in trails if each.value == each.value)]

    def mutants(self, rule: Misconception, quantity: Quantity) -> Sequence[Mutant]:
        """The formulas that a misconception gives a quantity; made once."""
        place = rule.code, quantity
        if place not in self.made:
            self.made[place] = tuple(rule.mutants(self.scene, quantity))
        return self.made[place]

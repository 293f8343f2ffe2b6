"""Marks claims one after the other, each in the light of those before it."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from whygrad.check.finding import (
    NEAR,
    SEVERITY,
    Finding,
    between_numbers,
    by_rounding,
    literals,
    numbers,
    signed,
    told,
    working,
)
from whygrad.check.judging.judge import Entry, Judge
from whygrad.check.judging.scene import Part
from whygrad.check.judging.together import Explained, explained
from whygrad.check.judging.verdict import Judgement, Printed, Verdict, Working
from whygrad.check.lexicon import Meaning, plain
from whygrad.check.links import Held, printed
from whygrad.check.naming import Naming, speaks_of_beyond, speaks_of_later
from whygrad.check.reading.formula import Name, Relation, leaves, shown
from whygrad.check.values import EXACT, Values
from whygrad.check.worth import worth

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from whygrad.check.judging.misconception.record import Misconception
    from whygrad.check.judging.quantities import Evaluate, Quantity
    from whygrad.check.reading.claims import Claim
    from whygrad.check.reading.formula import Chain

BEYOND: Final = "It is about a later update than the first, which is what is marked."
DESIRED: Final = frozenset({"target", "desired", "expected", "wanted", "ideal", "true", "correct"})  # outputs


def known(value: float) -> float | None:
    """A value; None where it is made of what nobody states."""
    return value if value == value else None


class Marker:
    """Marks claims against a step, and the forward pass after it; without a step only their arithmetic.

    `stated` has the lines in which the notes themselves state the numbers of the network, by their names.
    """

    def __init__(
        self,
        naming: Naming | None,
        evaluate: Evaluate,
        rules: Sequence[Misconception],
        stated: Mapping[str, int] | None = None,
    ) -> None:
        self.naming = naming
        self.stated = stated or {}
        self.judges: list[Judge] = []
        if naming is not None:
            self.judges = [Judge(naming.scene, evaluate, rules)]
            if naming.after is not None:
                self.judges.append(Judge(naming.after, evaluate, rules))
        self.values = Values(naming, self.judges)
        self.used: dict[Quantity, int] = {}

    def mark(self, claim: Claim, before: str = "") -> Finding:
        """Mark a claim in the reading that does it most justice, and remember its number.

        `before` is what stands before it on its line.
        """
        if self.naming is not None and speaks_of_beyond(claim, before):
            return Finding(claim.chain, Verdict.UNJUDGED, said=(BEYOND,))
        later = speaks_of_later(claim, before)
        found = min(
            (self.read(claim, chain, later=later) for chain in claim.readings), key=lambda each: SEVERITY[each.verdict]
        )
        self.remember(claim, found)
        return found

    def judge_of(self, quantity: Quantity) -> Judge:
        """The judge of the step that a quantity belongs to."""
        return self.values.judge_of(quantity)

    # The reading of one chain

    def read(self, claim: Claim, chain: Chain, *, later: int) -> Finding:
        """What a chain says, under the meaning of its name that explains it best."""
        options = self.options(claim, chain, later=later)
        if not options:
            return self.arithmetic(claim, chain, later=later)
        if len(options) > 1:
            options = self.likeliest(chain, options)
        found = [self.under(chain, each, later=later) for each in options]
        return min(found, key=lambda each: (SEVERITY[each.verdict], not each.causes))

    def options(self, claim: Claim, chain: Chain, *, later: int) -> list[Meaning]:
        """What a chain may be about: the name among its sides that the network knows, else its label."""
        if self.naming is None or not any(shown(side) for side in chain.sides):
            return []
        names = [side.text for side in chain.sides if isinstance(side, Name)]
        desired = names and claim.words and claim.words[-1].casefold() in DESIRED
        for name in [*names, *([claim.label] if claim.label and not names else [])]:
            if self.values.is_own(name):
                return []
            if found := self.naming.meanings(name, later=later):
                targets = [each for each in found if self.naming.scene.part(each.quantity) is Part.TARGET]
                if desired:
                    return targets or self.naming.meanings("target")
                return [] if self.is_made_of(chain, name, found) else [*found, *self.naming.renewed(found)]
        return []

    def is_made_of(self, chain: Chain, name: str, meanings: Sequence[Meaning]) -> bool:
        """Whether a chain makes a name of what the name itself may mean: u2 = net_Y2 - m is somebody's own u2."""
        names = {each.text for side in chain.sides for each in leaves(side) if isinstance(each, Name)}
        if self.naming is None or sum(isinstance(side, Name) for side in chain.sides) != 1:
            return False
        others = [self.naming.meanings(each)[:1] for each in names if plain(each) != plain(name)]
        read = {each.quantity for found in others for each in found}
        if found := any(each.quantity in read and each.doubt > 1 for each in meanings):
            self.values.made.add(plain(name))
        return found

    def likeliest(self, chain: Chain, options: Sequence[Meaning]) -> list[Meaning]:
        """The meanings under which the numbers do best, seen without their causes; the usual and used ones first."""
        last = numbers(chain)[-1]

        def order(each: Meaning) -> tuple[int, int, int]:
            judge = self.judge_of(each.quantity)
            rules, judge.rules = judge.rules, ()
            try:
                verdict = judge.judge(each.quantity, signed(last, each.sign)).verdict
            finally:
                judge.rules = rules
            return SEVERITY[verdict], each.doubt, -self.used.get(each.quantity, 0)

        places = {each: order(each) for each in options}
        ranked = sorted(options, key=places.__getitem__)
        return [each for each in ranked if places[each][:2] == places[ranked[0]][:2]][:3]

    def under(self, chain: Chain, meaning: Meaning, *, later: int) -> Finding:
        """What a chain says, if its name means this."""
        quantity, judge = meaning.quantity, self.judge_of(meaning.quantity)
        links = self.held(chain, quantity, later=later)
        if judge.truth.formula(quantity) is quantity.leaf:
            return self.given(chain, meaning, links)
        beside = working(links, chain, meaning.sign)
        found = [
            self.finding(chain, meaning, number, self.judged(judge, meaning, number, beside), links)
            for number in dict.fromkeys(numbers(chain))
        ]
        worst = self.combined(max(found, key=lambda each: SEVERITY[each.verdict]), judge, meaning)
        return replace(worst, said=(*worst.said, *self.unstated(worst, quantity)))

    def given(self, chain: Chain, meaning: Meaning, links: tuple[Held, ...]) -> Finding:
        """A number that the network gives: it is the same, or the notes are about another network."""
        right = self.judge_of(meaning.quantity).truth.value(meaning.quantity)
        wrong = next((each for each in numbers(chain) if not each.holds(right)), None)
        # A number that was rounded twice is off by a little more than half a unit.
        near = wrong is not None and abs(wrong.value - right) <= max(NEAR * abs(right), 1.5 * wrong.half)
        verdict = Verdict.RIGHT if wrong is None else Verdict.LAST_DIGIT if near else Verdict.INCONSISTENT
        said = () if wrong is None else (self.counts(meaning.quantity, right),)
        name = meaning.quantity.written
        return Finding(chain, verdict, meaning, name, wrong or numbers(chain)[-1], right, right, said=said, links=links)

    def counts(self, quantity: Quantity, right: float) -> str:
        """Which number counts where the notes have another than the network: the first that they state."""
        line = self.stated.get(quantity.written)
        return f"Line {line} has {right:g}, which counts." if line else f"The network has {right:g}, which counts."

    def judged(self, judge: Judge, meaning: Meaning, number: Printed, beside: Working) -> Judgement:
        """A number judged; what was wrong once and is only written again is not charged again."""
        number = signed(number, meaning.sign)
        before = judge.entries.get(meaning.quantity)
        true = judge.truth.value(meaning.quantity)
        if before is not None and before.printed.value == number.value and not number.holds(true):
            verdict = Verdict.FOLLOWS if before.verdict.is_fault else before.verdict
            since = before.line if before.verdict.is_fault else None
            return Judgement(verdict, true, before.printed.value, 0.0, since)
        return judge.judge(meaning.quantity, number, beside)

    def finding(
        self, chain: Chain, meaning: Meaning, number: Printed, found: Judgement, links: tuple[Held, ...]
    ) -> Finding:
        """A judgement as a finding, in the person's own sign."""
        said = (f"Its digits: {found.slip}.",) if found.slip else ()
        return Finding(
            chain,
            found.verdict,
            meaning,
            meaning.quantity.written,
            number,
            known(meaning.sign * found.true),
            known(meaning.sign * found.expected),
            found.drift,
            found.since,
            tuple(found.causes),
            borne_out=tuple(found.borne_out),
            said=said,
            links=links,
        )

    def combined(self, found: Finding, judge: Judge, meaning: Meaning) -> Finding:
        """The verdict on the number together with what its links are worth."""
        false = [each for each in found.links if each.holds is False and not between_numbers(each)]
        faulty = [abs(each.printed.value) for each in judge.entries.values() if each.verdict.is_fault]
        found = by_rounding(found, faulty)
        if found.verdict in (Verdict.WRONG, Verdict.LAST_DIGIT) and not found.causes:
            found = self.deeper(found, judge, meaning, false)
        if not found.verdict.is_error:
            false = [each for each in false if shown(each.link.right) or not self.has_untold(each)]
        if not false:
            return found
        said = tuple(told(each) for each in false)
        if found.verdict is Verdict.UNJUDGED:
            digit = all(each.is_digit for each in false)
            return replace(found, verdict=Verdict.LAST_DIGIT if digit else Verdict.WRONG, said=said)
        if not found.verdict.is_error and found.verdict is not Verdict.FOLLOWS:
            digit = all(each.is_digit for each in false)
            verdict = Verdict.LAST_DIGIT if digit else Verdict.FALSE_EXPRESSION
            return replace(found, verdict=verdict, said=(*said, *found.said) if digit else said)
        if found.verdict is Verdict.FOLLOWS:
            verdict = found.verdict if all(each.is_digit for each in false) else Verdict.FALSE_EXPRESSION
            return replace(found, verdict=verdict, said=(*found.said, *said))
        return replace(found, said=(*found.said, *said))

    def deeper(self, found: Finding, judge: Judge, meaning: Meaning, false: Sequence[Held]) -> Finding:
        """A wrong number that no single misconception gives: two at once, a number from elsewhere, another line."""
        if found.verdict is not Verdict.WRONG or found.wrote is None or not judge.rules:
            return found
        quantity, sign, chain = meaning.quantity, meaning.sign, found.chain
        slips = [each for each in false if each.slip and each.link.right is chain.sides[-1]]
        slip = slips[-1] if slips else None
        target = Printed(slip.left, max(slip.drift, 5e-4 * abs(slip.left))) if slip else found.wrote
        if slip and found.right is not None and target.holds(found.right):
            return replace(found, said=(*found.said, "The method is right: only its last step is not."))
        reason: Explained | None = explained(judge, quantity, signed(target, sign), literals(chain))
        if reason is not None:
            slips_too = (f"And its digits: {reason.slip}.",) if reason.slip else ()
            return replace(
                found, causes=reason.causes, strays=reason.strays, together=True, said=(*found.said, *slips_too)
            )
        before = judge.entries.get(quantity)
        if before is not None and not before.verdict.is_fault:
            return replace(found, verdict=Verdict.INCONSISTENT, since=before.line)
        return found

    def arithmetic(self, claim: Claim, chain: Chain, *, later: int) -> Finding:
        """A chain about nothing that the network knows: only what it computes is judged."""
        links = self.held(chain, None, later=later)
        false = [each for each in links if each.holds is False]
        name = next((side.text for side in chain.sides if isinstance(side, Name)), claim.label)
        wrote = numbers(chain)[-1] if numbers(chain) else None
        if false and any(map(shown, chain.sides)):
            worst = next((each for each in false if not each.is_digit), false[0])
            verdict = Verdict.LAST_DIGIT if worst.is_digit else Verdict.WRONG
            said = tuple(told(each) for each in false)
            return Finding(chain, verdict, None, name, wrote, None if name else worst.left, said=said, links=links)
        if any(each.holds for each in links):
            return Finding(chain, Verdict.RIGHT, None, name, wrote, links=links)
        return Finding(chain, Verdict.UNJUDGED, None, name, wrote, said=self.unjudged(name, links), links=links)

    def unjudged(self, name: str, links: Sequence[Held]) -> tuple[str, ...]:
        """Why a chain is not judged."""
        missing = next((each.missing for each in links if each.missing), name)
        if self.naming is None:
            return ()
        if self.naming.meanings(missing) or not missing:
            return ("There is no number here to judge.",)
        return (f"{missing} is no name of this network.",)

    def has_untold(self, held: Held) -> bool:
        """Whether the left side names something computed that was not written before: nobody says with which digits."""
        for each in leaves(held.link.left):
            meanings = self.naming.meanings(each.text)[:1] if self.naming and isinstance(each, Name) else []
            for meaning in meanings:
                judge = self.judge_of(meaning.quantity)
                given = judge.truth.formula(meaning.quantity) is meaning.quantity.leaf
                if not given and meaning.quantity not in judge.entries:
                    return True
        return False

    def unstated(self, found: Finding, subject: Quantity) -> Iterator[str]:
        """What was taken for a bias that the notes name and never state, and what would explain a wrong number."""
        sides = [side for side in found.chain.sides if shown(side) is None]
        names = {each.text for side in sides for each in leaves(side) if isinstance(each, Name)}
        biases = self.naming.bias_of(subject) if self.naming else []
        for name in names:
            if len(biases) != 1 or not self.naming or not self.naming.is_bias(name) or biases[0] in self.used:
                continue
            value = self.judges[0].truth.value(biases[0])
            if value != value:
                continue
            yield f"{name} is not stated: {'it is taken for' if self.stated else 'the network has'} {value:g}."
            false = [each for each in found.links if each.holds is False and printed(each.link.right)]
            if found.verdict is Verdict.WRONG and false:
                at = [worth(false[-1].link.left, {name: value}) for value in (0.0, 1.0)]
                needed = (false[-1].right - at[0]) / (at[1] - at[0]) if at[1] - at[0] else float("nan")
                if needed == needed:
                    yield f"Only with {name} = {needed:.6g} would what is written give it."

    # Links

    def held(self, chain: Chain, subject: Quantity | None, *, later: int) -> tuple[Held, ...]:
        """Every link of a chain whose left side is more than the name of what it is about."""
        links = self.values.links(chain, subject, later=later)
        about = chain.sides[0] if isinstance(chain.sides[0], Name) else None
        return tuple(
            links.held(each)
            for each in chain.links
            if each.left is not about and not isinstance(each.right, Name) and each.relation is not Relation.BECOMES
        )

    # What later lines use

    def remember(self, claim: Claim, found: Finding) -> None:
        """Keep the last number of a chain for what comes after it."""
        every = numbers(found.chain)
        if not every:
            return
        last = every[-1]
        for side in found.chain.sides:
            if isinstance(side, Name):
                self.values.own[plain(side.text)] = [last]
        if found.meaning is None:
            return
        quantity = found.meaning.quantity
        judge = self.judge_of(quantity)
        self.used[quantity] = self.used.get(quantity, 0) + 1
        number = signed(last, found.meaning.sign)
        if judge.truth.formula(quantity) is quantity.leaf:
            if found.verdict is Verdict.RIGHT and number.half > 0 and number.value != found.right:
                judge.entries[quantity] = Entry(number, claim.line, found.verdict)
            elif found.verdict.is_fault:  # misread: what is worked out with it follows
                judge.entries[quantity] = Entry(Printed(number.value, 0.0), claim.line, found.verdict)
            return
        judge.entries[quantity] = Entry(number, claim.line, found.verdict)
        judge.suspect(quantity, found.causes, claim.line, together=found.together)
        self.carry_over(quantity, number, claim.line, found.verdict)

    def carry_over(self, quantity: Quantity, number: Printed, line: int, verdict: Verdict) -> None:
        """A parameter after the update is the one that the forward pass after it uses."""
        old = self.naming.scene.old(quantity) if self.naming else None
        if old is None or len(self.judges) < 2:
            return
        if abs(number.value - self.judges[0].truth.value(quantity)) <= EXACT:
            number = Printed(number.value, 0.0)
        if (later := self.parameters_after.get((old.ref, old.written))) is not None:
            self.judges[1].entries[later] = Entry(number, line, verdict)

    @cached_property
    def parameters_after(self) -> dict[tuple[str, str], Quantity]:
        """The parameters that the forward pass after the update uses, by their places and names."""
        after = self.judges[1].scene
        return {(each.ref, each.written): each for part in (Part.WEIGHT, Part.BIAS) for each in after.of_part(part)}

"""Which of a network's quantities a written name may mean, before the update and after it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from whygrad.check.further import Further
from whygrad.check.judging.scene import Part, Scene
from whygrad.check.lexicon import Lexicon, Meaning, lexicon_of, plain
from whygrad.check.reading.spelling import Role, Spelling, spellings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from whygrad.check.judging.quantities import Past, Quantities, Quantity
    from whygrad.check.reading.claims import Claim

LATER: Final = re.compile(r"\b(?:after|new|updated|next|second|again)\b", re.IGNORECASE)
UPDATED: Final = re.compile(r"\b(?:after|behind)\b.*\bupdate|\b(?:new|updated) weights\b", re.IGNORECASE)
COUNT: Final = r"(?:\d[\d,. ]*k?|two|three|four|five|ten|twenty|fifty|(?:a )?hundred|(?:a )?thousand|many|several|all)"
COUNTED: Final = r"(?:epoch|iteration|step|update|round|pass(?=es))"
BEYOND: Final = re.compile(
    rf"\bafter (?:the )?(?!1\b){COUNT}(?:\s*(?:more |full |training ){{0,2}}{COUNTED}\w*|\s*$)"
    r"|\b(?:epoch|iteration)s?\s*(?:no\.?\s*|#\s*)?(?![012]\b)\d[\d,. ]*\s*(?:[:=).,|-]|$)"
    r"|\bafter (?:the )?training\b",
    re.IGNORECASE,
)
LIVES_ON: Final = (Part.NET, Part.OUT, Part.ERROR, Part.LOSS)  # what a second forward pass gives
MOST: Final = 8  # meanings that are tried


class Naming:
    """What names mean: `now` in the step itself, `later` in the forward pass after its update, where there is one.

    Conventions change what quantities are made of and not what they are called: `under` makes the same names mean them.
    """

    def __init__(
        self,
        now: Lexicon,
        later: Lexicon | None,
        step: Quantities,
        after: Quantities | None,
        past: Past | None = None,
    ) -> None:
        self.now, self.later = now, later
        self.step = Further(step)
        self.scene = Scene(self.step)
        self.after = None if after is None else Scene(Further(after), past)
        self.second = {} if self.later is None else dict.fromkeys(self.later.scene.quantities)
        self.known: dict[tuple[str, int], list[Meaning]] = {}

    @classmethod
    def of(cls, step: Quantities, after: Quantities | None, aliases: Mapping[str, str]) -> Naming:
        """The names of a step and of the one after it, and a person's own."""
        own = tuple(aliases.items())
        later = None if after is None else lexicon_of(after, own)
        return cls(lexicon_of(step, own), later, step, after)

    def under(self, step: Quantities, after: Quantities | None, past: Past | None = None) -> Naming:
        """The same names of the same quantities, made of something else."""
        return Naming(self.now, self.later, step, after, past)

    def meanings(self, name: str, *, later: int = 0) -> list[Meaning]:
        """What a name may mean, the likeliest first; `later`: how surely words near it speak of what comes after."""
        if (name, later) not in self.known:
            found: dict[tuple[Quantity, int], Meaning] = {}
            for each in self.every(name, later=later):
                known = found.get((each.quantity, each.sign))
                if known is None or known.doubt > each.doubt:
                    found[each.quantity, each.sign] = each
            self.known[name, later] = sorted(found.values(), key=lambda each: each.doubt)[:MOST]
        return self.known[name, later]

    def every(self, name: str, *, later: int) -> list[Meaning]:
        """Every meaning that the letters of a name allow."""
        found = list(self.now.meanings(name))
        for doubt, spelling in enumerate(spellings(name), 1):
            found += self.spelled(spelling, doubt)
            if spelling.role is Role.ERROR and spelling.stem in ("error", "err", "e"):
                found += self.differences(found, doubt)
            if spelling.role is Role.DELTA:
                found += [replace(each, doubt=each.doubt + 3, sign=-1) for each in found]
            if later or spelling.is_new:
                found += self.afterwards(spelling, -1 if later > 1 else 0 if spelling.is_new else doubt)
        return found

    def spelled(self, spelling: Spelling, doubt: int) -> list[Meaning]:
        """The meanings of one spelling."""
        found = self.now.meanings(spelling.layered) or self.now.meanings(spelling.canonical)
        if spelling.by is None or found:
            return [replace(each, doubt=each.doubt + doubt) for each in found]
        if spelling.role is Role.CHANGE:
            news = self.now.meanings(f"{spelling.by.layered}_new")
            made = [self.step.change(each.quantity) for each in news]
            return [Meaning(each, doubt, sign) for each in made if each is not None for sign in (1, -1)]
        of, by = (self.now.meanings(each.canonical) if each else [] for each in (spelling.of, spelling.by))
        pairs = [(self.step.derivative(up.quantity, down.quantity), up, down) for up in of[:2] for down in by[:2]]
        return [Meaning(each, doubt + up.doubt + down.doubt) for each, up, down in pairs if each is not None]

    def differences(self, found: Sequence[Meaning], doubt: int) -> Iterator[Meaning]:
        """What an error may be as well: the difference of a target and an out, either way round."""
        targets = self.scene.of_part(Part.TARGET)
        indices = {each.quantity.index for each in found if self.scene.part(each.quantity) is Part.ERROR}
        for target in targets:
            made = self.step.difference(target) if target.index in indices or len(targets) == 1 else None
            if made is not None:
                yield from (Meaning(made, doubt + 4, sign) for sign in (1, -1))

    def afterwards(self, spelling: Spelling, doubt: int) -> list[Meaning]:
        """The meanings of a spelling in the forward pass after the update."""
        if self.later is None:
            return []
        found = self.later.meanings(replace(spelling, is_new=False).canonical)
        there = [each for each in found if self.later.scene.part(each.quantity) in LIVES_ON]
        return [replace(each, doubt=each.doubt + doubt) for each in there]

    def renewed(self, found: Sequence[Meaning]) -> Iterator[Meaning]:
        """What weights and biases become: w5 = 0.40 - 0.5 · 0.08 is a new one under the name of the old."""
        for each in found:
            later = {Part.WEIGHT: Part.NEW_WEIGHT, Part.BIAS: Part.NEW_BIAS}.get(self.scene.part(each.quantity))
            new = self.scene.twin(each.quantity, later) if later is not None else None
            if new is not None:
                yield replace(each, quantity=new, doubt=each.doubt + 1)

    def is_second(self, quantity: Quantity) -> bool:
        """Whether a quantity is one of the forward pass after the update."""
        return quantity in self.second

    def bias_of(self, subject: Quantity) -> list[Quantity]:
        """The biases that a quantity is made of: what b means beside it."""
        return self.scene.reads(self.step.definition(subject), Part.BIAS)

    def is_bias(self, name: str) -> bool:
        """Whether a name says no more than that it is a bias."""
        return plain(name) in ("b", "bias", "β", "beta")


def speaks_of_later(claim: Claim, before: str) -> int:
    """How surely the text before a claim, or the heading above it, speaks of what comes after the update."""
    words = (before, claim.label, claim.moment, claim.heading)
    if any(UPDATED.search(each) for each in words):
        return 2
    return int(any(LATER.search(each) for each in words))


def speaks_of_beyond(claim: Claim, before: str) -> bool:
    """Whether words say that a claim is about a later update than the first: "after 10000", "epoch 3"."""
    return any(BEYOND.search(each.strip()) for each in (before, claim.label, claim.moment, claim.heading))

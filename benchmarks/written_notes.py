"""Notes as somebody might have written them about a random network: habits, notations, and slips of the pencil."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from benchmarks.drawn_networks import experiment
from whygrad.check.judging.account import Account
from whygrad.check.judging.scene import Part, Scene
from whygrad.check.lexicon import lexicon_of
from whygrad.check.marking import mark
from whygrad.check.reading.notes import parse_notes
from whygrad.document import Document, Equations, Section
from whygrad.exercise.solution import worked
from whygrad.explain import ByHand, Links, Runner
from whygrad.explain.equation import definitions
from whygrad.notation import Numbers
from whygrad.pipeline.derivation import prepared
from whygrad.pipeline.marking import bare
from whygrad.pipeline.papers import Remembering, Steps
from whygrad.render.markdown import markdown
from whygrad.render.terminal import terminal
from whygrad.run import evaluate
from whygrad.spec import parse_experiment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from whygrad.check.judging.quantities import Quantities
    from whygrad.check.marking import Marked
    from whygrad.exercise.solution import Written
    from whygrad.explain import Chart

UNITS = 3  # of the last place: as much may be a slip of the pencil, and is marked as one
LARGEST = 1e6
RUNNER = Runner(evaluate, prepared)
LEAST_SHOWN = 0.6  # of the lines, where some are left out
PARTS = (
    Part.NET,
    Part.OUT,
    Part.ERROR,
    Part.LOSS,
    Part.OUT_BLAME,
    Part.NET_BLAME,
    Part.WEIGHT_GRADIENT,
    Part.BIAS_GRADIENT,
    Part.NEW_MEMORY,
    Part.NEW_WEIGHT,
    Part.NEW_BIAS,
)
SLIPS = {
    "the decimal point slipped": "decimal point slipped",
    "two digits are exchanged": "digits exchanged",
    "the sign is lost": "sign lost",
    "cut, not rounded": "cut, not rounded",
}


@dataclass(frozen=True)
class Network:
    """A network and its step, with what it takes to mark notes about it."""

    chart: Chart
    step: Quantities
    after: Quantities | None
    scene: Any
    evaluate: Remembering

    @classmethod
    def drawn(cls, draw: Random) -> Network:
        """A random one."""
        step, after = Steps()(parse_experiment(experiment(draw), "drawn"), Path())
        return cls(bare(step), step, after, Scene(step), Remembering())

    def account(self, given: Mapping[Any, float], changed: Mapping[Any, Any]) -> Account:
        """The step with a person's numbers and formulas."""
        return Account(self.step, self.evaluate, given, changed)

    def computed(self) -> list[Any]:
        """All that is computed, each after what it is made of."""
        found: dict[Any, None] = {}
        every: list[Any] = [each for part in PARTS for each in self.scene.of_part(part)]
        stack = [(each, False) for each in reversed(every)]
        while stack:
            each, is_read = stack.pop()
            formula = self.step.definition(each)
            if is_read:
                found[each] = None
            elif each not in found and formula is not each.leaf:
                stack.append((each, True))
                stack += [(x, False) for x in reversed(self.step.leaves(formula))]
        return [each for each in found if each.array != "updates"]


@dataclass(frozen=True)
class Habits:
    """How somebody writes: with how many digits, what is left out, in which notation, and from which numbers on."""

    numbers: Numbers
    shown: Sequence[Any]
    notation: str
    from_rounded: bool

    @classmethod
    def drawn(cls, network: Network, draw: Random) -> Habits:
        """Those of somebody."""
        every = network.computed()
        if draw.random() < 0.4:
            every = [each for each in every if draw.random() < LEAST_SHOWN] or every
        numbers = Numbers(draw.choice((2, 3, 4, 4, 5, 6)), fixed=draw.random() < 0.5)
        notation = draw.choice(("bare", "letters", "text", "tex"))
        return cls(numbers, every, notation, draw.random() < 0.5)

    def rounding(self, value: float) -> str:
        """A number as it is written."""
        return self.numbers.shown(value)

    def solution(self, network: Network, changed: Mapping[Any, Any], slip: Slip | None = None) -> list[Written]:
        """The step as it is worked out, up to a number that nobody writes down."""
        rounding = slip.rounding(self) if slip else self.rounding
        found: list[Written] = []
        for each in worked(network.account, self.shown, rounding, changed, from_rounded=self.from_rounded):
            if abs(each.value) > LARGEST:
                break
            found.append(each)
        return found


@dataclass(frozen=True)
class Slip:
    """A slip of the pencil in one number: the words that tell it, and where it is."""

    told: str
    quantity: Any

    def rounding(self, habits: Habits) -> Any:
        """How numbers are written with the slip."""
        order = iter(habits.shown)

        def written(value: float) -> str:
            text = habits.rounding(value)
            return self.of(text, value) if next(order) is self.quantity else text

        return written

    def of(self, text: str, value: float) -> str:
        """What becomes of a number."""
        if "e" in text:
            return text
        if self.told == "the sign is lost":
            return text.removeprefix("-") if text.startswith("-") else f"-{text}"
        if self.told == "the decimal point slipped":
            places = len(text.partition(".")[2])
            return f"{float(text) / 10:.{places + 1}f}"
        if self.told == "cut, not rounded":
            places = len(text.partition(".")[2])
            return str(Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_DOWN))
        for place in range(len(text) - 2, 0, -1):
            first, second = text[place - 1], text[place]
            if first.isdigit() and second.isdigit() and first != second:
                return f"{text[: place - 1]}{second}{first}{text[place + 1 :]}"
        return text


@dataclass(frozen=True)
class Paper:
    """Notes as somebody wrote them: the network, the habits, what was written, and the formulas they had."""

    network: Network
    habits: Habits
    solution: Sequence[Written]
    changed: Mapping[Any, Any]

    def text(self, draw: Random) -> str:
        """The notes in the notation of whoever writes."""
        if self.habits.notation in ("text", "tex"):
            page = Document("Notes", "", (Section("All of it", (Equations(self.equations()),)),))
            as_text = self.habits.notation == "text"
            return terminal(page, self.habits.numbers, width=160) if as_text else markdown(page, self.habits.numbers)
        called = Letters(self.network, draw).called if self.habits.notation == "letters" else plainly
        sign = draw.choice((" = ", " ≈ ", "="))
        lines = (f"{called(x.quantity)}{' = ' if self.is_exact(x.text) else sign}{x.text}" for x in self.solution)
        return draw.choice(("\n", "\n\n", "\n- ")).join(lines)

    def is_exact(self, text: str) -> bool:
        """Whether a number has fewer digits than are shown, so that nothing was rounded: nobody writes ≈ 0 for a 0."""
        digits = text.partition("e")[0].replace(".", "").lstrip("-0")
        return not self.habits.numbers.fixed and len(digits) < (self.habits.numbers.digits or 0)

    def equations(self) -> Any:
        """Every number with its formula, in letters and in numbers."""
        hand = ByHand(self.network.chart, RUNNER, self.habits.numbers, self.changed)
        kept = {each.quantity: each.value for each in self.solution}
        account = self.network.account(kept if self.habits.from_rounded else {}, self.changed)
        if self.habits.from_rounded:
            account.worked.update(kept)
        hand.worked.update({each: account.value(each) for each in self.network.scene.quantities})
        hand.worked.update({x.quantity: x.value for x in self.solution if x.text != self.text_of(hand, x.quantity)})
        pairs = ((hand.array(each.array, each.named.sort), each.index) for each in kept)
        shown = [hand.element(named, index) for named, index in pairs if named is not None]
        return definitions(Links(hand, RUNNER), shown)

    def text_of(self, hand: ByHand, quantity: Any) -> str:
        """How a number would be written without a slip."""
        return self.habits.rounding(hand.worked[quantity])

    def marked(self, draw: Random) -> Marked:
        """The notes, marked."""
        names = [each.written for each in self.network.scene.quantities]
        notes = parse_notes(self.text(draw), "notes", names)
        return mark(notes, self.network.step, self.network.evaluate, self.network.after)


def plainly(quantity: Any) -> str:
    """The network's own name for a quantity."""
    return str(quantity.written)


RAISED = re.compile(r"([a-z]+)_?(\d*)\^\((\d)\)_?(\d*)('?)")


def spelled(name: str) -> str:
    """A name as people write it, "w_{11}^{(2)}"; nothing for one that nobody would write: "neww11^(2)"."""
    if "^" not in name:
        return name
    found = RAISED.fullmatch(name)
    if found is None or name.startswith(("new", "updated")):
        return ""
    word, place, layer, behind, prime = found.groups()
    return f"{word}_{{{place or behind}}}^{{({layer})}}{prime}"


class Letters:
    """Other names that people have for quantities, where they say as clearly what is meant."""

    def __init__(self, network: Network, draw: Random) -> None:
        self.network, self.draw = network, draw
        self.lexicon = lexicon_of(network.step)
        self.before = draw.choice(("dE/d", "∂E/∂", "dL/d", "dloss/d"))

    def called(self, quantity: Any) -> str:
        """One of its names."""
        written = plainly(quantity)
        if written.startswith("dE/d"):
            return f"{self.before}{written.removeprefix('dE/d')}"
        names = [name for name, doubt in self.lexicon.names(quantity) if doubt < 2 and self.is_clear(name, quantity)]
        return self.draw.choice([written, *filter(None, map(spelled, names))])

    def is_clear(self, name: str, quantity: Any) -> bool:
        """Whether a name means one thing alone."""
        return [each.quantity for each in self.lexicon.meanings(name)] == [quantity]

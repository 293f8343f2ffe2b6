"""What is not stated and one value alone explains: a bias, the learning rate. What several explain stays unknown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, floor, isfinite
from typing import TYPE_CHECKING, Final

from whygrad.check.choosing import Trial
from whygrad.check.convention import World, passed_on
from whygrad.check.finding import numbers, signed
from whygrad.check.judging.account import Account
from whygrad.check.judging.scene import Part, layer_of
from whygrad.check.judging.verdict import Verdict
from whygrad.check.reading.formula import Binary, Bracket, Call, Negate, Number, Operation, leaves, shown
from whygrad.graph import constant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from whygrad.check.choosing import Version
    from whygrad.check.finding import Finding
    from whygrad.check.judging.misconception.record import Misconception
    from whygrad.check.judging.quantities import Evaluate, Quantity
    from whygrad.check.judging.verdict import Printed
    from whygrad.check.reading.formula import Formula
    from whygrad.check.reading.notes import Notes
    from whygrad.graph import Expr

    Changed = Mapping[Quantity, Expr]

MOST_PLACES: Final = 4  # of an inferred number: people choose rounder ones
MOST_CANDIDATES: Final = 6
FAR: Final = 50.0  # no bias and no rate is looked for beyond
HALVINGS: Final = 7
MOST_STEPS: Final = 60
EXACT: Final = 1e-11
TOUCH: Final = 1e-9
UNKNOWN: Final = float("nan")


@dataclass(frozen=True)
class Inferred:
    """A number that is not stated: its value, NaN where none or several explain the notes; the lines that tell it.

    `others` are values that would explain nearly as much.
    """

    name: str
    value: float
    lines: tuple[int, ...] = ()
    others: tuple[float, ...] = ()


@dataclass(frozen=True)
class Range:
    """Between which values a missing number must lie for one line to be right; `about`: what the line is about."""

    low: float
    high: float
    line: int
    about: object = None


class Missing:
    """Finds what is not stated, one number after the other, each from the lines that depend on it and no other."""

    def __init__(
        self,
        notes: Notes,
        version: Version,
        unknown: Sequence[Quantity],
        evaluate: Evaluate,
        rules: Sequence[Misconception],
    ) -> None:
        self.notes, self.version, self.evaluate, self.rules = notes, version, evaluate, rules
        self.values: dict[Quantity, float] = dict.fromkeys(unknown, UNKNOWN)
        self.lines = [each.line for each in notes.claims]
        self.base = Trial(notes, version, evaluate)

    def found(self) -> list[Inferred]:
        """What is missing, with its value where it can be told."""
        return [self.inferred(each) for each in self.values]

    def filled(self, values: Mapping[Quantity, float]) -> Version:
        """The version with these numbers."""
        step = World(self.version.step, {each: constant(value) for each, value in values.items()})
        after = self.version.after
        return replace(self.version, step=step, after=None if after is None else passed_on(step, after, self.evaluate))

    def trial(self, values: Mapping[Quantity, float]) -> Trial:
        """The notes held against the version with these numbers."""
        return self.base.of(self.filled(values))

    def inferred(self, quantity: Quantity) -> Inferred:
        """One number: the value that all lines agree in, else the one that leaves least to explain."""
        trial = self.trial(self.values)
        part = trial.naming.scene.part(quantity)
        if part is not Part.BIAS and quantity.array != "learning_rate":
            return Inferred(quantity.written, UNKNOWN)
        lines = Lines(self, trial, quantity)
        plain = lines.ranges({})
        told = agreeing(plain)
        values = {each: value for each in told if (value := roundest(each[0].low, each[0].high)) is not None}
        candidates = {value: each[1] for each, value in values.items()}
        if len(told) > 1:  # they disagree: what one unit alone has is a bias of its own or a slip
            every = lines.under_causes() | candidates
            candidates = {value: at for value, at in every.items() if len({each.about for each in at}) > 1}
        if not candidates:
            several = tuple(sorted(set(values.values()))) if len(told) > 1 else ()
            return Inferred(quantity.written, UNKNOWN, (), several)
        best, others = self.best(quantity, list(candidates)[:MOST_CANDIDATES]) if len(told) > 1 else ([*candidates], [])
        if len(best) != 1:
            return Inferred(quantity.written, UNKNOWN, (), tuple(sorted(best)))
        self.values[quantity] = best[0]
        return Inferred(
            quantity.written, best[0], tuple(sorted({each.line for each in candidates[best[0]]})), tuple(others)
        )

    def best(self, quantity: Quantity, candidates: Sequence[float]) -> tuple[list[float], list[float]]:
        """The values that leave least to explain, the roundest of them, and those that leave little more."""
        left = {each: (self.left(quantity, each), len(repr(abs(each)))) for each in candidates}
        least = min(left.values())
        near = [each for each in left if left[each] != least and left[each][0] <= least[0] + 1]
        return [each for each in left if left[each] == least], near

    def left(self, quantity: Quantity, value: float) -> int:
        """What is left to explain with a value: causes, each once, and twice as much for what has none."""
        found = self.trial({**self.values, quantity: value}).findings((), self.rules)
        wrong = [each for each in found if each.verdict in (Verdict.WRONG, Verdict.FALSE_EXPRESSION)]
        told = {each.causes[0].misconception.code for each in wrong if each.causes}
        return len(told) + 2 * sum(not each.causes for each in wrong)


class Lines:
    """The lines that depend on one missing number and on no other."""

    def __init__(self, missing: Missing, trial: Trial, quantity: Quantity) -> None:
        self.missing, self.quantity, self.scene = missing, quantity, trial.naming.scene
        self.claims = list(self.telling(trial.findings((), ())))

    def telling(self, findings: Sequence[Finding]) -> Iterator[tuple[Finding, Quantity, int, dict[Quantity, float]]]:
        """Those lines, each with what was written before for the numbers that it goes on from."""
        written: dict[Quantity, float] = {}
        parts = (
            (Part.NET, Part.OUT) if self.scene.part(self.quantity) is Part.BIAS else (Part.NEW_WEIGHT, Part.NEW_BIAS)
        )
        for line, each in zip(self.missing.lines, findings, strict=True):
            about = each.meaning.quantity if each.meaning else None
            if about is None or not numbers(each.chain):
                continue
            if self.scene.part(about) in parts and self.depends(about):
                net = self.scene.twin(about, Part.NET)
                yield each, about, line, {other: value for other, value in written.items() if other not in (about, net)}
            if self.scene.part(about) is not Part.OTHER and each.meaning:
                written[about] = signed(numbers(each.chain)[-1], each.meaning.sign).value

    def depends(self, about: Quantity) -> bool:
        """Whether a quantity is known once this number is, and is not without it."""
        if layer_of(about) != layer_of(self.quantity) and self.quantity.array != "learning_rate":
            return False
        known = self.missing.values
        values = [self.value(about, {}, {}, each) for each in (0.0, 1.0)]
        return all(map(isfinite, values)) and values[0] != values[1] and self.quantity in known

    def value(self, about: Quantity, given: Mapping[Quantity, float], changed: Changed, value: float) -> float:
        """What a quantity comes to with a value of the missing number."""
        fixed = {each: constant(known) for each, known in self.missing.values.items()}
        fixed[self.quantity] = constant(value)
        account = Account(self.scene.step, self.missing.evaluate, given, {**fixed, **changed})
        return account.again(about)

    def ranges(self, changed: Changed) -> list[Range]:
        """Between which values the number must lie for each line to be right; with other formulas, of nets."""
        found: list[Range] = []
        for finding, about, line, given in self.claims:
            if changed and self.scene.part(about) is not Part.NET:
                continue
            place = about.index[-1:] if self.scene.part(about) in (Part.NET, Part.OUT) else about
            literal = literal_of(finding) if self.scene.part(about) in (Part.NET, Part.OUT) else None
            if literal is not None:
                found.append(Range(literal, literal, line, place))
                continue
            number = signed(numbers(finding.chain)[-1], finding.meaning.sign if finding.meaning else 1)
            pairs = [sorted(self.ends(about, start, changed, number)) for start in (given, {})]
            ranges = [Range(pair[0], pair[1], line, place) for pair in pairs if len(pair) == 2]
            if ranges:
                found.append(joined(ranges[0], ranges[-1]))
        return found

    def ends(
        self, about: Quantity, given: Mapping[Quantity, float], changed: Changed, number: Printed
    ) -> Iterator[float]:
        """The values with which a quantity comes to the ends of a printed number."""
        for target in (number.value - number.half, number.value + number.half):
            found = solved(lambda value: self.value(about, given, changed, value) - target)  # noqa: B023 (used at once)
            if found is not None:
                yield found

    def under_causes(self) -> dict[float, tuple[Range, ...]]:
        """The values in which more lines agree if one misconception was at work, with these, the roundest first."""
        together: dict[tuple[str, frozenset[str]], dict[Quantity, Expr]] = {}
        nets = [about for _, about, _, _ in self.claims if self.scene.part(about) is Part.NET]
        for rule in self.missing.rules:
            for net in dict.fromkeys(nets):
                for mutant in rule.mutants(self.scene, net):
                    key = rule.code, frozenset(mutant.detail.split())
                    together.setdefault(key, {}).setdefault(net, mutant.formula)
        found: dict[float, tuple[Range, ...]] = {}
        of_nets = {line for _, about, line, _ in self.claims if about in nets}
        alone = [each for each in self.ranges({}) if each.line in of_nets]
        least = max((len(each[1]) for each in agreeing(alone)), default=0)
        for changed in together.values():
            for range_, members in agreeing(self.ranges(changed)):
                value = roundest(range_.low, range_.high)
                if value is not None and len(members) > least:
                    found[value] = members
        return {each: found[each] for each in sorted(found, key=lambda value: (len(repr(value)), -len(found[value])))}


def joined(own: Range, other: Range) -> Range:
    """What a line tells from the numbers before it, and from what a calculator still had, where that is near."""
    if max(own.low, other.low) > min(own.high, other.high) + TOUCH:
        return own
    return Range(min(own.low, other.low), max(own.high, other.high), own.line, own.about)


def agreeing(ranges: Sequence[Range]) -> list[tuple[Range, tuple[Range, ...]]]:
    """Values in which lines agree: the widest agreement first, each line in the first that it fits."""
    waiting, found = list(ranges), []
    while waiting:
        best = max((together(each, waiting) for each in waiting), key=lambda one: len(one[1]))
        found.append((best[0], tuple(best[1])))
        waiting = [each for each in waiting if each not in best[1]]
    return found


def together(first: Range, others: Sequence[Range]) -> tuple[Range, list[Range]]:
    """What a range has in common with as many others as it can, taken in their order."""
    low, high, members = first.low, first.high, [first]
    for each in others:
        if each is not first and max(low, each.low) <= min(high, each.high) + TOUCH:
            low, high = max(low, each.low), min(high, each.high)
            members.append(each)
    return Range(min(low, high), max(low, high), first.line), members


def roundest(low: float, high: float) -> float | None:
    """The number of the fewest places between two; None where several are as round, or it has too many places."""
    for places in range(MOST_PLACES + 1):
        unit = 10.0**places
        first, last = ceil((low - TOUCH) * unit), floor((high + TOUCH) * unit)
        if first <= last:
            return first / unit if first == last else 0.0 if first <= 0 <= last else None
    return None


def solved(of: Callable[[float], float]) -> float | None:
    """Where a function is nothing, if it goes straight there or crosses it once between far ends."""
    start, one = of(0.0), of(1.0)
    slope = one - start
    if isfinite(slope) and slope and abs(of(2.0) - one - slope) <= 1e-9 * max(1.0, abs(slope)):
        return -start / slope
    low, high = -FAR, FAR
    below, above = of(low), of(high)
    if not (isfinite(below) and isfinite(above)) or below * above > 0:
        return None
    for step in range(MOST_STEPS):  # halved while it is far, then the false position (Illinois)
        middle = (low + high) / 2 if step < HALVINGS else (low * above - high * below) / (above - below)
        here = of(middle)
        if abs(here) <= EXACT or abs(high - low) <= EXACT:
            return middle
        if here * above < 0:
            low, below = high, above
        elif step >= HALVINGS:
            below /= 2
        high, above = middle, here
    return None


def literal_of(finding: Finding) -> float | None:
    """The number that stands for a bias in a sum of products: 0.35 in 0.15 · 0.05 + 0.20 · 0.10 + 0.35."""
    for side in finding.chain.sides:
        terms = list(summands(inside(side)))
        alone = [sign * found.value for sign, term in terms if (found := shown(term)) is not None]
        products = [term for _, term in terms if shown(term) is None and leaves(term)]
        if len(alone) == 1 and products and all(map(is_product, products)):
            return alone[0]
    return None


def inside(side: Formula) -> Formula:
    """What an activation is taken of, else the side itself; without brackets."""
    while True:
        if isinstance(side, Bracket):
            side = side.inner
        elif isinstance(side, Call) and len(side.arguments) == 1:
            side = side.arguments[0]
        else:
            return side


def summands(formula: Formula) -> Iterator[tuple[int, Formula]]:
    """The summands of a sum, each with its sign."""
    match formula:
        case Binary(operation=Operation.ADD | Operation.SUBTRACT as operation, left=left, right=right):
            yield from summands(left)
            sign = 1 if operation is Operation.ADD else -1
            yield from ((sign * inner, each) for inner, each in summands(right))
        case Bracket(inner=inner) if isinstance(inner, Number | Negate) or is_sum(inner):
            yield from summands(inner)
        case _:
            yield 1, formula


def is_sum(formula: Formula) -> bool:
    """Whether a formula is a sum."""
    return isinstance(formula, Binary) and formula.operation in (Operation.ADD, Operation.SUBTRACT)


def is_product(formula: Formula) -> bool:
    """Whether a formula is a product of two."""
    while isinstance(formula, Bracket | Negate):
        formula = formula.inner
    return isinstance(formula, Binary) and formula.operation is Operation.MULTIPLY

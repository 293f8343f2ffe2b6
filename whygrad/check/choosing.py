"""Which way of taking notes explains most of them: which version of the network, and which conventions."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Final

from whygrad.check.convention import BIASES_STAY, CONVENTIONS, Before, Convention, passed_on, under
from whygrad.check.judging.scene import Part, Scene
from whygrad.check.judging.verdict import Verdict
from whygrad.check.marker import Marker
from whygrad.check.naming import Naming
from whygrad.check.reading.claims import Claim
from whygrad.check.reading.formula import Name, leaves

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from whygrad.check.finding import Finding
    from whygrad.check.judging.misconception.record import Misconception
    from whygrad.check.judging.quantities import Evaluate, Quantities, Quantity
    from whygrad.check.reading.notes import Notes

    Chosen = tuple[Convention, ...]

MOST_VERSIONS: Final = 3  # that are tried under conventions
MOST_STARTS: Final = 2  # conventions to which others are added
MOST_CONVENTIONS: Final = 4
FACTORS: Final = ("half", "mean", "sign")  # what conventions are about that multiply the loss and the blame
CLOSE: Final = 1.0  # lines that a rival without errors may cost more
LATER_BIASES: Final = (Part.NEW_BIAS, Part.BIAS_GRADIENT)


@dataclass(frozen=True, eq=False)
class Version:
    """A network that notes may be about, as its first step and the pass after it.

    - `conventions`: how it differs from what is stated; `cost`: how much that must explain, in lines.
    - `free`: what conventions may be about at no cost, since nothing is stated of it.
    - `stated`: the line in which each number was stated, by its name, where notes state it themselves.
    - `aliases`: what names mean there that the network has otherwise, b1 where each unit has a bias.
    """

    step: Quantities
    after: Quantities | None
    conventions: Chosen = ()
    cost: float = 0.0
    free: frozenset[str] = frozenset()
    stated: Mapping[str, int] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Way:
    """A version under some conventions; `errors` are left under it, without a look at their causes."""

    trial: Trial
    chosen: Chosen
    errors: int
    cost: float

    @property
    def total(self) -> float:
        return self.errors + self.cost

    @property
    def conventions(self) -> Chosen:
        """All that differs from what is stated."""
        return (*self.trial.version.conventions, *self.chosen)


class Trial:
    """Notes held against one version of a network."""

    def __init__(self, notes: Notes, version: Version, evaluate: Evaluate, naming: Naming | None = None) -> None:
        self.notes, self.version, self.evaluate = notes, version, evaluate
        step, after = version.step, version.after
        past = None if after is None else Before(step, after, evaluate)
        known = naming or Naming.of(step, after, {**version.aliases, **notes.header.aliases})
        self.naming = known.under(step, after, past)

    def of(self, version: Version) -> Trial:
        """The same notes held against the same network with other numbers."""
        return Trial(self.notes, version, self.evaluate, self.naming)

    def named(self, chosen: Chosen) -> Naming:
        """The names under some conventions."""
        step, after = self.version.step, self.version.after
        if not chosen:
            return self.naming
        first = under(step, chosen)
        if after is None:
            return self.naming.under(first, None)
        second = passed_on(first, under(after, chosen), self.evaluate)
        return self.naming.under(first, second, Before(first, second, self.evaluate))

    def findings(self, chosen: Chosen, rules: Sequence[Misconception]) -> list[Finding]:
        """What is found of each claim."""
        marker = Marker(self.named(chosen), self.evaluate, rules, self.version.stated)
        claims = [each for each in self.notes.items if isinstance(each, Claim)]
        return [marker.mark(each, self.notes.lines[each.line - 1][: each.span.start]) for each in claims]

    @cached_property
    def plain(self) -> list[Finding]:
        """The same without any convention and without a look at causes."""
        return self.findings((), ())

    def behind_errors(self) -> set[Quantity]:
        """What errors are made of, down to what is given: a convention about anything else leaves them as they are."""
        naming = self.naming
        waiting = [each for finding in self.plain if finding.verdict.is_error for each in meant(finding, naming)]
        found: set[Quantity] = set()
        while waiting:
            quantity = waiting.pop()
            if naming.is_second(quantity):  # made by way of everything in the step before it
                return set(naming.scene.quantities)
            if quantity not in found:
                found.add(quantity)
                waiting += naming.step.leaves(naming.step.definition(quantity))
        return found

    def way(self, chosen: Chosen) -> Way:
        """How many errors are left under some conventions."""
        found = self.findings(chosen, ()) if chosen else self.plain
        errors = sum(each.verdict.is_error for each in found)
        # A version explains no more for knowing fewer names, or for leaving more numbers unjudged.
        unknown = sum(each.meaning is None or each.verdict is Verdict.UNJUDGED for each in found)
        return Way(self, chosen, errors, unknown + self.version.cost + sum(self.cost(each) for each in chosen))

    def cost(self, convention: Convention) -> float:
        """What a convention must explain; biases that nobody updates may well be meant to stay."""
        is_free = convention.about in self.version.free or (convention is BIASES_STAY and not self.updates_biases)
        return 0 if is_free else convention.cost

    @cached_property
    def updates_biases(self) -> bool:
        """Whether any line is about the gradient of a bias or its new value."""
        found = (each.meaning for each in self.plain)
        return any(each is not None and self.naming.scene.part(each.quantity) in LATER_BIASES for each in found)

    def unexplained(self, chosen: Chosen, rules: Sequence[Misconception]) -> int:
        """How many errors are left for which there is no cause."""
        found = self.findings(chosen, rules)
        return sum(each.verdict is Verdict.WRONG and not each.causes and not each.strays for each in found)


def meant(finding: Finding, naming: Naming) -> Iterator[Quantity]:
    """Every quantity that a chain may speak of."""
    if finding.meaning is not None:
        yield finding.meaning.quantity
    names = {each.text for side in finding.chain.sides for each in leaves(side) if isinstance(each, Name)}
    for name in names:
        yield from (each.quantity for each in naming.meanings(name))


def telling(step: Quantities, about: Collection[Quantity] | None = None) -> list[Convention]:
    """The conventions under which any of some quantities, or of all, is made of something else."""
    scene = Scene(step)
    some = [each for each in scene.quantities if about is None or each in about]
    return [each for each in CONVENTIONS if any(each.change(scene, one) is not None for one in some)]


def chosen_way(trials: Sequence[Trial], rules: Sequence[Misconception]) -> tuple[Way, tuple[Way, ...]]:
    """The way that leaves fewest errors, what is believed for it counted in, and its rivals that explain as much.

    One line is too little for a convention, which may be one all the same: a rival without errors is told.
    """
    plain = sorted((each.way(()) for each in trials), key=lambda way: way.total)
    found = list(plain)
    for way in plain[:MOST_VERSIONS]:
        found += with_conventions(way)
    least = min(each.total for each in found)
    best = [each for each in found if each.total == least]
    if len(best) > 1 and least:
        order = {each: (each.trial.unexplained(each.chosen, rules), left(each, plain[0])) for each in best}
        best = [each for each in best if order[each] == min(order.values())]
    close = [each for each in found if best[0].errors and not each.errors and each.total <= least + CLOSE]
    return best[0], tuple(dict.fromkeys([*best[1:], *close]))


def left(way: Way, plain: Way) -> int:
    """The errors that are left, where there is more than one without conventions: a line is too little for one."""
    return way.errors if plain.errors > 1 else 0


def with_conventions(way: Way) -> list[Way]:
    """A version under each convention, and under more of them as long as each explains more than it costs."""
    if not way.errors:
        return []
    trial = way.trial
    known = trial.version.conventions
    able = [each for each in telling(trial.version.step, trial.behind_errors()) if each not in known]
    groups = [*((each,) for each in able), *products(telling(trial.version.step))]
    found = extended(way, groups)
    for start in sorted(found, key=lambda each: each.total)[:MOST_STARTS]:
        best = start
        while best.errors and best.total <= way.total:
            more = extended(best, groups)
            found += more
            next_ = min([best, *more], key=lambda each: each.total)
            if next_ is best:
                break
            best = next_
    return list({frozenset(each.chosen): each for each in reversed(found)}.values())[::-1]


def products(able: Sequence[Convention]) -> Iterator[Chosen]:
    """Conventions that multiply the same numbers: together they may explain what none of them explains alone."""
    factors = [each for each in able if each.about in FACTORS]
    for size in range(2, len(FACTORS) + 1):
        yield from (each for each in combinations(factors, size) if len({one.about for one in each}) == size)


def extended(way: Way, groups: Sequence[Chosen]) -> list[Way]:
    """A way with one more convention, or with some that belong together, about something else."""
    known = {each.about for each in way.conventions}
    fitting = [each for each in groups if known.isdisjoint(one.about for one in each)]
    return [way.trial.way((*way.chosen, *each)) for each in fitting if len(way.chosen) + len(each) <= MOST_CONVENTIONS]

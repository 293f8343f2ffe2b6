"""Notes and a step become marks: one verdict for each claim, with what is right and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from whygrad.check.convention import CONVENTIONS, Convention, World, under
from whygrad.check.judging.account import Account
from whygrad.check.judging.misconception import MISCONCEPTIONS
from whygrad.check.judging.scene import Part, Scene, layer_of, part_of
from whygrad.check.judging.verdict import Verdict
from whygrad.check.marker import Marker
from whygrad.check.naming import Naming
from whygrad.check.reading.claims import Claim
from whygrad.check.reading.formula import Name, leaves, plain_chain
from whygrad.check.reading.spelling import unscripted
from whygrad.graph import constant

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from whygrad.check.finding import Finding
    from whygrad.check.judging.misconception.record import Misconception
    from whygrad.check.judging.quantities import Evaluate, Quantities, Quantity
    from whygrad.check.judging.verdict import Cause
    from whygrad.check.reading.claims import Item, Overrule
    from whygrad.check.reading.formula import Chain
    from whygrad.check.reading.notes import Notes
    from whygrad.graph import Expr
    from whygrad.graph.element import Index

    Key = tuple[str, frozenset[str]]
    Chosen = tuple[Convention, ...]


@dataclass(frozen=True, eq=False)
class Mark:
    """A claim, or what could not be read, with its verdict; `text` is what was written.

    - `finding`: what was found of it, None where it was not read.
    - `as_in`: the earlier line in which the same was made.
    - `overrule`: what a person says of it against the mark, which stays visible.
    """

    item: Item
    text: str
    verdict: Verdict
    finding: Finding | None = None
    as_in: int | None = None

    @property
    def line(self) -> int:
        return self.item.line

    @property
    def overrule(self) -> Overrule | None:
        return self.item.overrule

    @property
    def is_error(self) -> bool:
        """Whether it counts as an error: a person's word, where there is one, is the last."""
        if self.overrule is not None:
            return self.overrule.mark.casefold() in ("wrong", "false", "error")
        return self.verdict.is_error


@dataclass(frozen=True, eq=False)
class Marked:
    """Marked notes.

    - `conventions`: those they were marked under, where they differ from the network's; `rivals`: other sets of
      conventions that explain as much.
    """

    notes: Notes
    marks: tuple[Mark, ...]
    conventions: tuple[Convention, ...] = ()
    rivals: tuple[tuple[Convention, ...], ...] = ()
    has_network: bool = True

    @property
    def errors(self) -> tuple[Mark, ...]:
        """The marks that count as errors; what only follows from one is none."""
        return tuple(each for each in self.marks if each.is_error)

    def count(self, *verdicts: Verdict) -> int:
        """How many marks have one of these verdicts."""
        return sum(each.verdict in verdicts for each in self.marks)


def mark(
    notes: Notes,
    step: Quantities | None,
    evaluate: Evaluate,
    after: Quantities | None = None,
    rules: Sequence[Misconception] = MISCONCEPTIONS,
) -> Marked:
    """Mark notes against a step, and what follows its update against the step `after` it; else only their arithmetic.

    Numbers are judged under the conventions that explain the most of them with the fewest changes.
    """
    if step is None:
        return Marked(notes, marks_of(notes, Marker(None, evaluate, ())), has_network=False)
    naming = Naming.of(step, after, notes.header.aliases)

    def findings(chosen: Chosen, rules: Sequence[Misconception]) -> tuple[Mark, ...]:
        first = under(step, chosen)
        changed = naming.under(
            first, None if after is None else passed_on(first, under(after, chosen), evaluate, chosen)
        )
        return marks_of(notes, Marker(changed, evaluate, rules))

    plain = findings((), ())
    useful = telling(step, behind(plain, naming))
    chosen, rivals = conventions(useful, lambda some: errors_in(findings(some, ()) if some else plain))
    return Marked(notes, shared(findings(chosen, rules)), chosen, rivals)


def passed_on(step: Quantities, after: Quantities, evaluate: Evaluate, chosen: Chosen) -> Quantities:
    """The step after another, with the parameters that the conventions of the first lead to."""
    if not chosen:
        return after
    account, new = Account(step, evaluate), {part_and_place(each): each for each in step.every()}
    changed: dict[Quantity, Expr] = {}
    for each in after.every():
        part, place = part_and_place(each)
        later = {Part.WEIGHT: Part.NEW_WEIGHT, Part.BIAS: Part.NEW_BIAS}.get(part)
        if later is not None and (later, place) in new:
            changed[each] = constant(account.value(new[later, place]))
    return World(after, changed)


def part_and_place(quantity: Quantity) -> tuple[Part, tuple[str, Index]]:
    """What tells a quantity from the others of a step."""
    return part_of(quantity), (layer_of(quantity), quantity.index)


def conventions(some: Sequence[Convention], errors: Callable[[Chosen], int]) -> tuple[Chosen, tuple[Chosen, ...]]:
    """The conventions under which fewest errors are left, those that are believed at a cost counted in; and rivals."""
    scores: dict[Chosen, int] = {(): errors(())}
    if not scores[()]:
        return (), ()
    for each in some:
        scores[each,] = errors((each,)) + each.cost
    useful = [some[0] for some, score in scores.items() if some and score - some[0].cost < scores[()]]
    for pair in combinations(useful, 2):
        if pair[0].about != pair[1].about:
            scores[pair] = errors(pair) + sum(each.cost for each in pair)
    best = min(scores.values())
    chosen, *others = [some for some, score in scores.items() if score == best]
    return chosen, tuple(others)


def telling(step: Quantities, about: Collection[Quantity]) -> list[Convention]:
    """The conventions under which any of some quantities is made of something else."""
    scene = Scene(step)
    some = [each for each in scene.quantities if each in about]
    return [each for each in CONVENTIONS if any(each.change(scene, one) is not None for one in some)]


def behind(marks: Sequence[Mark], naming: Naming) -> set[Quantity]:
    """What errors are made of, down to what is given: a convention about anything else leaves them as they are."""
    waiting: list[Quantity] = []
    for each in marks:
        if each.verdict.is_error and each.finding is not None:
            waiting += meant(each.finding, naming)
    found: set[Quantity] = set()
    while waiting:
        quantity = waiting.pop()
        if naming.is_second(quantity):  # made by way of everything in the step before it
            return set(naming.scene.quantities)
        if quantity not in found:
            found.add(quantity)
            waiting += naming.step.leaves(naming.step.definition(quantity))
    return found


def meant(finding: Finding, naming: Naming) -> Iterator[Quantity]:
    """Every quantity that a chain may speak of."""
    if finding.meaning is not None:
        yield finding.meaning.quantity
    names = {each.text for side in finding.chain.sides for each in leaves(side) if isinstance(each, Name)}
    for name in names:
        yield from (each.quantity for each in naming.meanings(name))


def errors_in(marks: Sequence[Mark]) -> int:
    """How many of the marks are errors."""
    return sum(each.verdict.is_error for each in marks)


def marks_of(notes: Notes, marker: Marker) -> tuple[Mark, ...]:
    """The marks of every item, in order."""
    found: list[Mark] = []
    for item in notes.items:
        if isinstance(item, Claim):
            finding = marker.mark(item, notes.lines[item.line - 1][: item.span.start])
            text = written(notes, item)
            found.append(Mark(item, untexed(text, finding.chain), finding.verdict, finding))
        else:
            found.append(Mark(item, written(notes, item), Verdict.UNFILLED if item.is_blank else Verdict.UNREAD))
    return tuple(found)


def written(notes: Notes, item: Item) -> str:
    """What an item says in the notes' own words, on one line."""
    span = item.span
    lines = [notes.lines[number - 1] for number in range(span.line, span.until + 1)]
    lines[-1] = lines[-1][: span.end]
    lines[0] = lines[0][span.start :]
    text = " ".join(" ".join(lines).replace("|", " ").split())
    cell = item.cell if isinstance(item, Claim) else None
    return f"{cell.column} of {cell.row}: {text}" if cell else text


def untexed(text: str, chain: Chain) -> str:
    """What is written in TeX, as one would type it; other text as it is."""
    if "\\" not in text:
        return text
    plainer = plain_chain(chain)
    names = {each.text: each for side in chain.sides for each in leaves(side) if isinstance(each, Name)}
    for name in sorted(names, key=len, reverse=True):
        likeliest = names[name].spellings[0]
        plainer = plainer.replace(name, likeliest.canonical if likeliest.by else unscripted(name))
    return plainer


def shared(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """The marks, each with the cause first that explains most lines, and with the line in which it was made before."""
    every = [each.finding for each in marks if each.finding is not None]
    many = Counter(key for each in every for key in {key_of(cause) for cause in (*each.causes, *each.borne_out)})
    seen: dict[Key, int] = {}
    found: list[Mark] = []
    for each in marks:
        finding = each.finding
        if finding is None or not finding.causes:
            found.append(each)
            continue
        causes = finding.causes
        if not finding.together:
            causes = tuple(sorted(causes, key=lambda cause: -many[key_of(cause)]))
        first = key_of(causes[0])
        found.append(replace(each, finding=replace(finding, causes=causes), as_in=seen.get(first)))
        seen.setdefault(first, each.line)
    return tuple(found)


def key_of(cause: Cause) -> Key:
    """What makes two causes the same one: the misconception and what it is made with, in whatever order."""
    return cause.misconception.code, frozenset(cause.detail.split())

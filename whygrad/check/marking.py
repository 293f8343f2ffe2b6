"""Notes and a step become marks: one verdict for each claim, with what is right and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from whygrad.check.choosing import Trial, Version, chosen_way
from whygrad.check.convention import MINUS
from whygrad.check.judging.misconception import MISCONCEPTIONS
from whygrad.check.judging.scene import Part
from whygrad.check.judging.verdict import Verdict
from whygrad.check.marker import Marker
from whygrad.check.reading.claims import Claim
from whygrad.check.reading.formula import Name, leaves, plain_chain
from whygrad.check.reading.spelling import unscripted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whygrad.check.choosing import Way
    from whygrad.check.convention import Convention
    from whygrad.check.finding import Finding
    from whygrad.check.judging.misconception.record import Misconception
    from whygrad.check.judging.quantities import Evaluate, Quantities
    from whygrad.check.judging.scene import Scene
    from whygrad.check.judging.verdict import Cause
    from whygrad.check.reading.claims import Item, Overrule
    from whygrad.check.reading.formula import Chain
    from whygrad.check.reading.notes import Notes

    Key = tuple[str, frozenset[str]]


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
      conventions that explain as much. `way`: what they were held against.
    - `said`: what else there is to say of the network, in sentences: what was inferred.
    """

    notes: Notes
    marks: tuple[Mark, ...]
    conventions: tuple[Convention, ...] = ()
    rivals: tuple[tuple[Convention, ...], ...] = ()
    has_network: bool = True
    way: Way | None = None
    said: tuple[str, ...] = ()

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
    others: Sequence[Version] = (),
) -> Marked:
    """Mark notes against a step, and what follows its update against the step `after` it; else only their arithmetic.

    Numbers are judged under the conventions that explain the most of them with the fewest changes; `others` are
    further versions of the network that notes may be about.
    """
    if step is None:
        marker = Marker(None, evaluate, ())
        return Marked(notes, marks_of(notes, [marker.mark(each) for each in notes.claims]), has_network=False)
    return marked_as(notes, [Version(step, after), *others], evaluate, rules)


def marked_as(
    notes: Notes, versions: Sequence[Version], evaluate: Evaluate, rules: Sequence[Misconception] = MISCONCEPTIONS
) -> Marked:
    """Mark notes against the version of a network that explains most of them."""
    way, rivals = chosen_way([Trial(notes, each, evaluate) for each in versions], rules)
    marks = shared(marks_of(notes, way.trial.findings(way.chosen, rules)))
    signs = (MINUS,) if has_minus(marks, way.trial.naming.scene) else ()
    # One that only believes more is no rival, unless it leaves fewer errors.
    able = [each for each in rivals if each.errors < way.errors or not set(each.conventions) >= set(way.conventions)]
    others = tuple(each.conventions for each in able)
    return Marked(notes, marks, (*way.conventions, *signs), tuple(dict.fromkeys(others)), way=way)


def has_minus(marks: Sequence[Mark], scene: Scene) -> bool:
    """Whether a delta is right only as the negative of a derivative."""
    found = (each.finding for each in marks if not each.verdict.is_error)
    meant = [each.meaning for each in found if each is not None and each.meaning is not None]
    return any(each.sign < 0 and scene.part(each.quantity) in (Part.NET_BLAME, Part.OUT_BLAME) for each in meant)


def marks_of(notes: Notes, findings: Sequence[Finding]) -> tuple[Mark, ...]:
    """The marks of every item, in order; `findings` are those of the claims."""
    found: list[Mark] = []
    waiting = iter(findings)
    for item in notes.items:
        if isinstance(item, Claim):
            finding = next(waiting)
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
        plainer = plainer.replace(name, likeliest.layered if likeliest.by else unscripted(name))
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

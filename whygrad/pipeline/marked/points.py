"""A mark scheme with follow-through: what each claim is worth, read from its verdict and from nothing else.

M is for method, A for accuracy of what is worked out, B for a number without working; ft says follow-through. A number
of the exercise that is misread (MR) costs one point, once: what is worked out with it earns its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from whygrad.check.judging.scene import Part, part_of
from whygrad.check.judging.verdict import Verdict
from whygrad.check.reading.formula import Name, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whygrad.check.finding import Finding
    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.links import Held
    from whygrad.check.marking import Mark, Marked

GIVEN: Final = (Part.INPUT, Part.TARGET, Part.WEIGHT, Part.BIAS)
FULL: Final = (Verdict.RIGHT, Verdict.ROUNDING, Verdict.LAST_DIGIT, Verdict.FOLLOWS)
EQUAL: Final = 1e-9  # of a number: what is written gives it
KEY: Final = "M method, A accuracy, B a number without working, ft follow-through, MR misread."
MISREAD: Final = "misread; what is worked out with it is followed through"


@dataclass(frozen=True)
class Point:
    """Points of one letter: how many of how many were earned."""

    letter: str
    earned: int
    of: int = 1
    follows: bool = False

    def __str__(self) -> str:
        return f"{self.letter}{self.earned}{'ft' if self.follows and self.earned else ''}"


@dataclass(frozen=True)
class Points:
    """What a claim earned, and why it was not all, or not by its own number."""

    parts: tuple[Point, ...] = ()
    reason: str = ""

    def __str__(self) -> str:
        return " ".join(map(str, self.parts))

    @property
    def earned(self) -> int:
        return sum(each.earned for each in self.parts)

    @property
    def of(self) -> int:
        return sum(each.of for each in self.parts)

    def __add__(self, other: Points) -> Points:
        """Both together, letter by letter."""
        parts = {each.letter: each for each in self.parts}
        for each in other.parts:
            known = parts.get(each.letter, Point(each.letter, 0, 0))
            parts[each.letter] = Point(
                each.letter, known.earned + each.earned, known.of + each.of, known.follows or each.follows
            )
        return Points(tuple(parts.values()), self.reason or other.reason)


NONE: Final = Points()


@dataclass(frozen=True)
class Scheme:
    """The points of every mark, in the order of the marks; `by_hand`: lines that somebody has to look at."""

    points: tuple[Points, ...]
    by_hand: tuple[int, ...] = ()

    @property
    def total(self) -> Points:
        """All of them together."""
        return replace(sum(self.points, NONE), reason="")

    @property
    def earned(self) -> int:
        """What was earned in all, never less than nothing."""
        return max(self.total.earned, 0)

    def told(self) -> str:
        """The total in words, and what the letters mean."""
        total = self.total
        parts = ", ".join(f"{each.letter} {each.earned}{f' of {each.of}' if each.of else ''}" for each in total.parts)
        told = f"Points: {self.earned} of {total.of}" + (f" ({parts})." if parts else ".")
        if self.by_hand:
            lines = f"line{'s' if len(self.by_hand) > 1 else ''} {', '.join(map(str, self.by_hand))}"
            told += f" Not counted, to be marked by hand: {lines}."
        return f"{told} {KEY}"


def scheme_of(marked: Marked) -> Scheme:
    """The points of marked notes."""
    seen: set[Quantity] = set()
    points = []
    for mark in marked.marks:
        points.append(points_of(mark, is_copy=subject(mark) in seen))
        if (quantity := subject(mark)) is not None:
            seen.add(quantity)
    by_hand = {
        each.line for each, found in zip(marked.marks, points, strict=True) if not found.of and is_for_a_person(each)
    }
    return Scheme(tuple(points), tuple(sorted(by_hand)))


def subject(mark: Mark) -> Quantity | None:
    """The quantity that a claim is about."""
    meaning = mark.finding.meaning if mark.finding else None
    return meaning.quantity if meaning else None


def is_for_a_person(mark: Mark) -> bool:
    """Whether something was worked out that the checker could not judge."""
    return mark.finding is None or (mark.verdict is Verdict.UNJUDGED and is_worked(mark.finding))


def points_of(mark: Mark, *, is_copy: bool = False) -> Points:
    """The points of one mark; a number that is only written once more has none."""
    letters = letters_of(mark, is_copy=is_copy)
    if mark.is_error and (quantity := subject(mark)) is not None and is_given(quantity) and not letters:
        return Points((Point("MR", -1, 0),), MISREAD)
    if mark.overrule is not None:
        earned = int(not mark.is_error)
        return Points(tuple(Point(each, earned) for each in letters), f"overruled as {mark.overrule.mark}")
    if not letters or mark.finding is None:
        return NONE
    method, value, reason = earned_by(mark.verdict, mark.finding)
    follows = mark.verdict is Verdict.FOLLOWS or bool(value and mark.finding.since)
    given = {
        "M": Point("M", int(method)),
        "A": Point("A", int(value), 1, follows),
        "B": Point("B", int(value), 1, follows),
    }
    return Points(tuple(given[each] for each in letters), reason)


def letters_of(mark: Mark, *, is_copy: bool) -> str:
    """What there is to earn: by how a claim is written, not by whether it is right."""
    finding = mark.finding
    if finding is None:
        return "B" if mark.overrule else ""
    if mark.verdict is Verdict.UNJUDGED and mark.overrule is None:
        return ""
    if is_worked(finding):
        return "MA"
    quantity = subject(mark)
    return "" if quantity is None or is_given(quantity) or is_copy else "B"


def is_worked(finding: Finding) -> bool:
    """Whether a claim shows how its number is made."""
    return any(shown(side) is None and not isinstance(side, Name) for side in finding.chain.sides)


def is_given(quantity: Quantity) -> bool:
    """Whether the exercise gives a quantity: there is nothing to work out."""
    return part_of(quantity) in GIVEN or quantity.array == "learning_rate"


def earned_by(verdict: Verdict, finding: Finding) -> tuple[bool, bool, str]:
    """Whether the method and the value are earned, and what there is to say of it."""
    if verdict in FULL:
        return True, True, reason_of(verdict, finding)
    if verdict is Verdict.FALSE_EXPRESSION:
        return False, True, "the value is right, its working is not"
    if is_worked(finding) and shows_method(finding):
        return True, False, "the method is right, the number is not"
    return False, False, "neither the method nor the number is right" if is_worked(finding) else "the number is wrong"


def reason_of(verdict: Verdict, finding: Finding) -> str:
    """Why points are full where the number is not the true one."""
    if verdict is Verdict.FOLLOWS:
        return f"follow-through from line {finding.since}" if finding.since else "follow-through"
    return "a last digit costs nothing" if verdict is Verdict.LAST_DIGIT else ""


def shows_method(finding: Finding) -> bool:
    """Whether what is written is worth what it should be, whatever was printed beside it."""
    targets = [each for each in (finding.right, finding.expected) if each is not None]
    return any(gives(held, target) for held in worked(finding.links) for target in targets)


def worked(links: Sequence[Held]) -> list[Held]:
    """The links whose left side is more than a number."""
    return [each for each in links if shown(each.link.left) is None]


def gives(held: Held, target: float) -> bool:
    """Whether the left side of a link is worth a number, within its own rounding."""
    return abs(held.left - target) <= held.drift + EQUAL * abs(target)

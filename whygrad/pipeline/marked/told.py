"""What is said beside each mark: all that was found, or hints alone, with points for a teacher."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from whygrad.check.judging.verdict import Verdict
from whygrad.pipeline.marked.hints import hints_of
from whygrad.pipeline.marked.points import Points, Scheme, scheme_of
from whygrad.pipeline.marked.words import SIGNS, WORDS, about, counted, from_person, reasons, right_value, unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from whygrad.check.marking import Mark, Marked
    from whygrad.pipeline.marked.truth import Truth

PLAIN: Final = (Verdict.RIGHT, Verdict.UNJUDGED)


@dataclass(frozen=True, eq=False)
class Remark:
    """A mark with what stands beside it; `right` is the value that should be there, `points` what it earned."""

    mark: Mark
    text: str
    right: str = ""
    reasons: tuple[str, ...] = ()
    points: Points | None = None

    @property
    def line(self) -> int:
        return self.mark.line

    @property
    def sign(self) -> str:
        return SIGNS[self.mark.verdict]

    @property
    def word(self) -> str:
        return WORDS[self.mark.verdict]

    @property
    def of_right(self) -> str:
        """What the value beside it is called."""
        return "unrounded" if self.mark.verdict is Verdict.ROUNDING else "right"

    @property
    def kind(self) -> str:
        """How it counts: "error", "right", "slip", "quiet" where it was not judged."""
        if self.mark.is_error:
            return "error"
        if self.mark.verdict is Verdict.UNJUDGED:
            return "quiet"
        return "right" if self.mark.verdict in (Verdict.RIGHT, Verdict.ROUNDING) else "slip"


@dataclass(frozen=True, eq=False)
class Told:
    """Marked notes with all that is said of them.

    - `level`: of the hints that stand for what is right, 0 where all is said; `scheme`: the points, for a teacher.
    """

    marked: Marked
    network: str
    remarks: tuple[Remark, ...]
    level: int = 0
    scheme: Scheme | None = None

    @property
    def about(self) -> str:
        return about(self.marked, self.network)

    @property
    def counted(self) -> str:
        return counted(self.marked)

    @property
    def summary(self) -> tuple[str, ...]:
        """How many errors there are, and the points."""
        return (self.counted,) if self.scheme is None else (self.counted, self.scheme.told())


def told(marked: Marked, network: str, truth: Truth, *, level: int = 0, teacher: bool = False) -> Told:
    """What is said of marked notes."""
    scheme = scheme_of(marked) if teacher else None
    remarks = [hinted(each, level, truth) if level else full(each) for each in marked.marks]
    if scheme is not None:
        remarks = [with_points(each, points) for each, points in zip(remarks, scheme.points, strict=True)]
    return Told(marked, network, tuple(remarks), level, scheme)


def full(mark: Mark) -> Remark:
    """A mark with all that was found."""
    return Remark(mark, mark.text, right_value(mark), tuple(reasons(mark)))


def hinted(mark: Mark, level: int, truth: Truth) -> Remark:
    """A mark with hints."""
    return Remark(mark, mark.text, "", (*unread(mark), *hints_of(mark, level, truth), *from_person(mark)))


def with_points(remark: Remark, points: Points) -> Remark:
    """A remark with its points, and why they are not all."""
    if not points.reason:
        return replace(remark, points=points)
    said = f"{points.earned} of {points.of}: {points.reason}." if points.of else f"{points.earned}: {points.reason}."
    return replace(remark, points=points, reasons=(*remark.reasons, said))


def together(remarks: Sequence[Remark]) -> Iterator[Remark]:
    """The remarks, of which those on one line that are right, or not judged, without a word are one."""
    waiting: Remark | None = None
    for each in remarks:
        plain = each.mark.verdict in PLAIN and not each.reasons
        if waiting is not None and plain and (waiting.line, waiting.word) == (each.line, each.word):
            waiting = joined(waiting, each)
            continue
        if waiting is not None:
            yield waiting
        waiting = each if plain else None
        if not plain:
            yield each
    if waiting is not None:
        yield waiting


def joined(one: Remark, other: Remark) -> Remark:
    """Two remarks as one."""
    points = None if one.points is None or other.points is None else one.points + other.points
    return replace(one, text=f"{one.text}, {other.text}", points=points)

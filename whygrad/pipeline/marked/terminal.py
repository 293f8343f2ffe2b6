"""Marked notes as lines for a terminal: mark and word, what was written, the right value, and why."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from whygrad.check.reading.claims import Claim
from whygrad.pipeline.marked.told import Remark, Told, together
from whygrad.pipeline.marked.words import digits_of, widest

if TYPE_CHECKING:
    from collections.abc import Iterator

NARROWEST: Final = 40
GAP: Final = 2


@dataclass(frozen=True)
class Line:
    """A line, and what it is: "title", "heading", "quiet", "error", "slip", "right", "why", "count"."""

    text: str
    kind: str = "right"


def lines_of(told: Told, width: int) -> list[Line]:
    """Marked notes as lines."""
    width = max(width, NARROWEST)
    return [
        Line(told.marked.notes.place, "title"),
        *(Line(text, "quiet") for text in wrap(told.about, width)),
        *marks_under_headings(told, width),
        Line(""),
        *(Line(text, "count") for each in told.summary for text in wrap(each, width)),
    ]


def marks_under_headings(told: Told, width: int) -> Iterator[Line]:
    """The marks in their order, each below the heading that it stands under in the notes."""
    heading: str | None = None
    margin = digits_of(max((each.line for each in told.remarks), default=1))
    remarks = list(together(told.remarks))
    points = max((len(str(each.points)) for each in remarks if each.points is not None), default=0)
    for remark in remarks:
        item = remark.mark.item
        above = item.heading if isinstance(item, Claim) else heading or ""
        if above != heading:
            yield Line("")
            if above:
                yield Line(above, "heading")
            heading = above
        yield from of_remark(remark, margin, points, width)


def of_remark(remark: Remark, margin: int, points: int, width: int) -> Iterator[Line]:
    """One mark: what was written, and below it what is right and why."""
    before = f"{remark.line:>{margin}}  {remark.sign} {remark.word:<{widest()}}{' ' * GAP}"
    if points:
        before += f"{remark.points!s:<{points}}{' ' * GAP}"
    indent = " " * len(before)
    first, *rest = wrapped(remark.text, width - len(indent)) or [""]
    yield Line(before + first, remark.kind)
    yield from (Line(f"{indent}  {text}", remark.kind) for text in rest)
    if remark.right:
        yield Line(f"{indent}{remark.of_right}: {remark.right}", "why")
    for reason in remark.reasons:
        for number, text in enumerate(wrapped(reason, width - len(indent))):
            yield Line(f"{indent}{'  ' if number else ''}{text}", "why")


def wrapped(text: str, width: int) -> list[str]:
    """A text broken between words; further lines leave room for two blanks."""
    return wrap(text, width - 2 if len(text) > width else width, break_on_hyphens=False)

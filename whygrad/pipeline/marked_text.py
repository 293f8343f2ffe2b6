"""Marked notes as lines for a terminal: mark and word, what was written, the right value, and why."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from whygrad.check.judging.verdict import Verdict
from whygrad.check.reading.claims import Claim
from whygrad.pipeline.marked_words import (
    SIGNS,
    WORDS,
    about,
    counted,
    digits_of,
    reasons,
    right_value,
    together,
    widest,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.marking import Mark, Marked

NARROWEST: Final = 40
GAP: Final = 2


@dataclass(frozen=True)
class Line:
    """A line, and what it is: "title", "heading", "quiet", "error", "slip", "right", "why", "count"."""

    text: str
    kind: str = "right"


def lines_of(marked: Marked, network: str, width: int) -> list[Line]:
    """Marked notes as lines."""
    width = max(width, NARROWEST)
    return [
        Line(marked.notes.place, "title"),
        *(Line(text, "quiet") for text in wrap(about(marked, network), width)),
        *marks_under_headings(marked, width),
        Line(""),
        *(Line(text, "count") for text in wrap(counted(marked), width)),
    ]


def marks_under_headings(marked: Marked, width: int) -> Iterator[Line]:
    """The marks in their order, each below the heading that it stands under in the notes."""
    heading: str | None = None
    margin = digits_of(max((each.line for each in marked.marks), default=1))
    for mark in together(marked.marks):
        above = mark.item.heading if isinstance(mark.item, Claim) else heading or ""
        if above != heading:
            yield Line("")
            if above:
                yield Line(above, "heading")
            heading = above
        yield from of_mark(mark, margin, width)


def of_mark(mark: Mark, margin: int, width: int) -> Iterator[Line]:
    """One mark: what was written, and below it what is right and why."""
    kind = "error" if mark.is_error else "right" if mark.verdict in (Verdict.RIGHT, Verdict.ROUNDING) else "slip"
    before = f"{mark.line:>{margin}}  {SIGNS[mark.verdict]} {WORDS[mark.verdict]:<{widest()}}{' ' * GAP}"
    indent = " " * len(before)
    first, *rest = wrapped(mark.text, width - len(indent)) or [""]
    yield Line(before + first, kind)
    yield from (Line(f"{indent}  {text}", kind) for text in rest)
    if value := right_value(mark):
        word = "unrounded" if mark.verdict is Verdict.ROUNDING else "right"
        yield Line(f"{indent}{word}: {value}", "why")
    for reason in reasons(mark):
        for number, text in enumerate(wrapped(reason, width - len(indent))):
            yield Line(f"{indent}{'  ' if number else ''}{text}", "why")


def wrapped(text: str, width: int) -> list[str]:
    """A text broken between words; further lines leave room for two blanks."""
    return wrap(text, width - 2 if len(text) > width else width, break_on_hyphens=False)

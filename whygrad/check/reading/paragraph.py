"""Lines of a paragraph are read together, so that a chain may go on in the next line."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from whygrad.check.reading.claims import Item, Unread, claimed
from whygrad.check.reading.formula import Span
from whygrad.check.reading.parsing import MOST_PIECES
from whygrad.check.reading.piece import ENDS, INFIX, STARTS, Piece
from whygrad.check.reading.runs import runs
from whygrad.check.reading.scan import Scanner
from whygrad.check.reading.vocabulary import PLAIN, Manner

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LONGEST: Final = 2_000
NEAR: Final = 6  # pieces looked back at the end of a line
COMMA: Final = re.compile(r"(?<![\w.,(])(?:0,\d+|\d+,\d\d|\d+,\d{4,})(?![\d.,])")  # 1,000 is a thousand
TRIGGER: Final = re.compile(
    r"[=≈≃≅\u223c~→←≡≔➜➔⟶:$]|->|\\(?:approx|sim|to\b|rightarrow|gets|begin|end|\[|\])|learning|\blr\b|momentum|target|equals|<-",
    re.IGNORECASE,
)
PREFIX: Final = re.compile(
    r"\s*(?:>\s*)*(?:#{1,6}\s+|[-*+•–◦▪]\s+(?:\[[ xX]\]\s+)?"
    r"|\d{1,3}[.)]\s+|\(\w{1,3}\)\s+(?=[^\W\d]|[\\$])|[a-z][.)]\s+)*"
)
STEP: Final = re.compile(r"\s*(?:>\s*)*[-*+]\s")
WORDED: Final = frozenset({",", ".", "\n", ""})


class Paragraphs:
    """Reads one paragraph after another; knows whether a formula on lines of its own is open."""

    def __init__(self, manner: Manner = PLAIN) -> None:
        self.manner = manner
        self.display = False

    def read(self, lines: Iterable[tuple[int, str]]) -> Iterator[Item]:
        """The claims of a paragraph, and what of it cannot be read."""
        pieces: list[Piece] = []
        column = 1_000_000
        for number, text in lines:
            if len(text) > LONGEST:
                if TRIGGER.search(text):
                    yield too_long(number, text)
                pieces.append(stop(number, 0))
                continue
            if not self.manner.decimal_comma and (comma := decimal_comma(number, text)):
                yield comma
                pieces.append(stop(number, 0))
                continue
            inside = self.display
            open_end = bool(pieces) and pieces[-1].kind in INFIX | {"RELATION"}
            found = self.line(number, text, column) if open_end or self.may_claim(text) else plain_line(number, text)
            if inside and is_rest_of_row(text, found):
                pieces = [*without_ends(pieces), replace(found[0], gap=1), *found[1:]]
            else:
                pieces.extend(begun(number, found, inside=inside) if pieces else found)
            column = next(
                (p.span.start for p in reversed(found) if p.kind == "RELATION"), column if found else 1_000_000
            )
        for run in runs(continued(pieces), self.manner.about):
            yield from claimed(run, self.manner)

    def may_claim(self, text: str) -> bool:
        """Whether a line has a sign of a claim, or may go on with one."""
        return (
            self.display
            or bool(TRIGGER.search(text))
            or text.lstrip()[:1] in tuple("*+-/×·−")
            or text.rstrip()[-1:] in tuple("=+*-")
        )

    def line(self, number: int, text: str, column: int) -> list[Piece]:
        """The pieces of one line, without the mark of a list: `column` is where the last relation stood."""
        indent = len(text) - len(text.lstrip())
        start = 0 if self.display or (indent >= column > 0 and STEP.match(text)) else prefix_end(text)
        scanner = Scanner(text, number, self.manner, maths=self.display, start=start)
        scanner.display = self.display
        found = scanner.scan()
        self.display = scanner.display
        return found


def begun(number: int, found: list[Piece], *, inside: bool) -> list[Piece]:
    """The pieces of a line with what parts it from the line before: a wide gap inside a formula, else an end."""
    if inside and found:
        return [replace(found[0], gap=found[0].gap + 4), *found[1:]]
    return [stop(number, 0), *found] if found else []


def is_rest_of_row(text: str, found: Sequence[Piece]) -> bool:
    """Whether a row of aligned formulas goes on with the side above it: "& - ..." stands behind its relation."""
    return text.lstrip().startswith("&") and bool(found) and found[0].kind in INFIX


def without_ends(pieces: list[Piece]) -> list[Piece]:
    """The pieces without the ends of rows behind a formula that may go on."""
    last = next((place for place, piece in enumerate(reversed(pieces)) if piece.kind != "STOP"), 0)
    before = pieces[: len(pieces) - last]
    return before if before and before[-1].kind in ENDS else pieces


def stop(number: int, column: int) -> Piece:
    """The end of a line."""
    return Piece("STOP", "\n", Span(number, column, column))


def plain_line(number: int, text: str) -> list[Piece]:
    """A line in which nothing can be a claim; numbers and names at its start may go on with one."""
    return [Piece("WORD", "…", Span(number, 0, len(text)))] if text.strip() else []


def prefix_end(text: str) -> int:
    """Where the mark of a list, of a quotation or of a heading ends."""
    found = PREFIX.match(text)
    return found.end() if found else 0


def too_long(number: int, text: str) -> Unread:
    """A line that is longer than a person writes."""
    reason = f"too long: the line has {len(text):,} characters, and lines up to {LONGEST:,} are read"
    return Unread(number, Span(number, 0, len(text)), reason, text[:60])


def decimal_comma(number: int, text: str) -> Unread | None:
    """A line whose numbers have commas where ours have points, if it looks like one: 0,15 is no 0 and no 15."""
    found = COMMA.search(text) if TRIGGER.search(text) else None
    if found is None or (len(found[0]) == len("0,5") and "," in text[: found.start()]):
        return None
    reason = f"{found[0]} may be a decimal: put decimal_comma = true between two lines of +++ at the top, or use points"
    return Unread(number, Span(number, 0, len(text)), reason, text.strip()[:60])


def continued(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces without the ends of lines at which a chain goes on."""
    found: list[Piece] = []
    for place, piece in enumerate(pieces):
        following = pieces[place + 1 : place + 3]
        if piece.text == "\n" and piece.kind == "STOP" and goes_on(found, following):
            while found and found[-1].kind in ("STOP", "COMMA") and found[-1].text in WORDED:
                found.pop()
            continue
        found.append(piece)
    return found


def goes_on(before: Sequence[Piece], after: Sequence[Piece]) -> bool:
    """Whether a chain goes on behind the end of a line."""
    if not before or not after:
        return False
    if after[0].kind == "STOP" and after[0].text == "\n":
        return True  # of several ends one counts
    last = next((piece for piece in reversed(before[-NEAR:]) if piece.text not in WORDED), before[-1])
    if after[0].kind == "RELATION":
        return last.kind in ENDS
    if last.kind in INFIX | {"RELATION"}:
        equation = after[0].kind in ("NAME", "QUANTITY") and len(after) > 1 and after[1].kind == "RELATION"
        return after[0].kind in STARTS | {"MINUS"} and not equation
    return last.kind in ENDS and after[0].kind in INFIX and is_below(before, after[0])


def is_below(before: Sequence[Piece], sign: Piece) -> bool:
    """Whether a sign stands below or behind the last relation, so that it goes on with that side."""
    relation = next((piece for piece in reversed(before[-MOST_PIECES:]) if piece.kind == "RELATION"), None)
    return relation is not None and sign.span.start >= relation.span.start


def read_line(text: str, line: int = 1, manner: Manner = PLAIN) -> tuple[Item, ...]:
    """What one line claims, and what of it cannot be read; never an exception.

    >>> [claim] = read_line("so net_H1 = 0.3775, rounded")
    >>> from whygrad.check.reading.formula import plain_chain
    >>> plain_chain(claim.chain)
    'net_H1 = 0.3775'
    """
    return tuple(Paragraphs(manner).read([(line, text)]))


def in_text(items: Iterable[Item]) -> tuple[Item, ...]:
    """Items in the order in which they stand in the text."""
    return tuple(sorted(items, key=lambda item: (item.span.line, item.span.start)))

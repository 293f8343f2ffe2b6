"""A pile of notes as a table: on a terminal, and as a page."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Final

from whygrad.document import Document, Paragraph, Section, Table
from whygrad.notation.name import visible
from whygrad.pipeline.marked.terminal import GAP, Line

if TYPE_CHECKING:
    from whygrad.pipeline.marked.pile import Entry, Pile

LONGEST_NAME: Final = 28
LEAST_SAID: Final = 24
SAID: Final = "first error"
SHOWN: Final = ("errors", "right", "follows", "slips", "unread")


def lines_of(pile: Pile, width: int) -> list[Line]:
    """A line for each file, and what there is to say of all."""
    head = head_of(pile)
    rows = [row_of(each, head) for each in pile.entries]
    cells = [[cut(row[0], LONGEST_NAME), *row[1:-1]] for row in (head, *rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    room = max(width - sum(widths) - GAP * len(widths), LEAST_SAID)
    table = []
    for row, (first, *others), kind in zip((head, *rows), cells, ("heading", *map(kind_of, pile.entries)), strict=True):
        figures = [f"{word:>{size}}" for word, size in zip(others, widths[1:], strict=True)]
        text = (" " * GAP).join((f"{first:<{widths[0]}}", *figures, cut(row[-1], room)))
        table.append(Line(text.rstrip(), kind))
    summary = [Line(text, "count") for each in pile.summary for text in wrap(visible(each), width)]
    return [Line(pile.folder, "title"), Line(""), *table, Line(""), *summary]


def head_of(pile: Pile) -> tuple[str, ...]:
    """The names of the columns."""
    points = ("points",) if any(each.points for each in pile.entries) else ()
    return ("file", *SHOWN, *points, SAID)


def row_of(entry: Entry, head: tuple[str, ...]) -> tuple[str, ...]:
    """One file in words."""
    points = f"{entry.points[0]}/{entry.points[1]}" if entry.points else ""
    counts = [str(entry.counts.get(name, "")) for name in SHOWN]
    return (visible(entry.name), *counts, *([points] if "points" in head else []), visible(entry.said))


def kind_of(entry: Entry) -> str:
    """How a line looks."""
    if entry.marking is None:
        return "slip"
    return "error" if entry.counts["errors"] else "right"


def cut(text: str, width: int) -> str:
    """A text with as many characters as there is room for."""
    return text if len(text) <= width else text[: width - 1] + "…"


def document_of(pile: Pile) -> Document:
    """The table as a page."""
    head = head_of(pile)
    table = Table("A line for each file.", head, tuple(row_of(each, head) for each in pile.entries))
    return Document(f"{pile.folder}, marked", "", (Section("File by file", (table, *map(Paragraph, pile.summary))),))

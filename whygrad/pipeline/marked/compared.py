"""How numbers change under another convention, as lines, as sections of a page, and as records."""

from __future__ import annotations

from math import floor, log10
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

from whygrad.document import Paragraph, Section, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from whygrad.check.comparing import Compared, Row

HEAD: Final = ("line", "quantity", "as marked", "under it")
LEAST_DIGITS: Final = 4
UNCHANGED: Final = "No marked line has another number under it."


def title(compared: Compared) -> str:
    """What is compared."""
    words = f"{compared.convention.words} ({compared.convention.name})"
    return f"As marked: {words}; beside it the network's own" if compared.is_used else f"With {words}"


def cells(row: Row) -> tuple[str, str, str, str]:
    """A row in words; both numbers with as many places as tell them apart and no fewer than were written."""
    half = row.wrote.half if row.wrote else 0.0
    places = [LEAST_DIGITS - 1 - floor(log10(abs(each))) for each in (row.as_marked, row.under) if each]
    shown = max([*places, round(-log10(2 * half)) if half else 0, 0])
    return str(row.line), row.name, f"{row.as_marked:.{shown}f}", f"{row.under:.{shown}f}"


def lines_of_compared(found: Sequence[Compared], width: int) -> Iterator[tuple[str, str]]:
    """As lines of text, each with what it is."""
    for each in found:
        yield "", "right"
        yield from ((text, "heading") for text in wrap(title(each), width))
        if not each.rows:
            yield UNCHANGED, "quiet"
            continue
        table = [HEAD, *map(cells, each.rows)]
        widths = [max(len(row[column]) for row in table) for column in range(len(HEAD))]
        for line, name, one, other in table:
            text = f"{line:>{widths[0]}}  {name:<{widths[1]}}  {one:>{widths[2]}}  {other:>{widths[3]}}"
            yield text, "quiet" if line == HEAD[0] else "right"


def sections_of_compared(found: Sequence[Compared]) -> tuple[Section, ...]:
    """As sections of a page."""
    return tuple(
        Section(title(each), (Table("Every marked number that it changes.", HEAD, rows),))
        if (rows := tuple(map(cells, each.rows)))
        else Section(title(each), (Paragraph(UNCHANGED),))
        for each in found
    )


def records_of_compared(found: Sequence[Compared]) -> list[dict[str, Any]]:
    """For programs, in full precision."""
    return [
        {
            "convention": each.convention.name,
            "words": each.convention.words,
            "marked_under_it": each.is_used,
            "numbers": [
                {"line": row.line, "name": row.name, "as_marked": row.as_marked, "other": row.under}
                for row in each.rows
            ],
        }
        for each in found
    ]

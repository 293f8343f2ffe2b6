"""A document as plain lines for a terminal of any width from 60 columns; colour is added on request, and says nothing.

Formulas are written as one would type them, so that a line can be copied into Python.
"""

from __future__ import annotations

from io import StringIO
from textwrap import wrap
from typing import TYPE_CHECKING, Final, Literal, assert_never

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from whygrad.document import Block, Cell, Code, Equation, Equations, Facts, Fold, Paragraph, Picture, Section, Table
from whygrad.notation import TEXT
from whygrad.notation.name import visible
from whygrad.notation.numeral import USUAL
from whygrad.render.equation import broken, lines, words
from whygrad.render.numbers import figure
from whygrad.render.table import columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from whygrad.document import Document
    from whygrad.notation import Numbers

NARROWEST: Final = 40
WIDEST_TEXT: Final = 88
INDENT: Final = "  "
NAME: Final = 32  # names up to this length are not broken
LEAST: Final = 4  # columns left of a relation whose left side stands on a line of its own
HANGING: Final = 2
GAP: Final = 3  # between columns
SHORT_HEAD: Final = 8  # letters of a head of numbers that is broken between words
STRONG: Final = "bold"
QUIET: Final = "dim"


def terminal(document: Document, numbers: Numbers = USUAL, *, width: int = 80, colour: bool = False) -> str:
    """A document as text; `width` is that of the terminal in characters, `colour` adds bold and dim words to it."""
    width = max(width, NARROWEST)
    file = StringIO()
    console = Console(
        file=file,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for part in document_parts(document, numbers, width):
        console.print(part, soft_wrap=isinstance(part, Text))
    return "\n".join(line.rstrip() for line in file.getvalue().rstrip().split("\n")) + "\n"


def document_parts(document: Document, numbers: Numbers, width: int) -> Iterator[Text | Grid]:
    """The title, what is below it, and the sections."""
    yield from heading(document.title, "═", width)
    if document.subtitle:
        yield paragraph(document.subtitle, width, QUIET)
    for section in document.sections:
        yield from section_parts(section, numbers, width, "─")


def section_parts(section: Section, numbers: Numbers, width: int, rule: str) -> Iterator[Text | Grid]:
    """A heading, its blocks with an empty line between them, and the sections below it."""
    yield Text()
    yield from heading(section.title, rule, width)
    for place, block in enumerate(section.blocks):
        if place:
            yield Text()
        yield from block_parts(block, numbers, width)
    for below in section.sections:
        yield from section_parts(below, numbers, width, "")


def heading(title: str, rule: str, width: int) -> Iterator[Text]:
    """A heading with a rule below it as long as itself."""
    words = wrapped(title, width)
    yield Text("\n".join(words), STRONG)
    if rule:
        yield Text(rule * max(map(cell_len, words)), QUIET)


def block_parts(block: Block, numbers: Numbers, width: int) -> Iterator[Text | Grid]:
    """One block of any kind."""
    match block:
        case Paragraph(text):
            yield paragraph(text, width)
        case Equations():
            yield from equations(block, numbers, width)
        case Table():
            yield paragraph(block.caption, width, QUIET)
            yield grid(block, numbers, width)
        case Picture(_, caption):
            yield paragraph(f"[picture: {caption}]", width, QUIET)
        case Facts(pairs):
            yield facts([(visible(term), cell(value, numbers)) for term, value in pairs], width)
        case Code(text, caption):
            if caption:
                yield paragraph(caption, width, QUIET)
            yield Text("\n".join(INDENT + visible(line.expandtabs(4)) for line in text.rstrip().split("\n")))
        case Fold(summary, blocks):
            yield paragraph(summary, width, STRONG)
            for inner in blocks:
                yield from block_parts(inner, numbers, width)
        case other:
            assert_never(other)


def equations(block: Equations, numbers: Numbers, width: int) -> Iterator[Text]:
    """Equations aligned at their relations, as far right as the longest name, within a third of the width."""
    lefts = [
        cell_len(words(line.left, TEXT, numbers)) for each in block.lines for line in lines(each, numbers) if line.left
    ]
    column = max((left for left in lefts if left <= width // 3), default=LEAST)
    for each in block.lines:
        yield from equation(each, numbers, column, width)


def equation(each: Equation, numbers: Numbers, column: int, width: int) -> Iterator[Text]:
    """The lines of one equation; the remark stands behind the last one if there is room, and below it if not."""
    last = Text()
    for line in lines(each, numbers):
        left = words(line.left, TEXT, numbers) if line.left else ""
        if cell_len(left) > column:
            yield Text(INDENT + left)
            left = ""
        start = INDENT + " " * (column - cell_len(left)) + left + (f" {line.relation} " if line.relation else " ")
        first, *rest = broken(words(line.side, TEXT, numbers), width - cell_len(start) - HANGING)
        hanging = " " * (cell_len(start) + HANGING)
        if last:
            yield last
        last = Text("\n".join([start + first, *(hanging + part for part in rest)]))
    room = width - cell_len(last.plain.split("\n")[-1])
    if each.note and cell_len(each.note) + 5 <= room:
        yield last.append(f"   ({visible(each.note)})", QUIET)
        return
    yield last
    if each.note:
        indent = " " * (column + 5)
        remark = wrapped(f"({each.note})", min(width, WIDEST_TEXT) - len(indent))
        yield Text("\n".join(indent + part for part in remark), QUIET)


def grid(table: Table, numbers: Numbers, width: int) -> Grid:
    """A table whose text, and whose heads of numbers, are broken within their columns where the terminal is narrow."""
    shown = columns(table, numbers, lambda side: words(side, TEXT, numbers), visible)
    widths = [max(map(cell_len, column.cells), default=0) for column in shown]
    is_wide = sum(map(max, widths, map(cell_len, table.head))) + GAP * len(widths) > width
    found = Grid(box=SIMPLE_HEAD, header_style=STRONG, pad_edge=False, show_edge=False, padding=(0, 1))
    for place, (name, column) in enumerate(zip(table.head, shown, strict=True)):
        whole = column.numeric or (place == 0 and max(map(cell_len, column.cells), default=0) <= NAME)
        justify: Literal["left", "right"] = "right" if column.numeric else "left"
        head = "\n".join(wrapped(name, max(widths[place], SHORT_HEAD))) if is_wide and column.numeric else visible(name)
        found.add_column(Text(head), justify=justify, no_wrap=whole, overflow="fold")
    for row in zip(*(column.cells for column in shown), strict=True):
        found.add_row(*map(Text, row))
    return found


def facts(pairs: list[tuple[str, str]], width: int) -> Text:
    """Terms and what they are, in two columns."""
    longest = max((cell_len(term) for term, _ in pairs), default=0)
    indent = " " * (len(INDENT) + longest + 2)
    lines = []
    for term, value in pairs:
        first, *rest = wrapped(value, max(min(width, WIDEST_TEXT) - len(indent), LEAST))
        lines += [f"{INDENT}{term}{' ' * (longest - cell_len(term))}  {first}", *(indent + part for part in rest)]
    return Text("\n".join(lines))


def cell(value: Cell, numbers: Numbers) -> str:
    """One value of a list of facts."""
    if isinstance(value, str):
        return visible(value)
    return figure(value) if value is None or isinstance(value, int | float) else words(value, TEXT, numbers)


def paragraph(text: str, width: int, style: str = "") -> Text:
    """Sentences broken between words."""
    return Text("\n".join(wrapped(text, min(width, WIDEST_TEXT))), style)


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most this width, at least one."""
    return list(one_or_more(wrap(visible(" ".join(text.split("\n"))), width, break_on_hyphens=False)))


def one_or_more(rows: list[str]) -> Iterable[str]:
    """The lines, or an empty one."""
    return rows or [""]

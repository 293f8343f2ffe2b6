"""One self-contained HTML file: no script, no font, no request; light and dark, phone and print."""

from __future__ import annotations

from html import escape
from itertools import count
from typing import TYPE_CHECKING, Final, assert_never

from whygrad.document import (
    Block,
    Called,
    Cell,
    Code,
    Derivative,
    Document,
    Equations,
    Facts,
    Fold,
    Formula,
    Number,
    Paragraph,
    Picture,
    Quantity,
    Section,
    Table,
)
from whygrad.notation import text
from whygrad.render.numbers import column, exact, figure
from whygrad.render.sheet import SHEET
from whygrad.render.svg import with_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
NUMERIC: Final = ' class="number"'


def page(document: Document, *, language: str = "en") -> str:
    """A whole HTML document; text is escaped, drawings get ids of their own, no two the same."""
    names = (f"picture{number}" for number in count(1))
    body = "".join(section_html(section, names) for section in document.sections)
    below = f'<p class="subtitle">{escape(document.subtitle)}</p>' if document.subtitle else ""
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(document.title)}</title>\n<style>\n{SHEET}</style>\n</head>\n"
        f"<body>\n<main>\n<header><h1>{escape(document.title)}</h1>{below}</header>\n{body}</main>\n</body>\n</html>\n"
    )


def section_html(section: Section, names: Iterator[str]) -> str:
    """A heading and its blocks."""
    blocks = "".join(block_html(block, names) for block in section.blocks)
    return f"<section>\n<h2>{escape(section.title)}</h2>\n{blocks}</section>\n"


def block_html(block: Block, names: Iterator[str]) -> str:
    """One block of any kind."""
    match block:
        case Paragraph(words):
            return f"<p>{escape(words)}</p>\n"
        case Equations():
            raise NotImplementedError("equations on a page")
        case Table():
            return table_html(block)
        case Picture(svg, caption):
            drawing = scrolling(with_id(svg, next(names)), caption)
            return f"<figure>{drawing}<figcaption>{escape(caption)}</figcaption></figure>\n"
        case Facts(pairs):
            return f"<dl>{''.join(fact_html(term, value) for term, value in pairs)}</dl>\n"
        case Code(words, caption):
            above = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
            return f'<figure class="code">{above}{code_html(words, caption)}</figure>\n'
        case Fold(summary, blocks):
            inside = "".join(block_html(inner, names) for inner in blocks)
            return f"<details><summary>{escape(summary)}</summary>\n{inside}</details>\n"
        case other:
            assert_never(other)


def scrolling(inside: str, name: str) -> str:
    """What is too wide for a phone scrolls by itself, with the keyboard too."""
    return f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(name)}">{inside}</div>'


def code_html(text: str, caption: str) -> str:
    """Code as it is, every blank kept."""
    return f'<pre tabindex="0" aria-label="{escape(caption or "code")}"><code>{escape(text)}</code></pre>'


def fact_html(term: str, value: Cell) -> str:
    """A term above its value."""
    value = plain(value)
    shown = value if isinstance(value, str) else figure(value)
    return f"<div><dt>{escape(term)}</dt><dd>{escape(shown)}</dd></div>"


def table_html(table: Table) -> str:
    """A table with its caption; the first column names its row."""
    lines = [[plain(cell) for cell in row] for row in table.rows]
    columns = [shown_column([row[place] for row in lines], table.digits) for place in range(len(table.head))]
    numeric = [any(not isinstance(row[place], str) for row in lines) for place in range(len(table.head))]
    head = "".join(
        f'<th scope="col"{NUMERIC if right else ""}>{escape(name)}</th>'
        for name, right in zip(table.head, numeric, strict=True)
    )
    rows = "".join(
        f"<tr>{''.join(cell_html(row[place], columns[place][line], place) for place in range(len(row)))}</tr>\n"
        for line, row in enumerate(lines)
    )
    inside = (
        f"<table><caption>{escape(table.caption)}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table>"
    )
    return f"{scrolling(inside, table.caption)}\n"


def plain(cell: Cell) -> str | Number:
    """What a cell shows, as words or a number."""
    match cell:
        case Quantity(value):
            return value
        case Called(name):
            return name
        case Derivative(of, by):
            return f"d{of}/d{by}"
        case Formula(expr, names):
            return text(expr, names)
        case word_or_number:
            return word_or_number


def shown_column(cells: Sequence[str | Number], digits: int) -> list[str]:
    """The cells of a column as text: its numbers with the same decimals."""
    numbers = iter(column([cell for cell in cells if not isinstance(cell, str)], digits))
    return [cell if isinstance(cell, str) else next(numbers) for cell in cells]


def cell_html(cell: str | Number, shown: str, place: int) -> str:
    """One cell; a number carries its exact value."""
    if isinstance(cell, str):
        return f'<th scope="row">{escape(shown)}</th>' if place == 0 else f"<td>{escape(shown)}</td>"
    inside = shown if cell is None else f'<data value="{exact(cell)}">{shown}</data>'
    tag = 'th scope="row"' if place == 0 else "td"
    return f"<{tag}{NUMERIC}>{inside}</{tag.partition(' ')[0]}>"

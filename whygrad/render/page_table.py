"""A table on a page, and the numbers and formulas in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from whygrad.document import Quantity
from whygrad.render.numbers import exact, figure
from whygrad.render.page_equation import escape, formula_html
from whygrad.render.table import FIGURE, columns

if TYPE_CHECKING:
    from whygrad.document import Cell, Table
    from whygrad.notation import Numbers
    from whygrad.render.table import Column

MINUS: Final = "−"
NUMERIC: Final = ' class="number"'


def scrolling(inside: str, name: str) -> str:
    """What is too wide for a phone scrolls by itself, with the keyboard too."""
    return f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(name)}">{inside}</div>'


def table_html(table: Table, numbers: Numbers) -> str:
    """A table with its caption; the first column names its row."""
    shown = columns(table, numbers, lambda side: formula_html(side, numbers), escape)
    head = "".join(
        f'<th scope="col"{NUMERIC if column.numeric else ""}>{escape(name)}</th>'
        for name, column in zip(table.head, shown, strict=True)
    )
    rows = "".join(
        f"<tr>{''.join(cell_html(cell, shown[place], line, place) for place, cell in enumerate(row))}</tr>\n"
        for line, row in enumerate(table.rows)
    )
    inside = (
        f"<table><caption>{escape(table.caption)}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table>"
    )
    return f"{scrolling(inside, table.caption)}\n"


def cell_html(cell: Cell, column: Column, line: int, place: int) -> str:
    """One cell; a number carries its exact value and where it came from."""
    tag = "th" if place == 0 else "td"
    scope = ' scope="row"' if place == 0 else ""
    shown = column.cells[line]
    if cell is None or isinstance(cell, int | float | Quantity):
        return f"<{tag}{scope}{NUMERIC}>{number_html(cell, shown)}</{tag}>"
    if isinstance(cell, str) and FIGURE.fullmatch(cell):
        right = NUMERIC if column.numeric else ""
        return f"<{tag}{scope}{right}>{signed(shown)}</{tag}>"
    return f"<{tag}{scope}>{shown}</{tag}>"


def value_html(value: Cell, numbers: Numbers) -> str:
    """One value of a list of facts."""
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, Quantity):
        return number_html(value, numbers.shown(value.value))
    return figure(value) if value is None or isinstance(value, int | float) else formula_html(value, numbers)


def number_html(number: float | Quantity | None, shown: str) -> str:
    """A number as it is shown, with what it is exactly."""
    shown = signed(shown)
    if number is None:
        return shown
    if isinstance(number, Quantity):
        ref = f' data-ref="{escape(number.ref)}"' if number.ref else ""
        return f'<data{ref} value="{exact(number.value)}">{shown}</data>'
    return f'<data value="{exact(number)}">{shown}</data>'


def signed(shown: str) -> str:
    """A number with a minus sign as long as those in the equations."""
    return MINUS + shown[1:] if shown.startswith("-") else shown

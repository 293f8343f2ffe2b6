"""The columns of a table: their words, and which of them stand on the right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeGuard

from whygrad.document import Quantity
from whygrad.notation import Numbers
from whygrad.render.numbers import column

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from whygrad.document import Cell, Number, Side, Table

FIGURE: Final = re.compile(r"[-+]?[\d,.]+(?:e-?\d+)?%?")


@dataclass(frozen=True)
class Column:
    """What a column shows, from top to bottom, and whether there is a number in it."""

    cells: tuple[str, ...]
    numeric: bool


def columns(
    table: Table, numbers: Numbers, formula: Callable[[Side], str], text: Callable[[str], str] = str
) -> list[Column]:
    """Every column of a table: numbers with the same decimals, mathematics and text as the medium writes them."""
    numbers = numbers if table.digits is None else Numbers(table.digits)
    return [
        Column(
            tuple(shown(cells, numbers, formula, text)),
            is_numeric(cells),
        )
        for cells in ([row[place] for row in table.rows] for place in range(len(table.head)))
    ]


def shown(
    cells: Sequence[Cell], numbers: Numbers, formula: Callable[[Side], str], text: Callable[[str], str]
) -> Iterator[str]:
    """The cells of one column in words."""
    plain = [cell.value if isinstance(cell, Quantity) else cell for cell in cells]
    figures = iter(column([cell for cell in plain if is_number(cell)], numbers))
    for cell in plain:
        if isinstance(cell, str):
            yield text(cell)
        else:
            yield text(next(figures)) if cell is None or isinstance(cell, int | float) else formula(cell)


def is_numeric(cells: Sequence[Cell]) -> bool:
    """Whether a column stands on the right: numbers, or figures that are words already, such as 97.1%."""
    if any(is_number(cell) or isinstance(cell, Quantity) for cell in cells):
        return True
    told = [cell for cell in cells if cell != ""]
    return bool(told) and all(isinstance(cell, str) and FIGURE.fullmatch(cell) for cell in told)


def is_number(cell: Cell) -> TypeGuard[Number]:
    """Whether a cell is a plain number, or the lack of one."""
    return cell is None or isinstance(cell, int | float)

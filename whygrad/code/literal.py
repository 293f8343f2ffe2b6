"""Numbers and tables of numbers as a program has them."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any

import numpy as np

from whygrad.code.layout import WIDTH, indented
from whygrad.notation.name import visible
from whygrad.notation.numeral import exact

if TYPE_CHECKING:
    from whygrad.code.recipe import Array


def number(value: Any) -> str:
    """The shortest digits that give a number back: 0.5, 2, 1e-05; whole numbers without a point."""
    value = float(value)
    return exact(value) if np.isfinite(value) else f'float("{value}")'


def listed(values: Array, opening: str = "[]") -> str:
    """An array of any shape as nested lists in one line."""
    if np.ndim(values) == 0:
        return str(bool(values)) if values.dtype == bool else number(values)
    return f"{opening[0]}{', '.join(listed(each, opening) for each in values)}{opening[1]}"


def table(head: str, rows: Array, comment: str, opening: str = "()") -> list[str]:
    """A table, one row in each line, below the names of its columns."""
    body = [f"{listed(row, opening)}," for row in rows]
    return [f"{head}[  # {comment}", *indented(body), "]"]


def uniform(values: Array) -> float | None:
    """The number that all elements are, if they are one."""
    flat = np.ravel(values)
    return float(flat[0]) if flat.size and bool((flat == flat[0]).all()) else None


def shape(sizes: tuple[int, ...]) -> str:
    """A shape as an argument: 8, or (2, 8)."""
    return str(sizes[0]) if len(sizes) == 1 else str(tuple(sizes))


def docstring(first: str, *paragraphs: str) -> list[str]:
    """A module's docstring, its paragraphs broken between words."""
    first = visible(first)
    lines = [line for text in paragraphs for line in ("", *wrap(text, WIDTH, break_long_words=False))]
    opening = wrap(first, WIDTH - 3, break_long_words=False)
    quoted = [line.replace("\\", "\\\\").replace('"""', "'''") for line in [*opening, *lines]]
    return [f'"""{quoted[0]}', *quoted[1:], '"""']

"""Text in a column of numbers: a typing error, a sign for a missing value, or decimals written with a comma."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from whygrad.errors.data import NotANumber

if TYPE_CHECKING:
    from whygrad.data.table import Table

__all__ = ["number_in", "refuse_stray_words"]

FEW: Final = 0.1  # of the values: so few words among numbers are no category
SIGNS: Final = 3  # different words: as many may stand for a missing value
CODES: Final = 10  # different values: so few may be a category of which most names are numbers, as 2, 3, 4, 5more
COMMA: Final = re.compile(r"[-+]?\d+(?:,\d+)+")


def number_in(word: str) -> float | None:
    """The number that a word is, None where it is none."""
    try:
        return float(word)
    except ValueError:
        return None


def refuse_stray_words(table: Table, name: str) -> None:
    """Refuse a text column that is numbers but for a few words, or for their commas: no category was meant (WG311)."""
    if table.columns[name].kind != "text":
        return
    words = {row: word for row, word in enumerate(table.columns[name].values) if word is not None}
    strays = {row: word for row, word in words.items() if number_in(word) is None}
    first = next(iter(strays), 0)
    numbers = len(words) - len(strays)
    if strays and all(COMMA.fullmatch(word) for word in strays.values()):
        reason = "its numbers are written with a comma"
        remedy = f"write numbers with a point and nothing between thousands: {strays[first].replace(',', '.', 1)}"
        raise NotANumber(table.source, name, strays[first], table.place(first), reason, remedy)
    if strays and numbers and are_strays(list(words.values()), list(strays.values())):
        reason = f"{numbers} of the column's {len(words)} values are numbers"
        raise NotANumber(table.source, name, strays[first], table.place(first), reason)


def are_strays(words: list[str], strays: list[str]) -> bool:
    """Whether these of the words stand among numbers by mistake, and not as names of a category."""
    if len(strays) <= FEW * len(words):
        return True
    many = len(set(words)) > min(CODES, len(words) / 2)
    return many and len(set(strays)) <= SIGNS and len(strays) < len(words) / 3

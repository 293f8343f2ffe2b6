"""The parts of a name, as people read it: w5 has an index, y_hat a hat, dE/dw5 is a derivative."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

LETTER_AND_NUMBER: Final = re.compile(r"([^\W\d_])([0-9]+)")
INDEXED: Final = re.compile(r"(.+)\[([^\[\]]+)\]")
DERIVATIVE: Final = re.compile(r"d([^/]+)/d([^/]+)")
HAT: Final = "\N{COMBINING CIRCUMFLEX ACCENT}"
SHORT: Final = 3  # letters of a symbol; in a longer word an underscore is only a space
PRIMES: Final = "'′"


@dataclass(frozen=True)
class NameParts:
    """What stands on the line, what above it (a hat, primes) and what below it (indices)."""

    base: str
    below: tuple[str, ...] = ()
    hat: bool = False
    primes: int = 0


def name_parts(name: str) -> NameParts:
    """A name taken apart: net_H1 is net with H1 below, w5[0,1] is w with 5 and 0,1 below; study_hours is one word."""
    indexed = INDEXED.fullmatch(name)
    base, index = (indexed[1], indexed[2]) if indexed else (name, "")
    head, *below = base.split("_")
    if hat := bool(below) and below[0] == "hat":
        del below[0]
    stem = head.rstrip(PRIMES)
    primes = len(head) - len(stem)
    if found := LETTER_AND_NUMBER.fullmatch(stem):
        stem, below = found[1], [found[2], *below]
    if not stem or not all(below) or not (len(stem) <= SHORT or all(len(word) <= SHORT for word in below)):
        return NameParts(base, (index,) if index else ())
    decomposed = unicodedata.normalize("NFD", stem)
    if len(decomposed) == 2 and decomposed[1] == HAT:
        stem, hat = decomposed[0], True
    return NameParts(stem, (*below, *([index] if index else [])), hat, primes)


def derivative_parts(name: str) -> tuple[str, str] | None:
    """What changes and with what, where a name means a derivative: dE/dw5."""
    found = DERIVATIVE.fullmatch(name)
    return (found[1], found[2]) if found else None


def derivative_name(of: str, by: str) -> str:
    """The name of a derivative."""
    return f"d{of}/d{by}"


def visible(word: str) -> str:
    r"""A word in which nothing can hide: characters that steer a terminal or turn the direction become \x1b."""
    if word.isprintable():
        return word
    return "".join(
        character.encode("unicode_escape").decode("ascii") if hidden(character) else character for character in word
    )


def hidden(character: str) -> bool:
    """Whether a character leaves no mark of its own, joiners of letters aside."""
    return (
        unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
        and character not in "\u200c\u200d"
    )

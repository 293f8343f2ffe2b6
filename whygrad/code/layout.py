"""Lines that fit: a statement that is too long is broken at its outermost brackets, words or signs."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

WIDTH: Final = 100
INDENT: Final = "    "
FEW: Final = 8  # items of a list; more of them, if they are short, share lines
SHORT: Final = 24
OPENING: Final = "([{"
CLOSING: Final = ")]}"
WORDS: Final = (" for ", " if ", " else ")
SIGNS: Final = ((" + ", " - "), (" * ", " / ", " @ "))


def indented(lines: Iterable[str], depth: int = 1) -> list[str]:
    """Lines further to the right; empty ones stay empty."""
    return [f"{INDENT * depth}{line}" if line else "" for line in lines]


def fitted(line: str, depth: int = 0) -> list[str]:
    """A statement as lines that fit, given that it will stand `depth` levels further to the right.

    >>> fitted("loss = " + " + ".join(["a_long_name"] * 8))[0]
    'loss = ('
    """
    room = WIDTH - len(INDENT) * depth
    if len(line) <= room:
        return [line]
    start = first_bracket_of_end(line)
    if start is not None and line[start + 1 : -1]:
        inside = fitted_inside(line[start + 1 : -1], depth + 1)
        return [line[: start + 1], *indented(inside), line[-1]]
    head, equals, tail = line.partition(" = ")
    if equals and tail.isidentifier() and split(head, (", ",)):
        names = wrap(head, room - len(INDENT) - 1, break_long_words=False)
        return ["(", *indented([*names[:-1], f"{names[-1].rstrip(',')},"]), f") = {tail}"]
    if not equals or any(sign in head for sign in OPENING if sign != "["):
        head, equals, tail = ("return", " ", line[7:]) if line.startswith("return ") else ("", "", line)
    if commas := split(tail, (", ",)):
        broken = [part for piece in commas for part in with_comma(fitted(piece.removeprefix(", "), depth + 1))]
        return [f"{head}{equals}(", *indented(broken), ")"] if equals else broken
    pieces = pieces_of(tail)
    if len(pieces) < 2:
        return [line]
    broken = [part for piece in pieces for part in fitted(piece, depth + 1)]
    return [f"{head}{equals}(", *indented(broken), ")"] if equals else broken


def unpacked(names: Sequence[str]) -> str:
    """Names that take the values of a tuple."""
    return f"{names[0]}," if len(names) == 1 else ", ".join(names)


def tupled(names: Sequence[str]) -> str:
    """A tuple of values."""
    return f"({unpacked(names)})"


def fitted_inside(text: str, depth: int) -> list[str]:
    """What stands between brackets, as lines that fit."""
    room = WIDTH - len(INDENT) * depth
    if words := split(text, (" for ",)):
        return [part for piece in words for part in fitted(piece, depth)]
    if len(text) <= room:
        return [text]
    if commas := split(text, (", ",)):
        if len(commas) > FEW and max(map(len, commas)) <= SHORT:
            return wrap(text, room, break_long_words=False, break_on_hyphens=False)
        return [part for piece in commas for part in with_comma(fitted(piece.removeprefix(", "), depth))]
    return [part for piece in pieces_of(text) for part in fitted(piece, depth)]


def with_comma(lines: list[str]) -> list[str]:
    """Lines of one item of a list."""
    return [*lines[:-1], f"{lines[-1]},"]


def pieces_of(text: str) -> list[str]:
    """An expression cut before the words or signs that bind least."""
    for words in (WORDS, *SIGNS):
        if found := split(text, words):
            return found
    return [text]


def split(text: str, words: tuple[str, ...]) -> list[str]:
    """A text cut before each of some words that stand outside all brackets; nothing where there is none."""
    cuts = [place for place in outside(text) if place and text.startswith(words, place)]
    ends = [*cuts, len(text)]
    pieces = [text[start:end].strip(" ") for start, end in zip([0, *cuts], ends, strict=True)]
    return pieces if cuts else []


def outside(text: str) -> Iterator[int]:
    """The places outside all brackets and quotes."""
    depth, quoted = 0, False
    for place, character in enumerate(text):
        quoted ^= character == '"'
        depth += 0 if quoted else (character in OPENING) - (character in CLOSING)
        if depth == 0 and not quoted:
            yield place


def first_bracket_of_end(line: str) -> int | None:
    """Where the bracket opens that closes at the end of a line; None where the line ends otherwise."""
    if not line.endswith(tuple(CLOSING)):
        return None
    depth = 0
    for place in range(len(line) - 1, -1, -1):
        depth += (line[place] in CLOSING) - (line[place] in OPENING)
        if depth == 0:
            before = line[:place]
            plain = not split(before.partition(" = ")[2], (*WORDS, *SIGNS[0], *SIGNS[1]))
            return place if plain else None
    return None

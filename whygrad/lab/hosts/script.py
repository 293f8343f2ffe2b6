"""JavaScript in pieces: enough to tell code from comments and texts, and to find where a module ends.

It knows the forms that the page's modules are written in; what it is not sure of it refuses.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

SIMPLE: Final = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
    |(?P<space>\s+)
    |(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<word>[\w$#]+)
    |(?P<sign>[^\w\s"'`/])""",
    re.VERBOSE | re.DOTALL,
)
PATTERN: Final = re.compile(r"/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
MARK: Final = re.compile(r"\\.|`|\$\{", re.DOTALL)
# After these a slash begins a pattern; after a name, a number or a closing bracket it divides.
BEFORE_PATTERN: Final = frozenset("(,=:[!&|?{;+-*%~^<>") | {"return", "typeof", "case", "in", "of", "await", "=>"}
CLOSING: Final = {"}": "{", ")": "(", "]": "["}


class NotBundled(Exception):
    """A form of JavaScript that the bundle does not know: a fault of the page's own files."""


class Piece(NamedTuple):
    """A comment, space, text, template, pattern, word or sign, and where it ends."""

    kind: str
    text: str
    end: int

    @property
    def counts(self) -> bool:
        """Whether it means anything to the browser."""
        return self.kind not in ("comment", "space")


def pieces(script: str, start: int = 0) -> Iterator[Piece]:
    """A script piece by piece, from a place on. Raises NotBundled."""
    place, before = start, ";"
    while place < len(script):
        found = piece_at(script, place, before)
        yield found
        place = found.end
        if found.counts:
            before = found.text if found.kind in ("word", "sign") else "a value"


def piece_at(script: str, place: int, before: str) -> Piece:
    """The piece that begins at a place, `before` being what counts before it. Raises NotBundled."""
    if (found := SIMPLE.match(script, place)) is not None:
        return Piece(found.lastgroup or "", found[0], found.end())
    if script[place] == "`":
        end = template_end(script, place)
        return Piece("template", script[place:end], end)
    if script[place] == "/" and before in BEFORE_PATTERN and (found := PATTERN.match(script, place)) is not None:
        return Piece("pattern", found[0], found.end())
    if script[place] == "/" and before != "}":
        return Piece("sign", "/", place + 1)
    raise NotBundled(f"what begins here: {script[place : place + 40]!r}")


def template_end(script: str, start: int) -> int:
    """Where a template that begins at a place ends, those within it included. Raises NotBundled."""
    place = start + 1
    while (found := MARK.search(script, place)) is not None:
        if found[0] == "`":
            return found.end()
        place = filled_end(script, found.end()) if found[0] == "${" else found.end()
    raise NotBundled(f"a template without an end: {script[start : start + 40]!r}")


def filled_end(script: str, start: int) -> int:
    """Where the code within a template ends. Raises NotBundled."""
    depth = 0
    for piece in pieces(script, start):
        depth += depth_by(piece)
        if depth < 0:
            return piece.end
    raise NotBundled("a template without an end")


def depth_by(piece: Piece) -> int:
    """How much deeper the code behind a piece is nested."""
    if piece.kind != "sign":
        return 0
    return (piece.text in CLOSING.values()) - (piece.text in CLOSING)

"""TeX that would be wider than the page: what stands in brackets, under a root or on a fraction is set in lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from whygrad.render.equation import broken

if TYPE_CHECKING:
    from collections.abc import Iterator

PIECE: Final = re.compile(r"\\[A-Za-z]+|\\.|.", re.DOTALL)
OPENING: Final = {"{", r"\left"}
CLOSING: Final = {"}", r"\right"}
SILENT: Final = {r"\left", r"\right", r"\mathrm", r"\operatorname", r"\text", r"\tfrac", "{", "}", " "}
SCRIPT: Final = 0.7  # of the size of the line
SPACED: Final = {"+": 2.0, "-": 1.8, "=": 2.0, r"\cdot": 1.4, r"\times": 2.0, r"\sqrt": 1.5}
INDENT: Final = 4.0
LEAST: Final = 20.0


def width(formula: str) -> float:
    """About how wide a formula in TeX is, in digits; what stands above each other counts once."""
    total, pieces = 0.0, iter(PIECE.findall(formula))
    for piece in pieces:
        if piece == r"\frac":
            total += max(width(group(pieces)), width(group(pieces)))
        elif piece in ("_", "^"):
            total += SCRIPT * width(group(pieces))
        elif piece not in SILENT:
            named = piece.startswith("\\") and piece[1:] in ("max", "min", "tanh", "ln", "cos", "sin")
            total += SPACED.get(piece, len(piece) - 1.0 if named else 1.0)
    return total


def group(pieces: Iterator[str]) -> str:
    """What the next pair of braces holds, or the next piece where there are none."""
    first = next(pieces, "")
    if first != "{":
        return first
    depth, inside = 1, ""
    for piece in pieces:
        depth += (piece == "{") - (piece == "}")
        if not depth:
            break
        inside += piece
    return inside


def stacked(formula: str, most: float) -> str:
    """The formula with whatever is wider than a line cut into several, as far as there are operators to cut at."""
    if width(formula) <= most:
        return formula
    pieces = PIECE.findall(formula)
    found, depth, start = "", 0, 0
    for place, piece in enumerate(pieces):
        if piece in CLOSING:
            depth -= 1
            found += "" if depth else in_lines("".join(pieces[start:place]), most)
        if not depth and place >= start:
            found += piece
        if piece in OPENING:
            depth += 1
            if depth == 1:
                start = place + 1 + (piece == r"\left")  # its bracket is no part of what it holds
                found += "".join(pieces[place + 1 : start])
    return found


def in_lines(inside: str, most: float) -> str:
    """What stands between brackets, in lines where it is too wide."""
    room = max(most - INDENT, LEAST)
    if width(inside) <= room:
        return inside
    rows = [stacked(row, room) for row in broken(inside, int(room))]
    if len(rows) == 1:
        return rows[0]
    between = r" \\ &"
    return rf"\begin{{aligned}} &{between.join(rows)} \end{{aligned}}"

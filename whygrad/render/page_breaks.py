"""Where a formula in MathML may be broken: no browser does that by itself."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

TAG: Final = re.compile(r"<(?P<closing>/?)(?P<name>\w+)[^>]*>")
OPERATOR: Final = re.compile(r"<mo>([^<]*)</mo>")
TERMS: Final = frozenset("+−")
FACTORS: Final = frozenset("⋅")
SHORT: Final = 30  # characters that a phone has room for


def pieces(formula: str) -> list[str]:
    """A formula in pieces, each beginning with the operator before which a line may be broken; a short one whole.

    Pieces are terms; a term that is too long for a narrow page is cut into its factors. What is in brackets, above or
    below something stays together.
    """
    if width(formula) <= SHORT:
        return [formula]
    return [
        joined(piece)
        for term in cut(elements(formula), TERMS)
        for piece in ([term] if width("".join(term)) <= SHORT else cut(term, FACTORS))
    ]


def elements(formula: str) -> list[str]:
    """The elements of a formula that stand beside each other, outside of all others."""
    found: list[str] = []
    depth, start = 0, 0
    for tag in TAG.finditer(formula):
        depth += -1 if tag["closing"] else 0 if tag[0].endswith("/>") else 1
        if depth == 0:
            found.append(formula[start : tag.end()])
            start = tag.end()
    return found


def cut(row: list[str], operators: frozenset[str]) -> list[list[str]]:
    """Elements cut before some operators; a sign that leads them stays where it is."""
    found: list[list[str]] = [[]]
    for element in row:
        operator = OPERATOR.fullmatch(element)
        if operator and operator[1] in operators and found[-1]:
            found.append([])
        found[-1].append(element)
    return found


def joined(row: list[str]) -> str:
    """Elements as one piece; an operator that leads it has the room of one between two things."""
    first, *rest = row
    return "".join([first.replace("<mo>", '<mo form="infix">', 1) if OPERATOR.fullmatch(first) else first, *rest])


def width(formula: str) -> int:
    """About how many characters wide a formula is: half of what stands in fractions."""
    fractions = sum(len(unescape(TAG.sub("", each))) for each in elements(formula) if each.startswith("<mfrac>"))
    return len(unescape(TAG.sub("", formula))) - fractions // 2

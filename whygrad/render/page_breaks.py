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


def pieces(formula: str) -> list[list[str]]:
    """A formula in terms, and those in factors: each begins with the operator before which a line may be broken.

    What is short enough for a narrow page stays whole, and so does what is in brackets, above or below something.
    """
    if width(formula) <= SHORT:
        return [[formula]]
    return [
        [joined(factor) for factor in ([term] if width("".join(term)) <= SHORT else cut(term, FACTORS))]
        for term in cut(elements(formula), TERMS)
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

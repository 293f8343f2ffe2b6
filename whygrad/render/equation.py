"""The sides of equations in any way of writing, and where a line of one may be broken."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple, assert_never

from whygrad.document import Blank, Called, Derivative, Equation, Formula, Quantity, Relation, Side
from whygrad.notation import TEXT, Style, Writing, written
from whygrad.notation.name import derivative_name

if TYPE_CHECKING:
    from whygrad.notation import Numbers

OPERATOR: Final = re.compile(r" (?=(?:\+|-|\*|/|==|>|\\cdot) )|(?<=,) ")
TEXT_BRACKETS: Final = re.compile(r"[(\[]"), re.compile(r"[)\]]")
TEX_BRACKETS: Final = re.compile(r"\\(?:left|begin)\b|(?<!\\){"), re.compile(r"\\(?:right|end)\b|(?<!\\)}")
SIGN: Final = re.compile(r"\\(?:cdot|times|partial|sigma|[^A-Za-z])")
COMMAND: Final = re.compile(r"\\[A-Za-z]+")
LEAST: Final = 0.4  # of a line: the shortest that is cut before a term where a factor would fit
BRACES: Final = re.compile("[{}_^]")


class Line(NamedTuple):
    """One line of a chain: what stands left of the relation (first line only), the relation, and the side."""

    left: Side | None
    relation: Relation | None
    side: Side


def words(side: Side, style: Style, numbers: Numbers) -> str:
    """A side, or a cell of a table, as it is written."""
    match side:
        case Quantity(value):
            return style.number(numbers.shown(value), side).words
        case Called(name):
            return style.name(name).words
        case Derivative(of, by):
            return style.name(derivative_name(of, by)).words
        case Formula(expr, names, given):
            return written(expr, Writing(style, names, given, numbers))
        case Blank():
            return style.blank
        case other:
            assert_never(other)


def lines(equation: Equation, numbers: Numbers) -> list[Line]:
    """A chain taken apart, one relation a line; a side that would read as the one before it is passed over."""
    left, *sides = equation.sides
    if not sides:
        return [Line(None, None, left)]
    found: list[Line] = []
    before = words(left, TEXT, numbers)
    for relation, side in zip(equation.relations, sides, strict=True):
        if (now := words(side, TEXT, numbers)) != before or not found:
            found.append(Line(None if found else left, relation, side))
        before = now
    return found


def broken(formula: str, most: int) -> list[str]:
    """A formula as text or TeX, cut before operators so that no line is longer than `most`, where that can be.

    Lines are cut outside brackets if possible, and before a term unless that leaves much of a line empty. Commands of
    TeX count for one character, braces for none.
    """
    places = breaks(formula)
    rows, start, behind, first = [], 0, 0, 0
    total = (places[-1].before if places else 0) + length(formula[places[-1].place if places else 0 :])
    while total - behind > most and first < len(places):
        last = first
        while last + 1 < len(places) and places[last + 1].before - behind <= most:
            last += 1
        among = range(first, last + 1)
        lowest = min(places[each].depth for each in among)
        outside = [each for each in among if places[each].depth == lowest]
        terms = [each for each in outside if places[each].adds and places[each].before - behind >= LEAST * most]
        chosen = max(terms or outside)
        rows.append(formula[start : places[chosen].place])
        start, behind, first = places[chosen].place + 1, places[chosen].before, chosen + 1
    return [*rows, formula[start:]]


class Break(NamedTuple):
    """Where a formula may be cut, how many brackets are open there, and about how wide what stands before it is.

    `adds` says whether a term begins there, rather than a factor.
    """

    place: int
    depth: int
    before: int
    adds: bool


def breaks(formula: str) -> list[Break]:
    """The places at which a formula may be cut; TeX is cut outside of brackets only."""
    in_tex = is_tex(formula)
    opening, closing = TEX_BRACKETS if in_tex else TEXT_BRACKETS
    found, depth, start, before = [], 0, 0, 0
    for match in OPERATOR.finditer(formula):
        between = formula[start : match.start()]
        depth += len(opening.findall(between)) - len(closing.findall(between))
        before += length(between)
        start = match.start()
        if start and (depth == 0 or not in_tex):
            found.append(Break(start, depth, before, formula[start + 1] in "+-"))
    return found


def length(formula: str) -> int:
    """About how many characters wide a formula is."""
    return len(BRACES.sub("", COMMAND.sub("", SIGN.sub("x", formula)))) if is_tex(formula) else len(formula)


def is_tex(formula: str) -> bool:
    """Whether a formula is TeX rather than text; e^{0.5} is TeX without a command."""
    return "\\" in formula or "^{" in formula

"""A named quantity as an equation: its name, the symbols that give it, the numbers in their place, its value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.document import Called, Derivative, Equation, Formula, Quantity, Relation, Side
from whygrad.explain.paper import on_paper
from whygrad.explain.textbook import STABLE, textbook
from whygrad.graph import Names
from whygrad.notation import text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from whygrad.explain.chart import Element
    from whygrad.explain.links import Links
    from whygrad.explain.paper import Paper

NO_NAMES = Names()  # every leaf of these formulas says its own


def definitions(links: Links, elements: Iterable[Element]) -> tuple[Equation, ...]:
    """The equations of several elements; a part that several need in the same words stands once."""
    lines: list[Equation] = []
    latest: dict[str, str] = {}
    for each in elements:
        for line in definition(links, each):
            letter, formula = line.sides[0], line.sides[1]
            if isinstance(letter, Formula) and isinstance(formula, Formula):
                name, words = text(letter.expr), text(formula.expr, depth=None)
                if latest.get(name) == words:
                    continue
                latest[name] = words
            lines.append(line)
    return tuple(lines)


def definition(links: Links, element: Element, note: str = "") -> tuple[Equation, ...]:
    """An element with its formula in symbols, then in numbers, then its value; a given number is only its value.

    Before it stand the parts of its formula that have a letter of their own.
    """
    left, value = name_of(element), Quantity(element.value, element.ref)
    made = links.chart.definition(element)
    if made is element.leaf:
        return (Equation((left, value), ("=",), note),)
    book = textbook(links, element)
    paper = on_paper(links, made if book is None else book)
    sides = (left, *both(paper), value)
    notes = (note, about_rest(paper), "" if book is None else STABLE)
    relations: tuple[Relation, ...] = ("=", "=", links.chart.relation(element))
    return (*part_lines(paper), Equation(sides, relations, "; ".join(filter(None, notes))))


def both(paper: Paper) -> tuple[Formula, Formula]:
    """A formula in symbols and in numbers."""
    return Formula(paper.expr, NO_NAMES), Formula(paper.expr, NO_NAMES, paper.numbers)


def part_lines(paper: Paper) -> tuple[Equation, ...]:
    """The lines of the parts that have a letter of their own."""
    return tuple(
        Equation((Formula(leaf, NO_NAMES), *both(part), paper.numbers[leaf]), ("=",) * 3) for leaf, part in paper.parts
    )


def about_rest(paper: Paper) -> str:
    """What a remark says of terms that are only added up."""
    return "; ".join(f"{name}: the other {count:,} terms together" for name, count in paper.left_out.items())


def name_of(element: Element) -> Side:
    """The name of an element: a derivative of the loss where it is an adjoint."""
    return Derivative("E", element.name) if element.adjoint else Called(element.written)

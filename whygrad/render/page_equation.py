"""Equations on a page: MathML that browsers draw by themselves, in pieces where a line may have to be broken."""

from __future__ import annotations

from html import escape as escape_markup
from typing import TYPE_CHECKING, Final

from whygrad.document import Called, Derivative
from whygrad.notation import MATHML
from whygrad.notation.name import visible
from whygrad.render.equation import lines, words
from whygrad.render.page_breaks import pieces

if TYPE_CHECKING:
    from whygrad.document import Equation, Equations, Side
    from whygrad.notation import Numbers
    from whygrad.render.equation import Line

WIDE: Final = 14  # characters left of the relation: on a phone these stand on a line of their own


def escape(text: str) -> str:
    """Text on one line that is neither markup nor able to hide."""
    return escape_markup(one_line(text))


def one_line(text: str) -> str:
    """Text on one line that cannot hide."""
    return visible(text.replace("\n", " "))


def equations_html(block: Equations, numbers: Numbers) -> str:
    """Equations aligned at their relations; a long one is broken before an operator where the page is narrow."""
    wide = " wide" if max((left_width(each) for each in block.lines), default=0) > WIDE else ""
    inside = "".join(equation_html(each, numbers) for each in block.lines)
    return f'<div class="equations{wide}">\n{inside}</div>\n'


def equation_html(equation: Equation, numbers: Numbers) -> str:
    """A chain, one relation a line, and its remark below."""
    rows = "".join(line_html(line, numbers) for line in lines(equation, numbers))
    note = f'<p class="note">{escape(equation.note)}</p>\n' if equation.note else ""
    return f'<div class="equation">\n{rows}{note}</div>\n'


def line_html(line: Line, numbers: Numbers) -> str:
    """One relation with what stands left and right of it."""
    left, terms = line_parts(line, numbers)
    shown = f'<div class="left">{math(left)}</div>' if left else ""
    right = "<wbr>".join(term_html(term, is_alone=len(terms) == 1) for term in terms)
    return f'{shown}<div class="right">{right}</div>\n'


def line_parts(line: Line, numbers: Numbers) -> tuple[str, list[list[str]]]:
    """What stands left of a relation, and what stands right of it in terms of factors, the relation before the first.

    Between two of them the line may be broken.
    """
    relation = f'<mo form="infix">{line.relation}</mo>' if line.relation else ""
    terms = pieces(words(line.side, MATHML, numbers))
    terms[0][0] = relation + terms[0][0]
    return words(line.left, MATHML, numbers) if line.left else "", terms


def term_html(factors: list[str], *, is_alone: bool) -> str:
    """One term; among others it is broken only where a line has no room for it."""
    inside = "<wbr>".join(map(math, factors))
    return inside if is_alone or len(factors) == 1 else f'<span class="term">{inside}</span>'


def math(inside: str) -> str:
    """A piece of mathematics in a line."""
    return f'<math displaystyle="true"><mrow>{inside}</mrow></math>'


def formula_html(side: Side, numbers: Numbers) -> str:
    """A side within a line of text or a table."""
    return math(words(side, MATHML, numbers))


def left_width(equation: Equation) -> int:
    """About how many characters wide the left side of an equation is."""
    match equation.sides[0]:
        case Called(name):
            return len(name)
        case Derivative(of, by):
            return 1 + max(len(of), len(by))
        case _:
            return 0

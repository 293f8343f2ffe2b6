"""Equations on a page: MathML that browsers draw by themselves."""

from __future__ import annotations

from html import escape as escape_markup
from typing import TYPE_CHECKING, Final

from whygrad.document import Called, Derivative
from whygrad.notation import MATHML
from whygrad.notation.name import visible
from whygrad.render.equation import lines, words

if TYPE_CHECKING:
    from whygrad.document import Equation, Equations, Side
    from whygrad.notation import Numbers

LETTER: Final = 0.6  # of the font's size: wider than a letter is on average
WIDEST: Final = 9.0


def escape(text: str) -> str:
    """Text on one line that is neither markup nor able to hide."""
    return escape_markup(visible(text.replace("\n", " ")))


def equations_html(block: Equations, numbers: Numbers) -> str:
    """Equations aligned at their relations; one that is too wide for the page scrolls by itself."""
    width = min(max((left_width(each) for each in block.lines), default=0.0), WIDEST)
    inside = "".join(equation_html(each, numbers, width) for each in block.lines)
    return f'<div class="equations">\n{inside}</div>\n'


def equation_html(equation: Equation, numbers: Numbers, width: float) -> str:
    """A chain as a table of mathematics, one relation a row, and its remark."""
    rows = []
    for line in lines(equation, numbers):
        left = words(line.left, MATHML, numbers) if line.left else ""
        relation = f'<mo form="infix">{line.relation}</mo>' if line.relation else ""
        rows.append(
            f'<mtr><mtd class="left" style="min-width: {width:.1f}em">{left}</mtd>'
            f'<mtd class="right"><mrow>{relation}{words(line.side, MATHML, numbers)}</mrow></mtd></mtr>\n'
        )
    note = f'<p class="note">{escape(equation.note)}</p>' if equation.note else ""
    table = f'<mtable displaystyle="true" columnalign="right left">\n{"".join(rows)}</mtable>'
    return f'<div class="equation"><div class="scroll"><math>{table}</math></div>{note}</div>\n'


def formula_html(side: Side, numbers: Numbers) -> str:
    """A side within a line of text or a table."""
    return f'<math displaystyle="true"><mrow>{words(side, MATHML, numbers)}</mrow></math>'


def left_width(equation: Equation) -> float:
    """About how wide the left side of an equation is, in the size of its font; rather too wide than too narrow."""
    match equation.sides[0]:
        case Called(name):
            return LETTER * len(name)
        case Derivative(of, by):
            return LETTER * (1 + max(len(of), len(by)))
        case _:
            return 0.0

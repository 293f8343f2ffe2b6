"""How an expression is written down, as text, TeX or MathML, with the names people gave to its parts."""

from whygrad.notation.numeral import Numbers
from whygrad.notation.printer import DEPTH, Writing, mathml, tex, text, written
from whygrad.notation.style import LATEX, MATHML, TEX, TEXT, Style

__all__ = ["DEPTH", "LATEX", "MATHML", "TEX", "TEXT", "Numbers", "Style", "Writing", "mathml", "tex", "text", "written"]

"""How an expression is written down, as text or as TeX, with the names people gave to its parts."""

from whygrad.notation.printer import DEPTH, tex, text

__all__ = ["DEPTH", "tex", "text"]

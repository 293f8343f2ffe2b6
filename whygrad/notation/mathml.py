"""The smallest things on the page as MathML."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Final

from whygrad.notation.name import NameParts, derivative_parts, name_parts, visible
from whygrad.notation.symbol import FRACTION, POWER, PRODUCT, SIGN, Symbol

if TYPE_CHECKING:
    from whygrad.notation.symbol import Sourced

MINUS: Final = "<mo>−</mo>"
FENCE_OR_TALL: Final = re.compile(r'<mo(?P<form> form="\w+")?>(?P<sign>[()\[\]⌊⌋|])</mo>|<m(?:frac|table)\b')
OPENING: Final = "([⌊"


def number_mathml(shown: str, source: Sourced | None = None) -> Symbol:
    """A number given in plain characters; one from a trace carries its element and its exact value."""
    signed = shown.startswith("-")
    sign, size = (MINUS if signed else ""), shown.removeprefix("-")
    mantissa, _, exponent = size.partition("e")
    about = origin(source)
    if size in ("inf", "nan"):
        whole = "<mi>NaN</mi>" if size == "nan" else "<mi>∞</mi>"
    elif not exponent:
        whole = f"<mn>{size}</mn>"
    elif mantissa == "1":
        return row(sign + power_of_ten(int(exponent)), about, SIGN if signed else POWER, signed=signed)
    else:
        whole = f"<mn>{mantissa}</mn><mo>×</mo>{power_of_ten(int(exponent))}"
        return row(sign + whole, about, PRODUCT, signed=signed)
    if signed:
        return row(sign + whole, about, SIGN, signed=True)
    return Symbol(whole.replace(">", f"{about}>", 1))


def row(inside: str, about: str, level: int, *, signed: bool) -> Symbol:
    """A number of several pieces, held together."""
    return Symbol(f"<mrow{about}>{inside}</mrow>", level, signed)


def origin(source: Sourced | None) -> str:
    """Where a number came from and what it is exactly, as attributes."""
    if source is None:
        return ""
    ref = f' data-ref="{escape(visible(source.ref))}"' if source.ref else ""
    return f'{ref} data-value="{float(source.value)!r}"'


def power_of_ten(exponent: int) -> str:
    """10 to a whole power."""
    above = f"<mn>{abs(exponent)}</mn>"
    return f"<msup><mn>10</mn><mrow>{MINUS if exponent < 0 else ''}{above}</mrow></msup>"


@lru_cache(maxsize=4096)  # the few names of a network are written again and again
def name_mathml(name: str) -> Symbol:
    """A name with its hat, primes and indices; a derivative is a fraction."""
    if of_and_by := derivative_parts(name):
        above, below = (f"<mrow><mo>∂</mo>{name_mathml(each).words}</mrow>" for each in of_and_by)
        return Symbol(f"<mfrac>{above}{below}</mfrac>", FRACTION)
    return Symbol(scripted(name_parts(name)))


def scripted(parts: NameParts) -> str:
    """A base with what stands around it."""
    base = word(parts.base)
    base = f'<mover accent="true">{base}<mo>^</mo></mover>' if parts.hat else base
    above = f"<mo>{'′' * parts.primes}</mo>"
    below = "<mo>,</mo>".join(map(word, parts.below))
    below = f"<mrow>{below}</mrow>" if len(parts.below) > 1 else below
    if parts.primes and parts.below:
        return f"<msubsup>{base}{below}{above}</msubsup>"
    if parts.primes:
        return f"<msup>{base}{above}</msup>"
    return f"<msub>{base}{below}</msub>" if parts.below else base


def word(text: str) -> str:
    """A word of a name: a number, a letter in italics, or several letters upright."""
    kind = "mn" if all(part.isdecimal() for part in text.split(",")) else "mi"
    return f"<{kind}>{escape(visible(text))}</{kind}>"


def fitted(formula: str) -> str:
    """Brackets around what is no taller than a letter made not to stretch: browsers give stretched ones more room."""
    pieces: list[str] = []
    open_fences: list[tuple[int, int]] = []
    talls, start = 0, 0
    for found in FENCE_OR_TALL.finditer(formula):
        pieces += [formula[start : found.start()], found[0]]
        start = found.end()
        if found["sign"] is None:
            talls += 1
        elif found["sign"] in OPENING or found["form"] == ' form="prefix"':
            open_fences.append((len(pieces) - 1, talls))
        elif open_fences:
            place, before = open_fences.pop()
            if before == talls:
                pieces[place], pieces[-1] = (pieces[each].replace(">", ' stretchy="false">', 1) for each in (place, -1))
    return "".join([*pieces, formula[start:]])

"""The smallest things on the page: a number and a name, as text and as TeX."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import copysign, isfinite, isnan
from typing import Final

SUM: Final = 1
PRODUCT: Final = 2
SIGN: Final = 3
POWER: Final = 5
ATOM: Final = 9

LARGEST_WHOLE: Final = 1e16
LETTER_AND_NUMBER: Final = re.compile(r"([A-Za-z])([0-9]+)")
ESCAPED: Final = str.maketrans(
    {
        "\\": r"\backslash ",
        "^": r"\hat{\ }",
        "~": r"\sim ",
        " ": r"\ ",
        **{character: f"\\{character}" for character in "{}_%&#$"},
    }
)


@dataclass(frozen=True)
class Symbol:
    """Words that are written as they are, how tightly they bind, and whether a minus sign leads them."""

    words: str
    level: int = ATOM
    signed: bool = False


def number_text(value: float) -> Symbol:
    """The shortest digits that give the number back: 2, 0.5, 1e-05, inf."""
    signed = copysign(1.0, value) < 0 and not isnan(value)
    return Symbol(digits(value), SIGN if signed else ATOM, signed)


def number_tex(value: float) -> Symbol:
    r"""The same digits in TeX: 1e-05 becomes 10^{-5}."""
    signed = copysign(1.0, value) < 0 and not isnan(value)
    sign, size = ("-" if signed else ""), abs(value)
    if not isfinite(value):
        return Symbol(r"\mathrm{NaN}" if isnan(value) else rf"{sign}\infty", SIGN if signed else ATOM, signed)
    mantissa, _, exponent = digits(size).partition("e")
    if not exponent:
        return Symbol(f"{sign}{mantissa}", SIGN if signed else ATOM, signed)
    power = f"10^{{{int(exponent)}}}"
    if mantissa == "1":
        return Symbol(f"{sign}{power}", SIGN if signed else POWER, signed)
    return Symbol(rf"{sign}{mantissa} \cdot {power}", PRODUCT, signed)


def digits(value: float) -> str:
    """A number without a superfluous `.0`."""
    whole = isfinite(value) and value == int(value) and abs(value) < LARGEST_WHOLE
    negative_zero = value == 0 and copysign(1.0, value) < 0
    return str(int(value)) if whole and not negative_zero else repr(float(value))


def name_tex(name: str) -> str:
    r"""A name in TeX: w5 becomes w_{5}, net_H1 becomes \mathrm{net}_{\mathrm{H1}}, x[0,1] becomes x_{0,1}."""
    base, _, index = name.removesuffix("]").partition("[")
    head, *below = base.split("_")
    if found := LETTER_AND_NUMBER.fullmatch(head):
        head, below = found[1], [found[2], *below]
    if not head or not all(below):
        return upright(name)
    below += [index] if index else []
    return f"{upright(head)}_{{{','.join(map(upright, below))}}}" if below else upright(head)


def upright(word: str) -> str:
    """A word in upright letters; single letters and numbers need none."""
    if (len(word) == 1 and word.isalpha()) or all(part.isdecimal() for part in word.split(",")):
        return word
    return rf"\mathrm{{{word.translate(ESCAPED)}}}"

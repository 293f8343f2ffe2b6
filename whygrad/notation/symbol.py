"""The smallest things on the page, a number and a name, as text and as TeX."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from whygrad.notation.latex import escaped, letter
from whygrad.notation.name import derivative_name, derivative_parts, name_parts, visible

if TYPE_CHECKING:
    from collections.abc import Callable

CONDITION: Final = -1  # Python's `a if b else c` binds less than anything
SUM: Final = 1
PRODUCT: Final = 2
SIGN: Final = 3
FRACTION: Final = 4
POWER: Final = 5
ATOM: Final = 9

SPECIAL: Final = str.maketrans(
    {
        "\\": r"\backslash ",
        "^": r"\hat{\ }",
        "~": r"\sim ",
        " ": r"\ ",
        **{character: f"\\{character}" for character in "{}_%#$"},
        # Markdown must see neither a tag nor an entity nor code.
        **{character: f"{{{character}}}" for character in "<>`*"},
        "&": r"{\&}",
    }
)


class Sourced(Protocol):
    """A number that knows the element of the trace it came from; `document.Quantity` is one."""

    @property
    def value(self) -> float: ...
    @property
    def ref(self) -> str: ...


@dataclass(frozen=True)
class Symbol:
    """Words that are written as they are, how tightly they bind, and whether a minus sign leads them."""

    words: str
    level: int = ATOM
    signed: bool = False


def number_text(shown: str, source: Sourced | None = None) -> Symbol:  # noqa: ARG001 (text has no place for it)
    """A number given in plain characters, as text: as it is."""
    signed = shown.startswith("-")
    return Symbol(shown, SIGN if signed else ATOM, signed)


def number_tex(shown: str, source: Sourced | None = None) -> Symbol:  # noqa: ARG001 (TeX has no place for it)
    r"""The same in TeX: 1e-05 becomes 10^{-5}."""
    signed = shown.startswith("-")
    sign, size = ("-" if signed else ""), shown.removeprefix("-")
    if size in ("inf", "nan"):
        return Symbol(r"\mathrm{NaN}" if size == "nan" else rf"{sign}\infty", SIGN if signed else ATOM, signed)
    mantissa, _, exponent = size.partition("e")
    if not exponent:
        return Symbol(shown, SIGN if signed else ATOM, signed)
    power = f"10^{{{int(exponent)}}}"
    if mantissa == "1":
        return Symbol(f"{sign}{power}", SIGN if signed else POWER, signed)
    return Symbol(rf"{sign}{mantissa} \times {power}", PRODUCT, signed)


def name_text(name: str) -> Symbol:
    """A name as it is; a derivative is a fraction."""
    return Symbol(visible(name), ATOM if derivative_parts(name) is None else FRACTION)


def name_tex(name: str) -> Symbol:
    r"""A name in TeX: w5 becomes w_{5}, net_H1 becomes \mathrm{net}_{\mathrm{H1}}, dE/dw5 a fraction."""
    return symbol_tex(name, upright)


def name_latex(name: str) -> Symbol:
    """The same in characters that every LaTeX knows."""
    return symbol_tex(name, upright_ascii)


def symbol_tex(name: str, word: Callable[[str], str]) -> Symbol:
    """A name in TeX, each of its words written by `word`."""
    if of_and_by := derivative_parts(name):
        above, below = (symbol_tex(each, word).words for each in of_and_by)
        return Symbol(rf"\frac{{\partial {above}}}{{\partial {below}}}", FRACTION)
    parts = name_parts(name)
    base = rf"\hat{{{word(parts.base)}}}" if parts.hat else word(parts.base)
    below = f"_{{{','.join(map(word, parts.below))}}}" if parts.below else ""
    return Symbol(base + "'" * parts.primes + below)


def upright(word: str) -> str:
    """A word in upright letters; single letters and numbers need none."""
    if needs_nothing(word):
        return word
    return rf"\mathrm{{{visible(word).translate(SPECIAL)}}}"


def upright_ascii(word: str) -> str:
    """A word in upright letters, in ASCII."""
    if word.isascii():
        return upright(word)
    return letter(word) if len(word) == 1 else rf"\text{{{escaped(word)}}}"


def needs_nothing(word: str) -> bool:
    """Whether a word is a single letter, a number, or numbers with commas between them."""
    return (len(word) == 1 and word.isalpha()) or all(part.isdecimal() for part in word.split(","))


def derivative(of: str, by: str, name: Callable[[str], Symbol]) -> Symbol:
    """The derivative of one named quantity by another, in the way of writing of `name`."""
    return name(derivative_name(of, by))

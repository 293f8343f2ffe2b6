"""Numbers as people write them: 0.3825, .5, 1,000, 0,5, 1.2 × 10⁻³, 75 %, ½, and 0.5932… with its end cut off."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from whygrad.check.reading.letters import ABOVE, raised_digits

EXPONENT: Final = r"(?:[eE][-+−]?\d{1,4}(?!\w))?"
POINT: Final = re.compile(rf"(?:\d+(?:\.\d+)?|\.\d+){EXPONENT}")
GROUPED: Final = re.compile(rf"[1-9]\d{{0,2}}(?:,\d{{3}})+(?![\d,])(?:\.\d+)?{EXPONENT}")
COMMA: Final = re.compile(rf"(?:\d{{1,3}}(?:\.\d{{3}})+,\d+|\d+,\d+|,\d+){EXPONENT}")
SUPERSCRIPTS: Final = "".join(each for each in ABOVE if each in "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
TEN: Final = re.compile(
    r"\s*(?:×|·|⋅|\*|x|X|\\times(?![A-Za-z])|\\cdot(?![A-Za-z]))\s*10\s*"
    rf"(?:(?:\^|\*\*)\s*(?:\{{\s*([-+−–]?\s*\d{{1,4}})\s*\}}|\(([-+−–]?\d{{1,4}})\)|([-+−–]?\d{{1,4}}))|([{SUPERSCRIPTS}]+))(?![\w^])"
)
POWER_OF_TEN: Final = re.compile(
    rf"10\s*(?:(?:\^|\*\*)\s*(?:\{{\s*([-−–]\s*\d{{1,4}})\s*\}}|\(([-−–]\d{{1,4}})\)|([-−–]\d{{1,4}}))|(⁻[{SUPERSCRIPTS}]+))(?![\w^.])"
)
PERCENT: Final = re.compile(r"\s?(?:\\%|%)")
CUT: Final = re.compile(r"\s?(?:…|\.\.\.(?!\d)|\\l?dots(?![A-Za-z]))")
VULGAR: Final = frozenset("½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅒")
NAMED: Final = re.compile(r"(?:∞|\\infty(?![A-Za-z])|inf(?!\w)|infinity(?!\w)|nan(?!\w)|NaN(?!\w)|π|\\pi(?![A-Za-z]))")


@dataclass(frozen=True)
class Numeral:
    """A number and where its text ends."""

    value: float
    half_unit: float
    end: int
    is_percent: bool = False
    is_cut: bool = False


def numeral(text: str, start: int, *, decimal_comma: bool, grouped: bool, scientific: bool) -> Numeral | None:
    """The number that starts here, if one does.

    `grouped`: whether 1,000 is a thousand here; `scientific`: whether a power of ten behind it belongs to it.
    """
    if text[start] in VULGAR:
        return Numeral(unicodedata.numeric(text[start]), 0.0, start + 1)
    if found := NAMED.match(text, start):
        return Numeral(named(found[0]), 0.0, found.end())
    if found := POWER_OF_TEN.match(text, start):
        return made("1", exponent_of(found.groups()), found.end())
    comma = COMMA.match(text, start) if decimal_comma else None
    if found := comma or (GROUPED.match(text, start) if grouped else None) or POINT.match(text, start):
        digits = found[0].replace(".", "").replace(",", ".") if comma else found[0].replace(",", "")
        return finished(text, digits.replace("−", "-"), found.end(), scientific=scientific)
    return None


def named(word: str) -> float:
    """A number that has a name."""
    if word in ("π", r"\pi"):
        return math.pi
    return math.nan if word.casefold() == "nan" else math.inf


def finished(text: str, digits: str, end: int, *, scientific: bool) -> Numeral:
    """A number with what may follow it: a power of ten, a percent sign, dots, a fraction in one character."""
    mantissa, _, exponent = digits.casefold().partition("e")
    if scientific and not exponent and (found := TEN.match(text, end)):
        return made(mantissa, exponent_of(found.groups()), found.end())
    if "." not in digits and text[end : end + 1] in VULGAR and text[end : end + 1]:
        return Numeral(float(mantissa) + unicodedata.numeric(text[end]), 0.0, end + 1)
    if found := PERCENT.match(text, end):
        return made(mantissa, int(exponent or 0) - 2, found.end(), is_percent=True)
    found = CUT.match(text, end)
    return made(mantissa, int(exponent or 0), found.end() if found else end, is_cut=found is not None)


def made(mantissa: str, exponent: int, end: int, *, is_percent: bool = False, is_cut: bool = False) -> Numeral:
    """A number from its digits and its power of ten, and half a unit of its last place."""
    places = len(mantissa.partition(".")[2])
    return Numeral(float(f"{mantissa}e{exponent}"), float(f"5e{exponent - places - 1}"), end, is_percent, is_cut)


def exponent_of(groups: tuple[str | None, ...]) -> int:
    """The exponent that one of several ways of writing gave."""
    written = next((group for group in groups if group), "0")
    digits = re.sub(r"[−–]", "-", raised_digits(written)).replace(" ", "").replace("+", "")
    return int(digits) if re.fullmatch(r"-?\d{1,4}", digits) else 0

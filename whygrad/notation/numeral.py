"""How many digits of a number are written. What is shown is rounded once, from the full value."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import copysign, floor, isfinite, isnan, log10, ulp
from typing import Final

SMALLEST: Final = 1e-4
LARGEST: Final = 1e7
LARGEST_WHOLE: Final = 1e16
LAST_BITS: Final = 4  # units in the last place that adding a few numbers may be off by


@dataclass(frozen=True)
class Numbers:
    """How numbers are shown: `digits` significant digits, or `digits` decimal places where `fixed`; all where None.

    A number that few digits give exactly is not padded: 0.5, not 0.500000. With fixed places it is, and a number that
    would be nothing but zeros is written as 4.1e-09.
    """

    digits: int | None = 6
    fixed: bool = False

    def shown(self, value: float) -> str:
        """A value in plain characters: 0.0821670, -2, 4.1e-09, inf, nan."""
        if not isfinite(value):
            return "nan" if isnan(value) else str(value)
        if self.digits is None:
            return exact(value)
        if not self.fixed or abs(value) >= LARGEST_WHOLE:
            return significant(value, self.digits)
        text = fixed(value, self.digits)
        return text if value == 0 or text.strip("-0.") else f"{value:.2g}"

    def given(self, value: float) -> str:
        """A number of the formula itself, such as 2 or 0.5: never padded, rounded only where it is long."""
        whole = exact(value)
        return whole if self.digits is None or len(whole.strip("-")) <= self.digits + 2 else self.shown(value)

    def rounded(self, value: float) -> float:
        """A value as somebody rounds it with a pencil, who sees no binary digits: halves up, as at school."""
        if self.digits is None or not isfinite(value) or value == 0:
            return value
        known = Decimal(plain(value))
        places = self.digits if self.fixed else self.digits - 1 - known.adjusted()
        if not self.fixed and not is_scientific(value):
            places = max(places, 0)  # the whole part is kept
        found = known.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        return float(found) if found else float(self.shown(value))


USUAL: Final = Numbers()


def plain(value: float) -> str:
    """A number without the last bits of a double, which no sum of decimals has: 0.1 + 0.2 is 0.3."""
    return f"{value:.15g}"


def exact(value: float) -> str:
    """The shortest digits that give the number back, without a superfluous `.0`: 2, 0.5, 1e-05, inf."""
    whole = isfinite(value) and value == int(value) and abs(value) < LARGEST_WHOLE
    negative_zero = value == 0 and copysign(1.0, value) < 0
    return str(int(value)) if whole and not negative_zero else repr(float(value))


def significant(value: float, digits: int) -> str:
    """A finite number with so many significant digits, fewer when they are all of it; its whole part is kept.

    All of it means up to the last bits of a double: 0.7 is also what 0.1 + 0.6 gives.

    >>> significant(0.3036422, 4), significant(0.1, 4), significant(12345.678, 4), significant(4.1e-9, 4)
    ('0.3036', '0.1', '12346', '4.100e-09')
    """
    if is_scientific(value):
        return scientific(value, digits)
    text = fixed(value, max(digits - 1 - exponent(value), 0) if value else 0)
    is_whole = abs(float(text) - value) <= LAST_BITS * ulp(value)
    return text.rstrip("0").removesuffix(".") if "." in text and is_whole else text


def is_scientific(value: float) -> bool:
    """Whether a finite number is too small or too large to be written out."""
    return value != 0 and not SMALLEST <= abs(value) < LARGEST


def scientific(value: float, digits: int) -> str:
    """A number as 4.100e-09."""
    return f"{value:.{max(digits - 1, 0)}e}"


def fixed(value: float, decimals: int) -> str:
    """A number with so many decimals, without a minus sign before nothing but zeros."""
    text = f"{value:.{decimals}f}"
    return text.removeprefix("-") if not text.strip("-0.") else text


def exponent(value: float) -> int:
    """The power of ten of the first digit of a number that is not zero."""
    return floor(log10(abs(value)))

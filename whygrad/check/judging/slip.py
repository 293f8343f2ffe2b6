"""What happens to digits on the way to the paper: cut instead of rounded, rounded twice, exchanged, a point slipped."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, InvalidOperation
from math import isfinite, log10
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.verdict import Printed

UNITS: Final = 3  # of the last place: a slip of the pencil or the calculator
DIGITS: Final = 3  # fewer say too little to tell a slip from another number
MORE_PLACES: Final = 4
OFF: Final = "off by"  # how words begin that say only how far, and not why


def slip_of(value: float, printed: Printed) -> str:
    """Which slip of the last digits turns a value into what is printed, in words; "" where none does."""
    if not isfinite(value) or printed.half <= 0:
        return ""
    exact, written = Decimal(repr(value)), Decimal(repr(printed.value))
    unit = Decimal(repr(2 * printed.half)).normalize()
    try:
        if exact.quantize(unit, ROUND_DOWN) == written.quantize(unit):
            return "cut, not rounded"
        if any(twice == written.quantize(unit) for twice in rounded_twice(exact, unit)):
            return "rounded twice"
    except InvalidOperation:
        return ""
    units = round(abs(written - exact) / unit)
    few = units <= UNITS and significant(printed) >= DIGITS
    return f"{OFF} {units} in the last place" if few and units else ""


def rounded_twice(exact: Decimal, unit: Decimal) -> Iterator[Decimal]:
    """A value rounded to more places first, and then to those that are shown."""
    for more in range(1, MORE_PLACES):
        yield exact.quantize(unit.scaleb(-more), ROUND_HALF_UP).quantize(unit, ROUND_HALF_UP)


def significant(printed: Printed) -> int:
    """How many digits of a printed number say something."""
    if not printed.value or printed.half <= 0:
        return 0
    return max(0, round(log10(abs(printed.value) / (2 * printed.half)) + 0.5))


def slipped(value: float, printed: Printed) -> str:
    """What else may have happened to the digits of a value: the point slipped, two digits exchanged, the sign lost."""
    if not isfinite(value) or not value:
        return ""
    for places in (1, -1, 2, -2, 3, -3):
        if printed.holds(value * 10.0**places):
            return f"the decimal point slipped by {abs(places)}"
    if printed.holds(-value):
        return "the sign is lost"
    if any(printed.holds(each) for each in exchanged(value, printed)):
        return "two digits are exchanged"
    return ""


def exchanged(value: float, printed: Printed) -> Iterator[float]:
    """A value as it would be printed, with each two neighbours among its digits exchanged."""
    if printed.half <= 0:
        return
    try:
        text = str(Decimal(repr(value)).quantize(Decimal(repr(2 * printed.half)).normalize(), ROUND_HALF_UP))
    except InvalidOperation:  # too many digits to have been written
        return
    for place in range(len(text) - 1):
        first, second = text[place], text[place + 1]
        if first.isdigit() and second.isdigit() and first != second:
            yield float(f"{text[:place]}{second}{first}{text[place + 2 :]}")

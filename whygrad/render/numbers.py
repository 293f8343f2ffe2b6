"""Numbers as people read them: few digits, the same everywhere, and plain ASCII so that they can be copied."""

from __future__ import annotations

from math import isfinite, isnan
from typing import TYPE_CHECKING, Final

from whygrad.notation.numeral import Numbers, exponent, fixed, is_scientific, scientific, significant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whygrad.document import Number

MISSING: Final = "–"
FOUR: Final = Numbers(4)


def figure(value: Number, digits: int = 4) -> str:
    """A number with so many significant digits, fewer when they are all of it; its whole part is never rounded away.

    >>> figure(0.3036422), figure(0.1), figure(12345.678), figure(4.1e-9)
    ('0.3036', '0.1', '12346', '4.100e-09')
    """
    if value is None or isinstance(value, int) or not isfinite(value):
        return special(value)
    return significant(value, digits)


def short(value: float, digits: int = 6) -> str:
    """A number without superfluous zeros, as on an axis or a drawing: 0.5, -0.2, 1e-6."""
    if not isfinite(value):
        return special(value)
    mantissa, _, power = f"{value:.{digits}g}".partition("e")
    return f"{mantissa}e{int(power)}" if power else "0" if mantissa == "-0" else mantissa


def exact(value: float) -> str:
    """The shortest digits that give the number back, of NumPy's numbers too."""
    return repr(value if isinstance(value, int) else float(value))


def column(values: Sequence[Number], numbers: Numbers = FOUR) -> tuple[str, ...]:
    """Numbers that stand below each other: all with the same decimals, so that their points align on the right.

    There are as many decimals as `numbers` has digits, fewer beside numbers above 10 or when fewer are exact, unless
    these are fixed; the smallest number shows at least two digits. Very small and very large numbers are written as
    1.500e-09.

    >>> column([4.69721, 0.5956, 0.0026, None])
    ('4.6972', '0.5956', '0.0026', '–')
    """
    digits = numbers.digits
    if digits is None or numbers.fixed:
        return tuple(special(each) if each is None or isinstance(each, int) else numbers.shown(each) for each in values)
    if all(value is None or isinstance(value, int) for value in values):
        return tuple(special(value) for value in values)
    plain = [abs(float(v)) for v in values if v and isfinite(v) and not is_scientific(v)]
    wanted = max(digits - max(exponent(max(plain)), 0), 1 - exponent(min(plain)), 0) if plain else 0
    decimals = next((d for d in range(wanted) if all(float(fixed(v, d)) == v for v in plain)), wanted)
    return tuple(cell(value, decimals, digits) for value in values)


def cell(value: Number, decimals: int, digits: int) -> str:
    """One number of a column."""
    if value is None or not isfinite(value):
        return special(value)
    return scientific(value, digits) if is_scientific(value) else fixed(value, decimals)


def percent(share: Number, digits: int = 1) -> str:
    """A share of one as a percentage: 0.97059 is 97.1%."""
    if share is None or not isfinite(share):
        return special(share)
    return f"{fixed(100 * share, digits)}%"


def count(number: int, noun: str, plural: str = "") -> str:
    """How many of something: 1 weight, 2,370 weights."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def special(value: Number) -> str:
    """What has no decimals: nothing, a whole number, NaN, infinity."""
    if value is None:
        return MISSING
    return "NaN" if isnan(value) else str(value)

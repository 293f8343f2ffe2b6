"""Exponentials, logarithms and the hyperbolic tangent made of plain operations, of which a compiler can make vectors.

A call of the C library would keep it from that. The text of this file is the beginning of generated programs. Each
result is within a few units in the last place.
"""

import math  # noqa: F401 (programs that begin with this text use it)
from math import cos, floor, inf, nan, sin, sqrt  # noqa: F401

import numpy as np

LOG2_E = 1.4426950408889634
LN2_HIGH, LN2_LOW = 0.693147180369123816490, 1.90821492927058770002e-10  # their sum is ln 2; the first ends in zeros
SHIFTER = 6755399441055744.0  # 1.5 x 2^52: a number that is added to it is rounded to a whole one, in its last bits
LARGEST_EXPONENT = 709.782712893384
SMALLEST_EXPONENT = -708.0  # below it the result is taken for 0
SMALLEST_NORMAL = 2.2250738585072014e-308
SQRT_2 = 1.4142135623730951
EXPONENT, FRACTION, ONE = 52, (1 << 52) - 1, 1023 << 52  # where a double has them, and the bits of 1.0


def half_power(shifted: float) -> float:
    """Half of two to the power of a whole number that was added to SHIFTER, by writing it where the exponent is."""
    return np.int64((np.float64(shifted).view(np.int64) + 1022) << EXPONENT).view(np.float64)


def expm1_of_small(r: float) -> float:
    """e^r - 1 for |r| <= ln 2 / 2: Taylor's polynomial."""
    p = 1.0 / 6227020800.0
    p = p * r + 1.0 / 479001600.0
    p = p * r + 1.0 / 39916800.0
    p = p * r + 1.0 / 3628800.0
    p = p * r + 1.0 / 362880.0
    p = p * r + 1.0 / 40320.0
    p = p * r + 1.0 / 5040.0
    p = p * r + 1.0 / 720.0
    p = p * r + 1.0 / 120.0
    p = p * r + 1.0 / 24.0
    p = p * r + 1.0 / 6.0
    p = p * r + 0.5
    return p * (r * r) + r


def exp(x: float) -> float:
    """e^x: x is n ln 2 + r, and e^r is near 1."""
    shifted = x * LOG2_E + SHIFTER
    n = shifted - SHIFTER
    value = (1.0 + expm1_of_small((x - n * LN2_HIGH) - n * LN2_LOW)) * half_power(shifted) * 2.0
    value = inf if x > LARGEST_EXPONENT else value
    return 0.0 if x < SMALLEST_EXPONENT else value


def expm1(x: float) -> float:
    """e^x - 1, exact near 0 as well."""
    shifted = x * LOG2_E + SHIFTER
    n = shifted - SHIFTER
    half = half_power(shifted)
    value = (half * expm1_of_small((x - n * LN2_HIGH) - n * LN2_LOW) + (half - 0.5)) * 2.0
    value = inf if x > LARGEST_EXPONENT else value
    return -1.0 if x < -50.0 else value


def tanh(x: float) -> float:
    """(e^2x - 1) / (e^2x + 1), of the absolute value; from 20 on it is 1."""
    size = abs(x)
    size = min(size, 20.0)
    grown = expm1(2.0 * size)
    value = grown / (grown + 2.0)
    return -value if x < 0.0 else value


def log(x: float) -> float:
    """The logarithm: x is 2^n m with m near 1, and ln m = 2 artanh s with s = (m - 1) / (m + 1), by its series."""
    is_small = x < SMALLEST_NORMAL
    bits = np.float64(x * 18014398509481984.0 if is_small else x).view(np.int64)
    n = float((bits >> EXPONENT) - 1023) - (54.0 if is_small else 0.0)
    m = np.int64((bits & FRACTION) | ONE).view(np.float64)
    is_large = m > SQRT_2
    n = n + 1.0 if is_large else n
    f = (0.5 * m if is_large else m) - 1.0
    s = f / (2.0 + f)
    z = s * s
    p = 2.0 / 23.0
    p = p * z + 2.0 / 21.0
    p = p * z + 2.0 / 19.0
    p = p * z + 2.0 / 17.0
    p = p * z + 2.0 / 15.0
    p = p * z + 2.0 / 13.0
    p = p * z + 2.0 / 11.0
    p = p * z + 2.0 / 9.0
    p = p * z + 2.0 / 7.0
    p = p * z + 2.0 / 5.0
    p = p * z + 2.0 / 3.0
    square = 0.5 * f * f
    value: float = n * LN2_HIGH + (f - (square - (s * (square + p * z) + n * LN2_LOW)))
    value = x if x == inf else value
    value = -inf if x == 0.0 else value
    return value if x >= 0.0 else nan


def log1p(x: float) -> float:
    """The logarithm of 1 + x, exact near 0 as well: what was lost in 1 + x is put back."""
    whole = 1.0 + x
    value = log(whole) + (x - (whole - 1.0)) / whole
    value = x if x == inf else value
    return -inf if x == -1.0 else value

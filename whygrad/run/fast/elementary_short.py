"""The functions of `elementary` in single precision: the same ways, with fewer terms, each result rounded to single.

The text of this file is the beginning of generated programs, in which a number that is not of the arrays' own precision
would make doubles of all that it meets. Each result is within a few units in the last place.
"""

import math  # noqa: F401 (programs that begin with this text use them)
from math import cos, inf, nan, sin, sqrt  # noqa: F401

import numpy as np

f32 = np.float32

LOG2_E = f32(1.4426950408889634)
LN2_HIGH, LN2_LOW = f32(0.693359375), f32(-2.12194440054690583e-4)  # their sum is ln 2; the first ends in zeros
SHIFTER = f32(12582912.0)  # 1.5 x 2^23: a number that is added to it is rounded to a whole one, in its last bits
LARGEST_EXPONENT = f32(88.72283)
SMALLEST_EXPONENT = f32(-86.5)  # below it the result is taken for 0
SMALLEST_NORMAL = f32(1.17549435e-38)
SQRT_2 = f32(1.4142135623730951)
EXPONENT, FRACTION, ONE = 23, (1 << 23) - 1, 127 << 23  # where a single has them, and the bits of 1.0


def half_power(shifted: f32) -> f32:
    """Half of two to the power of a whole number that was added to SHIFTER, by writing it where the exponent is."""
    return np.int32((f32(shifted).view(np.int32) + 126) << EXPONENT).view(f32)


def expm1_of_small(r: f32) -> f32:
    """e^r - 1 for |r| <= ln 2 / 2: Taylor's polynomial."""
    p = f32(1 / 5040)
    p = p * r + f32(1 / 720)
    p = p * r + f32(1 / 120)
    p = p * r + f32(1 / 24)
    p = p * r + f32(1 / 6)
    p = p * r + f32(0.5)
    return p * (r * r) + r


def exp(x: f32) -> f32:
    """e^x: x is n ln 2 + r, and e^r is near 1."""
    shifted = x * LOG2_E + SHIFTER
    n = shifted - SHIFTER
    value = (f32(1.0) + expm1_of_small((x - n * LN2_HIGH) - n * LN2_LOW)) * half_power(shifted) * f32(2.0)
    value = f32(inf) if x > LARGEST_EXPONENT else value
    return f32(0.0) if x < SMALLEST_EXPONENT else value


def expm1(x: f32) -> f32:
    """e^x - 1, exact near 0 as well."""
    shifted = x * LOG2_E + SHIFTER
    n = shifted - SHIFTER
    half = half_power(shifted)
    value = (half * expm1_of_small((x - n * LN2_HIGH) - n * LN2_LOW) + (half - f32(0.5))) * f32(2.0)
    value = f32(inf) if x > LARGEST_EXPONENT else value
    return f32(-1.0) if x < f32(-20.0) else value


def tanh(x: f32) -> f32:
    """(e^2x - 1) / (e^2x + 1), of the absolute value; from 10 on it is 1."""
    size = abs(x)
    size = min(size, f32(10.0))
    grown = expm1(f32(2.0) * size)
    value = grown / (grown + f32(2.0))
    return -value if x < f32(0.0) else value


def log(x: f32) -> f32:
    """The logarithm: x is 2^n m with m near 1, and ln m = 2 artanh s with s = (m - 1) / (m + 1), by its series."""
    is_small = x < SMALLEST_NORMAL
    bits = f32(x * f32(33554432.0) if is_small else x).view(np.int32)
    n = f32((bits >> EXPONENT) - 127) - (f32(25.0) if is_small else f32(0.0))
    m = np.int32((bits & FRACTION) | ONE).view(f32)
    is_large = m > SQRT_2
    n = n + f32(1.0) if is_large else n
    f = (f32(0.5) * m if is_large else m) - f32(1.0)
    s = f / (f32(2.0) + f)
    z = s * s
    p = f32(2 / 9)
    p = p * z + f32(2 / 7)
    p = p * z + f32(2 / 5)
    p = p * z + f32(2 / 3)
    square = f32(0.5) * f * f
    value = n * LN2_HIGH + (f - (square - (s * (square + p * z) + n * LN2_LOW)))
    value = x if x == f32(inf) else value
    value = f32(-inf) if x == f32(0.0) else value
    return value if x >= f32(0.0) else f32(nan)


def log1p(x: f32) -> f32:
    """The logarithm of 1 + x, exact near 0 as well: what was lost in 1 + x is put back."""
    whole = f32(1.0) + x
    value = log(whole) + (x - (whole - f32(1.0))) / whole
    value = x if x == f32(inf) else value
    return f32(-inf) if x == f32(-1.0) else value

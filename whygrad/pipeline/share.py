"""A share that was counted, and how far the true one may be from it."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Final

Z: Final = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Share:
    """A share from 0 to 1, and the interval in which the true one lies 95 times of 100."""

    share: float
    low: float
    high: float


def share_of(count: int, of: int) -> Share:
    """So many of so many, at least one.

    Wilson 1927, Probable inference, the law of succession, and statistical inference.
    """
    found = count / of
    spread = 1 + Z**2 / of
    middle = (found + Z**2 / (2 * of)) / spread
    half = Z * sqrt(found * (1 - found) / of + Z**2 / (4 * of**2)) / spread
    low, high = min(max(middle - half, 0.0), found), max(min(middle + half, 1.0), found)  # without their rounding
    return Share(found, low, high)

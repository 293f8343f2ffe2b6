"""Exponentials and logarithms of plain operations are those of the C library, to a few units in the last place.

In single precision they are held against the library's doubles.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from whygrad.run.fast import elementary, elementary_short

ENDS = [0.0, -0.0, np.inf, -np.inf, np.nan]
AROUND = np.concatenate([np.linspace(-3, 3, 101), np.geomspace(1e-300, 1, 61), -np.geomspace(1e-300, 1, 61)])
CASES = {
    "exp": (np.exp, [*np.linspace(-707, 709.7, 201), 709.78, 709.79, -720.0]),
    "expm1": (np.expm1, [*np.linspace(-60, 709.7, 201), 709.78, 709.79, -720.0]),
    "tanh": (np.tanh, [*np.linspace(-25, 25, 201)]),
    "log": (np.log, [*np.geomspace(5e-324, 1.7e308, 401), *np.linspace(0.5, 2, 101), -1.0]),
    "log1p": (np.log1p, [*np.geomspace(1e-300, 1.7e308, 401), *np.linspace(-0.999, 1, 101), -1.0, -2.0]),
}


@pytest.mark.parametrize("name", CASES)
@np.errstate(all="ignore")
def test_the_library_says_the_same(name: str) -> None:
    mine: Callable[[float], float] = getattr(elementary, name)
    theirs, further = CASES[name]
    for x in [*ENDS, *AROUND.tolist(), *map(float, further)]:
        found, wanted = float(mine(np.float64(x))), float(theirs(x))
        if np.isnan(wanted) or np.isinf(wanted):
            assert repr(found) == repr(wanted), x
        else:
            assert abs(found - wanted) <= max(3 * float(np.spacing(abs(wanted))), 1e-307), x


SHORT = {
    "exp": (np.exp, [*np.linspace(-86, 88.7, 201), 88.73, -90.0]),
    "expm1": (np.expm1, [*np.linspace(-25, 88.7, 201), 88.73, -90.0]),
    "tanh": (np.tanh, [*np.linspace(-12, 12, 201)]),
    "log": (np.log, [*np.geomspace(1e-44, 3.4e38, 201), *np.linspace(0.5, 2, 101), -1.0]),
    "log1p": (np.log1p, [*np.geomspace(1e-37, 3.4e38, 201), *np.linspace(-0.999, 1, 101), -1.0, -2.0]),
}


@pytest.mark.parametrize("name", SHORT)
@np.errstate(all="ignore")
def test_the_library_says_the_same_in_single_precision(name: str) -> None:
    mine: Callable[[np.float32], np.float32] = getattr(elementary_short, name)
    theirs, further = SHORT[name]
    for x in np.array([*ENDS, *AROUND, *further], np.float32):
        found, wanted = mine(x), np.float32(theirs(np.float64(x)))
        assert isinstance(found, np.float32)
        if np.isnan(wanted) or np.isinf(wanted):
            assert repr(found) == repr(wanted), x
        else:
            assert abs(found - wanted) <= max(2 * np.spacing(abs(wanted)), np.float32(3e-38)), x

"""The interval behind a share that was counted."""

from __future__ import annotations

import numpy as np
import pytest

from whygrad.pipeline.share import share_of


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(734, 1_000, 0.7058, 0.76045), (0, 100, 0.0, 0.0370), (100, 100, 0.9630, 1.0), (1, 2, 0.0945, 0.9055)],
)
def test_the_ends_are_those_of_the_tables(count: int, of: int, low: float, high: float) -> None:
    found = share_of(count, of)
    assert (found.share, found.low, found.high) == pytest.approx((count / of, low, high), abs=5e-5)


@pytest.mark.parametrize("truth", [0.03, 0.3, 0.5])
def test_about_95_of_100_hold_the_truth(truth: float) -> None:
    counts = np.random.default_rng(5).binomial(200, truth, 4_000).tolist()
    found = [share_of(count, 200) for count in counts]
    assert np.mean([each.low <= truth <= each.high for each in found]) == pytest.approx(0.95, abs=0.02)

"""The epochs that are printed: few, round, the first and the last, and where the loss still falls."""

from __future__ import annotations

from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whygrad.pipeline.epochs import readable_epochs
from whygrad.trace import History


def history(losses: list[float], first: int = 0) -> History:
    return History(tuple({"epoch": first + place, "loss": loss} for place, loss in enumerate(losses)))


@pytest.mark.parametrize(
    ("epochs", "decay", "expected"),
    [
        (1000, 0.003, [0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 999]),
        (101, 0.01, [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]),
        (3001, 0.1, [0, 20, 40, 60, 80, 100, 200, 500, 1000, 2000, 3000]),
        (3001, 2.0, [0, 1, 2, 3, 4, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 3000]),
        (10, 0.1, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
        (1, 0.1, [0]),
    ],
)
def test_places_for_a_loss_that_falls(epochs: int, decay: float, expected: list[int]) -> None:
    assert readable_epochs(history([exp(-decay * epoch) for epoch in range(epochs)])) == expected


def test_no_epoch_has_no_places() -> None:
    assert readable_epochs(history([])) == []


@given(
    losses=st.lists(st.floats(allow_nan=True, allow_infinity=True, width=32), min_size=1, max_size=300),
    first=st.integers(0, 1000),
)
def test_few_in_order_first_and_last_whatever_the_loss(losses: list[float], first: int) -> None:
    places = readable_epochs(history(losses, first))
    assert places == sorted(set(places))
    assert (places[0], places[-1]) == (first, first + len(losses) - 1)
    assert len(places) <= 16
    assert len(places) >= min(len(losses), 4)

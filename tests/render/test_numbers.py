"""Numbers for people: enough digits, aligned points, nothing that a copy would spoil."""

from __future__ import annotations

from math import inf, isfinite, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whygrad.render.numbers import column, count, figure, percent, short

FINITE = st.floats(-1e308, 1e308)  # beyond it a rounded number may be none


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.3036422, "0.3036"),
        (4.697212, "4.697"),
        (0.00012345, "0.0001234"),
        (0.0000999, "9.990e-05"),
        (12345.678, "12346"),
        (1.2e7, "1.200e+07"),
        (0.1, "0.1"),
        (1.0, "1"),
        (0.0, "0"),
        (-0.0, "0"),
        (-0.5, "-0.5"),
        (344, "344"),
        (123456789, "123456789"),
        (None, "–"),
        (nan, "NaN"),
        (-inf, "-inf"),
    ],
)
def test_a_number_has_four_significant_digits_or_all_it_has(value: float | None, text: str) -> None:
    assert figure(value) == text


@given(FINITE, st.integers(1, 9))
def test_a_shown_number_is_the_number_to_its_digits(value: float, digits: int) -> None:
    text = figure(value, digits)
    assert text.isascii()
    assert abs(float(text) - value) <= 0.51 * 10.0 ** (1 - digits) * abs(value) or abs(float(text) - value) <= 0.5


@given(st.lists(st.one_of(st.none(), st.integers(-5000, 5000), FINITE), max_size=8))
def test_points_of_a_column_stand_below_each_other(values: list[float | None]) -> None:
    shown = column(values)
    assert len(shown) == len(values)
    plain = [text for text in shown if text != "–" and "e" not in text]
    assert len({len(text.partition(".")[2]) for text in plain}) <= 1


@given(st.lists(st.floats(1e-4, 1e6) | st.floats(-1e6, -1e-4), min_size=1, max_size=8))
def test_no_number_of_a_column_is_rounded_to_nothing(values: list[float]) -> None:
    for value, text in zip(values, column(values), strict=True):
        assert abs(float(text) - value) <= 0.051 * abs(value)


def test_losses_read_as_people_quote_them() -> None:
    losses = [4.69721, 0.595612, 0.0763, 0.002598]
    assert column(losses) == ("4.6972", "0.5956", "0.0763", "0.0026")


def test_a_vanished_loss_does_not_lengthen_the_others() -> None:
    assert column([4.69721, 1.2e-30, nan]) == ("4.6972", "1.200e-30", "NaN")


def test_whole_numbers_in_a_column_stay_whole() -> None:
    assert column([1.0, 250.0, 0.0]) == ("1", "250", "0")
    assert column([]) == ()


def test_shares_and_counts() -> None:
    assert (percent(0.97059), percent(1, 0), percent(nan), percent(None)) == ("97.1%", "100%", "NaN", "–")
    assert (count(1, "weight"), count(2370, "weight"), count(0, "class", "classes")) == (
        "1 weight",
        "2,370 weights",
        "0 classes",
    )


@given(FINITE)
def test_a_short_number_is_the_number_to_six_digits(value: float) -> None:
    text = short(value)
    assert "e-0" not in text
    assert "+" not in text
    # The largest doubles round up beyond all doubles.
    assert abs(float(text) - value) <= 0.51e-5 * abs(value) or not isfinite(float(text))

"""Numbers: their value, and half a unit of the last place shown."""

from __future__ import annotations

import math

import pytest

from whygrad.check.reading.claims import formula_of
from whygrad.check.reading.formula import Number
from whygrad.check.reading.vocabulary import Manner

VALUES = [
    ("0.3825", 0.3825, 0.00005),
    ("0.3900", 0.39, 0.00005),
    ("12e-3", 0.012, 0.0005),
    ("1.2e-3", 0.0012, 0.00005),
    ("1.2E+3", 1200.0, 50.0),
    ("1.2e−3", 0.0012, 0.00005),
    (".5", 0.5, 0.05),
    ("3", 3.0, 0.5),
    ("17.0", 17.0, 0.05),
    ("1,000", 1000.0, 0.5),
    ("12,345.67", 12345.67, 0.005),
    ("75%", 0.75, 0.005),
    (r"12.5\%", 0.125, 0.0005),
    ("1.2 × 10^-3", 0.0012, 0.00005),
    ("1.2·10⁻³", 0.0012, 0.00005),
    (r"4.48 \times 10^{-4}", 0.000448, 0.0000005),
    (r"1.2 \cdot 10^{-3}", 0.0012, 0.00005),
    ("5x10^-4", 0.0005, 0.00005),
    ("10^{-5}", 1e-5, 5e-6),
    ("½", 0.5, 0.0),
    ("1¼", 1.25, 0.0),
    ("π", math.pi, 0.0),
]


@pytest.mark.parametrize(("text", "value", "half"), VALUES, ids=[text for text, *_ in VALUES])
def test_value_and_half_a_unit(text: str, value: float, half: float) -> None:
    number = formula_of(text)
    assert isinstance(number, Number)
    assert number.text == text
    assert number.value == pytest.approx(value, rel=1e-15)
    assert number.half_unit == pytest.approx(half, rel=1e-12)
    assert number.is_percent == ("%" in text)


def test_more_digits_than_a_number_holds_are_infinite() -> None:
    number = formula_of("9" * 400 + "½")
    assert isinstance(number, Number)
    assert number.value == math.inf


@pytest.mark.parametrize("dots", ["…", "...", r"\dots", r"\ldots"])
def test_dots_say_that_digits_were_cut(dots: str) -> None:
    number = formula_of(f"0.5932{dots}")
    assert isinstance(number, Number)
    assert (number.value, number.is_cut) == (0.5932, True)


@pytest.mark.parametrize(
    ("text", "value", "half"), [("0,3825", 0.3825, 0.00005), ("1.000,5", 1000.5, 0.05), ("0.25", 0.25, 0.005)]
)
def test_a_decimal_comma_where_it_is_asked_for(text: str, value: float, half: float) -> None:
    number = formula_of(text, Manner(decimal_comma=True))
    assert isinstance(number, Number)
    assert (number.value, number.half_unit) == (value, half)


def test_a_divisor_keeps_its_power_of_ten_to_itself() -> None:
    """1/2 × 10^-3 is 0.0005, and no division by two thousandths."""
    from whygrad.check.worth import worth

    assert worth(formula_of("1/2 × 10^-3"), {}) == pytest.approx(0.0005)
    assert worth(formula_of("4 × 10^2"), {}) == 400.0

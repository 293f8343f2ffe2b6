"""What formulas are worth, and what rounding of their operands can do, against arithmetic done here."""

from __future__ import annotations

import math
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whygrad.check.reading.claims import formula_of
from whygrad.check.reading.formula import Function, Leaf, Number
from whygrad.check.worth import slopes, swing, worth

VALUES = {"w1": 0.15, "x1": 0.05, "z": 0.3775, "w_1": 2.0, "w_2": 4.0, "x_1": 3.0, "x_2": 5.0, "p": 0.7}


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


EXPECTED = [
    ("w1·x1 + 0.35", 0.3575),
    ("σ(z)", sigmoid(0.3775)),
    ("1/(1+e^-z)", sigmoid(0.3775)),
    ("σ'(z)", sigmoid(0.3775) * (1 - sigmoid(0.3775))),
    ("tanh'(z)", 1 - math.tanh(0.3775) ** 2),
    ("relu(-3) + relu'(2)", 1.0),
    ("leaky_relu(-2)", -0.02),
    ("leaky_relu(-2, 0.1)", -0.2),
    ("max(1, 3, 2) - min(1, 3, 2)", 2.0),
    ("log10(1000) + log2(8)", 6.0),
    ("ln(p) + exp(p)", math.log(0.7) + math.exp(0.7)),
    ("sqrt(2)·√2", 2.0),
    ("|−3| + floor(2.5)", 5.0),
    ("-2^2", -4.0),
    ("(-2)^2", 4.0),
    ("2^3^2", 512.0),
    ("10 − 4 − 3", 3.0),
    ("½(0.757 − 0.01)²", 0.5 * 0.747**2),
    ("Σ_{i=1}^{2} w_i x_i", 26.0),
    ("75% · 4", 3.0),
    ("softplus(0) + silu(0) + gelu(0) + sin(0) + cos(0)", math.log(2) + 1),
]
NOTHING = [
    "1/0",
    "ln(-1)",
    "ln(0)",
    "sqrt(-1)",
    "e^1000",
    "(-2)^0.5",
    "0^-1",
    "v9 + 1",
    "f(2)",
    "Σ w_i",
    "(1, 2)",
    "∞",
]


@pytest.mark.parametrize(("text", "expected"), EXPECTED, ids=[text for text, _ in EXPECTED])
def test_worth(text: str, expected: float) -> None:
    assert worth(formula_of(text), VALUES) == pytest.approx(expected, rel=1e-14, abs=1e-15)


@pytest.mark.parametrize("text", NOTHING)
def test_what_has_no_value_is_nan_and_no_exception(text: str) -> None:
    formula = formula_of(text)
    assert math.isnan(worth(formula, VALUES))
    assert math.isnan(swing(formula, VALUES, half_unit))
    slopes(formula, VALUES)


def half_unit(leaf: Leaf) -> float:
    return leaf.half_unit if isinstance(leaf, Number) else 0.0


def test_an_activation_may_be_said() -> None:
    assert worth(formula_of("f(z) + f'(z)"), VALUES, Function.TANH) == pytest.approx(
        math.tanh(0.3775) + 1 - math.tanh(0.3775) ** 2
    )


def test_names_may_have_values_by_a_function() -> None:
    assert worth(formula_of("w1 + w2"), lambda name: float(name.text[1:])) == 3.0


def test_swing_of_a_product_is_what_its_corners_say() -> None:
    found = swing(formula_of("0.1375 × 0.5944"), {}, half_unit)
    corners = [(0.1375 + a) * (0.5944 + b) for a, b in product((-5e-5, 5e-5), repeat=2)]
    assert max(abs(each - 0.1375 * 0.5944) for each in corners) == pytest.approx(found, rel=1e-4)


def test_exact_operands_do_not_move() -> None:
    formula = formula_of("0.40 − 0.5 × 0.081")
    computed = {"0.081": 0.0005}
    assert swing(formula, {}, lambda leaf: computed.get(leaf.text, 0.0)) == pytest.approx(0.00025)
    assert swing(formula, {}, lambda _: 0.0) == 0.0


def test_a_name_moves_wherever_it_stands() -> None:
    formula = formula_of("p(1 − p)")
    assert swing(formula, VALUES, lambda leaf: 0.05 * (leaf.text == "p")) == pytest.approx(0.05 * 0.4 + 0.05**2)
    assert slopes(formula, VALUES)["p"] == pytest.approx(1 - 2 * 0.7, rel=1e-9)


def test_the_same_digits_are_two_operands_unless_it_is_said() -> None:
    formula = formula_of("0.70(1 − 0.70)")
    apart = swing(formula, {}, lambda leaf: 0.005 * (leaf.text == "0.70"))
    together = swing(formula, {}, lambda leaf: 0.005 * (leaf.text == "0.70"), key=lambda leaf: leaf.text)
    assert apart == pytest.approx(0.005 * 0.3 + 0.005 * 0.7)
    assert together == pytest.approx(0.005 * 0.4 + 0.005**2)


@given(x=st.floats(-3, 3), y=st.floats(0.2, 3))
def test_slopes_are_those_of_the_functions(x: float, y: float) -> None:
    found = slopes(formula_of("σ(x)·ln(y) − x/y + tanh(x)^2"), {"x": x, "y": y})
    s, t = sigmoid(x), math.tanh(x)
    assert found["x"] == pytest.approx(s * (1 - s) * math.log(y) - 1 / y + 2 * t * (1 - t * t), rel=1e-7, abs=1e-7)
    assert found["y"] == pytest.approx(s / y + x / y**2, rel=1e-7, abs=1e-7)


def test_a_long_sum_over_a_long_formula_stays_small() -> None:
    formula = formula_of("Σ_{i=1}^{900} w_i")
    assert math.isnan(worth(formula, VALUES))

"""Numbers in place of names: bracketed where a sign would follow an operator, rounded once from the full value."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whygrad.graph import Expr, Input, Name, Names, constant
from whygrad.notation import MATHML, TEX, TEXT, Numbers, Writing, written
from whygrad.primitive import sigmoid

x, w = Input((), "x"), Input((), "w5")
NET = w * x + 0.5


@dataclass(frozen=True)
class Number:
    """A number and where it came from."""

    value: float
    ref: str = ""


def shown(expr: Expr, numbers: dict[Expr, Number], rounding: Numbers | None = None) -> tuple[str, str]:
    names = Names({NET: Name("net_H1")})
    text, tex = (written(expr, Writing(style, names, numbers, rounding)) for style in (TEXT, TEX))
    return text, tex


def test_numbers_stand_where_the_names_stood() -> None:
    assert shown(NET, {w: Number(0.4), x: Number(-1.5)}) == (
        "0.4 * (-1.5) + 0.5",
        r"0.4 \cdot \left(-1.5\right) + 0.5",
    )
    assert shown(NET, {w: Number(-0.4)})[0] == "-0.4 * x + 0.5"
    assert shown(x - w, {w: Number(-2.0)})[0] == "x - (-2)"
    assert shown(w**2, {w: Number(-2.0)}) == ("(-2) ** 2", r"{\left(-2\right)}^{2}")


def test_a_number_takes_the_place_of_a_named_node_and_of_the_whole() -> None:
    assert shown(sigmoid(NET), {NET: Number(1.25)}) == ("sigmoid(1.25)", r"\sigma\left(1.25\right)")
    assert shown(sigmoid(NET), {}) == ("sigmoid(net_H1)", r"\sigma\left(\mathrm{net}_{\mathrm{H1}}\right)")
    assert shown(NET, {NET: Number(1.25)})[0] == "1.25"


def test_in_mathml_a_number_carries_its_element_and_its_exact_value() -> None:
    numbers: dict[Expr, Number] = {w: Number(-1 / 3, 'hidden.W[0,1]"'), x: Number(2e-9)}
    assert written(w * x, Writing(MATHML, Names(), numbers, Numbers(3))) == (
        '<mrow data-ref="hidden.W[0,1]&quot;" data-value="-0.3333333333333333"><mo>−</mo><mn>0.333</mn></mrow>'
        '<mo>⋅</mo><mrow><mo stretchy="false">(</mo><mrow><mrow data-value="2e-09"><mn>2.00</mn><mo>×</mo>'
        '<msup><mn>10</mn><mrow><mo>−</mo><mn>9</mn></mrow></msup></mrow></mrow><mo stretchy="false">)</mo></mrow>'
    )


@pytest.mark.parametrize(
    ("value", "numbers", "expected"),
    [
        (0.0821670405642308, Numbers(), "0.0821670"),
        (0.5, Numbers(), "0.5"),
        (0.5, Numbers(4, fixed=True), "0.5000"),
        (2.0, Numbers(4, fixed=True), "2.0000"),
        (-0.00001, Numbers(4, fixed=True), "-1e-05"),
        (0.0, Numbers(4, fixed=True), "0.0000"),
        (-0.0, Numbers(), "0"),
        (1234567.8, Numbers(4), "1234568"),
        (12345678.9, Numbers(4), "1.235e+07"),
        (0.00004, Numbers(3), "4.00e-05"),
        (2.675, Numbers(2, fixed=True), "2.67"),  # it is 2.67499999999999982
        (0.125, Numbers(2), "0.12"),
        (1e300, Numbers(2, fixed=True), "1.0e+300"),
        (float("nan"), Numbers(), "nan"),
        (float("-inf"), Numbers(2, fixed=True), "-inf"),
    ],
)
def test_digits(value: float, numbers: Numbers, expected: str) -> None:
    assert numbers.shown(value) == expected


def test_numbers_of_the_formula_are_not_padded_and_only_long_ones_rounded() -> None:
    fixed = Numbers(4, fixed=True)
    assert shown(2.0 * x * (1 / 3), {x: Number(0.5)}, fixed)[0] == "2 * 0.5000 * 0.3333"
    assert shown(constant(0.0005) * x, {}, Numbers(3))[0] == "0.0005 * x"


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(1, 16))
def test_what_is_shown_is_the_nearest_number_with_those_digits(value: float, digits: int) -> None:
    text = Numbers(digits).shown(value)
    if 1e-4 <= abs(value) < 1e7 and "e" not in text:
        places = len(text.partition(".")[2])
        exact = Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
        assert Decimal(text) == exact
        assert float(text) == value or len(text.replace("-", "").replace(".", "").lstrip("0")) >= digits
    elif value:
        assert f"{value:.{digits - 1}e}" == text


@given(st.floats(-1e15, 1e15), st.integers(0, 10))
def test_fixed_places_are_kept(value: float, places: int) -> None:
    text = Numbers(places, fixed=True).shown(value)
    exact = Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
    if exact or not value:
        assert len(text.partition(".")[2]) == places
        assert Decimal(text) == exact
    else:  # nothing but zeros would be left of it
        assert text == f"{value:.2g}"

"""The brackets a formula needs, and none besides, in text and in TeX."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from whygrad.graph import Expr, Input, Name, Names, constant
from whygrad.notation import tex, text
from whygrad.primitive import (
    absolute,
    concatenate,
    elu,
    exp,
    fold,
    gather,
    greater,
    half_squared_error,
    huber,
    leaky_relu,
    log,
    log1p,
    log_sum_exp,
    maximum,
    minimum,
    negate,
    reshape,
    section,
    sigmoid,
    spread,
    sqrt,
    transposed,
    where,
)

if TYPE_CHECKING:
    from whygrad.graph import Constant

x, y, z = (Input((), name) for name in "xyz")
A, B, row = Input((2, 2), "A"), Input((2, 2), "B"), Input((2,), "row")
index = Input((3,), "i")


def number(value: float) -> Constant:
    return constant(value)


CASES: list[tuple[Expr, str, str]] = [
    (x + y + z, "x + y + z", "x + y + z"),
    (x + (y + z), "x + (y + z)", r"x + \left(y + z\right)"),
    (x - (y - z), "x - (y - z)", r"x - \left(y - z\right)"),
    (x * y + z, "x * y + z", r"x \cdot y + z"),
    (x * (y + z), "x * (y + z)", r"x \cdot \left(y + z\right)"),
    (x * (y * z), "x * (y * z)", r"x \cdot \left(y \cdot z\right)"),
    (x / y / z, "x / y / z", r"\frac{\frac{x}{y}}{z}"),
    (x / (y / z), "x / (y / z)", r"\frac{x}{\frac{y}{z}}"),
    ((x + y) / (y - z), "(x + y) / (y - z)", r"\frac{x + y}{y - z}"),
    (x * (y / z), "x * (y / z)", r"x \cdot \frac{y}{z}"),
    ((x / y) ** 2, "(x / y) ** 2", r"{\left(\frac{x}{y}\right)}^{2}"),
    (x ** (y**z), "x ** y ** z", "{x}^{{y}^{z}}"),
    ((x**y) ** z, "(x ** y) ** z", r"{\left({x}^{y}\right)}^{z}"),
    (x ** (y + z), "x ** (y + z)", "{x}^{y + z}"),
    (x**-y, "x ** (-y)", "{x}^{-y}"),
    (x**-1.0, "x ** (-1)", "{x}^{-1}"),
    ((-x) ** 2, "(-x) ** 2", r"{\left(-x\right)}^{2}"),
    (-(x**2), "-x ** 2", "-{x}^{2}"),
    (number(-2) ** x, "(-2) ** x", r"{\left(-2\right)}^{x}"),
    (negate(negate(x)), "-(-x)", r"-\left(-x\right)"),
    (-(x + y), "-(x + y)", r"-\left(x + y\right)"),
    (-(x * y), "-(x * y)", r"-\left(x \cdot y\right)"),
    ((-x) * y, "-x * y", r"-x \cdot y"),
    (x - -y, "x - (-y)", r"x - \left(-y\right)"),
    (x + (-y) * z, "x + (-y * z)", r"x + \left(-y \cdot z\right)"),
    (x + (-y) ** 2, "x + (-y) ** 2", r"x + {\left(-y\right)}^{2}"),
    (x * number(-2), "x * (-2)", r"x \cdot \left(-2\right)"),
    (number(-2) * x, "-2 * x", r"-2 \cdot x"),
    (x + spread(-y, shape=(2,), axes=(0,)), "x + (-y)", r"x + \left(-y\right)"),
    (maximum(-x, y + z), "maximum(-x, y + z)", r"\max\left(-x, y + z\right)"),
    (exp(x + y) ** 2, "exp(x + y) ** 2", r"{\left(e^{x + y}\right)}^{2}"),
    (sqrt(x + y), "sqrt(x + y)", r"\sqrt{x + y}"),
    (absolute(-x), "absolute(-x)", r"\left\lvert -x \right\rvert"),
    (log1p(x + y), "log1p(x + y)", r"\ln\left(1 + \left(x + y\right)\right)"),
    (log(x) * y, "log(x) * y", r"\ln\left(x\right) \cdot y"),
    (greater(x, -1.0), "x > -1", "x > -1"),
    (leaky_relu(-x, slope=0.01), "leaky_relu(-x, 0.01)", r"\operatorname{LeakyReLU}\left(-x, 0.01\right)"),
    (elu(x, alpha=1.0), "elu(x, 1)", r"\operatorname{ELU}\left(x, 1\right)"),
    (huber(x, y, delta=1.5), "huber(x, y, 1.5)", r"\operatorname{Huber}\left(x, y, 1.5\right)"),
    (
        half_squared_error(x, y) * z,
        "half_squared_error(x, y) * z",
        r"\tfrac{1}{2}\operatorname{SE}\left(x, y\right) \cdot z",
    ),
    (log_sum_exp(row) + x, "log_sum_exp(row) + x", r"\left(\ln \sum e^{\mathrm{row}}\right) + x"),
    (
        where(x > y, -x, z) * y,
        "where(x > y, -x, z) * y",
        r"\left(\begin{cases} -x & \text{if } x > y \\ z & \text{otherwise} \end{cases}\right) \cdot y",
    ),
    (A @ B + row, "A @ B + row", r"A \, B + \mathrm{row}"),
    (A @ (B @ A), "A @ (B @ A)", r"A \, \left(B \, A\right)"),
    (transposed(A + B), "(A + B).T", r"{\left(A + B\right)}^{\top}"),
    (transposed(A) @ B, "A.T @ B", r"{A}^{\top} \, B"),
    (transposed(transposed(A)), "A.T.T", r"{\left({A}^{\top}\right)}^{\top}"),
    (fold(A * B, axes=(0,)) / 2, "sum(A * B) / 2", r"\frac{\sum\left(A \cdot B\right)}{2}"),
    (reshape(A + B, shape=(4,)) * 2, "(A + B) * 2", r"\left(A + B\right) \cdot 2"),
    (spread(x * y, shape=(2,), axes=(0,)) * row, "x * y * row", r"x \cdot y \cdot \mathrm{row}"),
    (concatenate(A, -B, axis=0), "concatenate(A, -B)", r"\operatorname{concat}\left(A, -B\right)"),
    (section(A, axis=0, start=0, stop=1), "slice(A, 0, 0, 1)", "{A}_{0:1}"),
    (gather(A + B, index), "(A + B)[i]", r"{\left(A + B\right)}_{i}"),
    (-sigmoid(x), "-sigmoid(x)", r"-\sigma\left(x\right)"),
]


@pytest.mark.parametrize(("node", "as_text", "as_tex"), CASES, ids=[case[1] for case in CASES])
def test_written_form(node: Expr, as_text: str, as_tex: str) -> None:
    assert text(node) == as_text
    assert tex(node) == as_tex


@pytest.mark.parametrize(
    ("value", "as_text", "as_tex"),
    [
        (2.0, "2", "2"),
        (-2.0, "-2", "-2"),
        (0.5, "0.5", "0.5"),
        (-0.0, "-0.0", "-0.0"),
        (1e15, "1000000000000000", "1000000000000000"),
        (1e22, "1e+22", "10^{22}"),
        (1e-05, "1e-05", "10^{-5}"),
        (-2.5e-07, "-2.5e-07", r"-2.5 \times 10^{-7}"),
        (float("inf"), "inf", r"\infty"),
        (float("-inf"), "-inf", r"-\infty"),
        (float("nan"), "nan", r"\mathrm{NaN}"),
    ],
)
def test_numbers(value: float, as_text: str, as_tex: str) -> None:
    assert text(number(value)) == as_text
    assert tex(number(value)) == as_tex


def test_powers_of_ten_are_bracketed_as_the_products_they_are() -> None:
    assert tex(x * number(2.5e-7)) == r"x \cdot \left(2.5 \times 10^{-7}\right)"
    assert tex(number(1e-7) ** x) == r"{\left(10^{-7}\right)}^{x}"


def test_arrays_of_constants() -> None:
    assert text(constant([1.0, -2.0])) == "[1, -2]"
    assert tex(constant([[1.0, 0.0], [0.5, 2.0]])) == r"\left[\left[1, 0\right], \left[0.5, 2\right]\right]"
    assert text(row - constant([-3.0, -3.0])) == "row - (-3)"
    assert text(constant(list(range(9)))) == "…"


def test_a_maximum_of_maxima_is_one_of_all_of_them() -> None:
    deep = maximum(maximum(maximum(x, y + z), -x), minimum(y, minimum(x, z)))
    assert text(deep) == "maximum(x, y + z, -x, minimum(y, minimum(x, z)))"
    assert tex(maximum(maximum(x, y), z)) == r"\max\left(x, y, z\right)"
    named = maximum(x, y)
    assert text(maximum(named, z), Names({named: Name("m")})) == "maximum(m, z)"
    assert text(maximum(maximum(maximum(x, y), z), x), depth=2) == "maximum(…, z, x)"

"""Extreme logits: no value and no gradient overflows, divides by zero or becomes NaN on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from whygrad.graph import Expr, Input, filled, gradient
from whygrad.primitive import (
    binary_cross_entropy_with_logits,
    cross_entropy_with_softmax,
    elu,
    exp,
    gelu,
    log_sum_exp,
    sigmoid,
    silu,
    softmax,
    softplus,
    tanh,
)
from whygrad.run.interpreter import prepare

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

LOGITS = np.array([1000.0, -1000.0, 0.0])
ROWS = np.array([[1000.0, -1000.0, 0.0], [-1000.0, -1000.0, -1000.0]])
FIRST = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
DTYPES = (np.float64, np.float32)


def strictly(roots: list[Expr], values: dict[Expr, Any], dtype: Any) -> list[Any]:
    """The values of the roots, raising where a number overflows, is divided by zero, or is none."""
    program = prepare(roots, dtype)
    with np.errstate(all="raise", under="ignore"):
        memory = program.run({leaf: np.asarray(value, dtype) for leaf, value in values.items()})
    return [memory[program.slots[root]] for root in roots]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(
    ("function", "value", "slope"),
    [
        (sigmoid, [1, 0, 0.5], [0, 0, 0.25]),
        (softplus, [1000, 0, np.log(2)], [1, 0, 0.5]),
        (tanh, [1, -1, 0], [0, 0, 1]),
        (silu, [1000, 0, 0], [1, 0, 0.5]),
        (gelu, [1000, 0, 0], [1, 0, 0.5]),
        (lambda x: elu(x, alpha=1.0), [1000, -1, 0], [1, 0, 1]),
    ],
    ids=["sigmoid", "softplus", "tanh", "silu", "gelu", "elu"],
)
def test_activation_of_extreme_nets(
    function: Callable[[Expr], Expr], value: list[float], slope: list[float], dtype: Any
) -> None:
    x = Input((3,), "x")
    out = function(x)
    (first,) = gradient(out, [x], seed=ones(3))
    (second,) = gradient(first, [x], seed=ones(3))
    found = strictly([out, first, second], {x: LOGITS}, dtype)
    np.testing.assert_allclose(found[0], value, rtol=1e-6)
    np.testing.assert_allclose(found[1], slope, rtol=1e-6)
    assert np.isfinite(found[2]).all()


@pytest.mark.parametrize("dtype", DTYPES)
def test_elu_near_zero_loses_no_digits(dtype: Any) -> None:
    x = Input((4,), "x")
    nets = np.array([-1e-6, -1e-12, -1e-3, 1e-6])
    (found,) = strictly([elu(x, alpha=0.5)], {x: nets}, dtype)
    rounded = nets.astype(dtype).astype(np.float64)
    exact = np.where(rounded > 0, rounded, 0.5 * np.expm1(rounded))
    np.testing.assert_allclose(found, exact, rtol=4 * np.finfo(dtype).eps)


def ones(count: int) -> Expr:
    return filled(1.0, (count,))


@pytest.mark.parametrize("dtype", DTYPES)
def test_softmax_and_log_sum_exp_of_extreme_rows(dtype: Any) -> None:
    x = Input((2, 3), "x")
    total = log_sum_exp(x)
    (slope,) = gradient(total, [x], seed=ones(2))
    values = strictly([softmax(x), total, slope], {x: ROWS}, dtype)
    shares: list[list[float]] = [[1, 0, 0], [1 / 3, 1 / 3, 1 / 3]]
    np.testing.assert_allclose(values[0], shares, rtol=1e-6)
    np.testing.assert_allclose(values[1], [1000, np.log(3) - 1000], rtol=1e-6)
    np.testing.assert_allclose(values[2], shares, rtol=1e-6)


@pytest.mark.parametrize("dtype", DTYPES)
def test_binary_cross_entropy_with_extreme_logits(dtype: Any) -> None:
    z, y = Input((6,), "z"), Input((6,), "y")
    loss = binary_cross_entropy_with_logits(z, y)
    slopes = gradient(loss, [z, y], seed=ones(6))
    logits = np.array([1000.0, -1000.0, 0.0, 1000.0, -1000.0, 0.0])
    found = strictly([loss, *slopes], {z: logits, y: np.array([1, 1, 1, 0, 0, 0])}, dtype)
    np.testing.assert_allclose(found[0], [0, 1000, np.log(2), 1000, 0, np.log(2)], rtol=1e-6)
    np.testing.assert_allclose(found[1], [0, -1, -0.5, 1, 0, 0.5], rtol=1e-6)
    np.testing.assert_allclose(found[2], -logits, rtol=1e-6)


@pytest.mark.parametrize("dtype", DTYPES)
def test_cross_entropy_with_extreme_logits(dtype: Any) -> None:
    z, y = Input((2, 3), "z"), Input((2, 3), "y")
    loss = cross_entropy_with_softmax(z, y)
    (slope,) = gradient(loss, [z], seed=ones(2))
    found = strictly([loss, slope], {z: ROWS, y: FIRST}, dtype)
    np.testing.assert_allclose(found[0], [0, np.log(3)], rtol=1e-6)
    np.testing.assert_allclose(found[1], [[0.0, 0.0, 0.0], [1 / 3, -2 / 3, 1 / 3]], rtol=1e-6)


@pytest.mark.parametrize("dtype", DTYPES)
def test_cross_entropy_of_the_class_that_seemed_impossible(dtype: Any) -> None:
    z, y = Input((1, 3), "z"), Input((1, 3), "y")
    loss = cross_entropy_with_softmax(z, y)
    (slope,) = gradient(loss, [z], seed=ones(1))
    found = strictly([loss, slope], {z: ROWS[:1], y: np.array([[0, 1, 0]])}, dtype)
    np.testing.assert_allclose(found[0], [2000], rtol=1e-6)
    np.testing.assert_allclose(found[1], [[1, -1, 0]], rtol=1e-6)


def test_one_exponential_too_many_would_be_noticed() -> None:
    x = Input((3,), "x")
    with pytest.raises(FloatingPointError, match="overflow"):
        strictly([exp(x)], {x: LOGITS}, np.float64)

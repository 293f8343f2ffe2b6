"""Thousands of operations in a row: no walk over a graph is recursive."""

from __future__ import annotations

import numpy as np
import pytest

from tests.primitive.measure import computed
from whygrad.graph import Apply, Basic, Expr, Input, gradient, lowered, rebuild, topological
from whygrad.primitive import sigmoid, tanh

LENGTH = 5_000  # five times as deep as Python's own stack


@pytest.fixture(scope="module")
def chain() -> tuple[Input, Expr]:
    x = Input((), "x")
    node: Expr = x
    for _ in range(LENGTH // 2):
        node = tanh(node) + x
    return x, node


def test_order_of_a_long_chain(chain: tuple[Input, Expr]) -> None:
    x, node = chain
    order = topological([node])
    assert len(order) == LENGTH + 1
    assert order[0] is x
    assert order[-1] is node


def test_value_and_gradient_of_a_long_chain(chain: tuple[Input, Expr]) -> None:
    x, node = chain
    (slope,) = gradient(node, [x])
    value, rate = 0.3, 1.0
    for _ in range(LENGTH // 2):
        value, rate = np.tanh(value) + 0.3, (1 - np.tanh(value) ** 2) * rate + 1
    found = computed([node, slope], {x: 0.3})
    np.testing.assert_allclose(found, [value, rate], rtol=1e-12)


def test_second_gradient_of_a_long_chain(chain: tuple[Input, Expr]) -> None:
    x, node = chain
    (slope,) = gradient(node, [x])
    (curvature,) = gradient(slope, [x])
    step = 1e-5
    up, down = (computed([slope], {x: 0.3 + sign * step})[0] for sign in (1, -1))
    assert float(computed([curvature], {x: 0.3})[0]) == pytest.approx(float(up - down) / (2 * step), rel=1e-6)


def test_a_long_chain_is_lowered_and_rebuilt() -> None:
    x = Input((), "x")
    node: Expr = x
    for _ in range(LENGTH):
        node = sigmoid(node)
    low = lowered([node])[node]
    assert all(isinstance(n.primitive, Basic) for n in topological([low]) if isinstance(n, Apply))
    assert rebuild([node], lambda n: n) == (node,)

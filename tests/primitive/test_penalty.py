"""Penalties have the gradients they promise; clipping bounds, keeps what it promises to keep, and is PyTorch's."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from whygrad.graph import Expr, State, constant, gradient
from whygrad.primitive.penalty import clip_by_value, clip_factor, l1, l2, norm, squared_norm
from whygrad.run.interpreter import evaluate

NUMBERS = arrays(np.float64, array_shapes(max_dims=2, max_side=4), elements=st.floats(-1e3, 1e3))
SEVERAL = st.lists(NUMBERS, min_size=1, max_size=4)
LIMIT = st.floats(1e-3, 1e3)


def value(node: Expr) -> Any:
    return evaluate([node], {})[node]


def length(parts: list[Any]) -> float:
    return float(np.sqrt(sum((part**2).sum() for part in parts)))


def clipped(gradients: list[Any], limit: float) -> list[Any]:
    nodes = [constant(g) for g in gradients]
    factor = clip_factor(norm(nodes), limit)
    return [value(factor * node) for node in nodes]


def test_l1_is_the_sum_of_sizes_and_pulls_with_one_force() -> None:
    w = State((3,), "w")
    penalty = l1(w, 0.5)
    (pull,) = gradient(penalty, [w])
    found = evaluate([penalty, pull], {w: np.array([2.0, 0.0, -3.0])})
    assert found[penalty] == 2.5
    assert found[pull].tolist() == [0.5, 0.0, -0.5]


def test_l2_is_half_the_sum_of_squares_and_pulls_in_proportion() -> None:
    w = State((2, 2), "w")
    penalty = l2(w, 0.3)
    (pull,) = gradient(penalty, [w])
    found = evaluate([penalty, pull], {w: np.array([[1.0, -2.0], [0.5, 4.0]])})
    assert found[penalty] == pytest.approx(0.15 * 21.25, rel=1e-15)
    np.testing.assert_allclose(found[pull], 0.3 * np.array([[1.0, -2.0], [0.5, 4.0]]), rtol=1e-15)


def test_the_penalties_of_a_single_number() -> None:
    assert value(l1(constant(-3.0), 2.0)) == 6.0
    assert value(l2(constant(-3.0), 2.0)) == 9.0


def test_the_norm_is_over_all_arrays_together() -> None:
    parts = [constant([3.0, 0.0]), constant([[4.0]]), constant(12.0)]
    assert value(norm(parts)) == 13.0
    assert value(squared_norm(parts[0])) == 9.0
    assert value(norm([])) == 0.0
    assert value(clip_factor(norm([]), 1.0)) == 1.0


@given(SEVERAL, LIMIT)
def test_clipping_by_norm_keeps_the_limit_and_the_direction(gradients: list[Any], limit: float) -> None:
    after = clipped(gradients, limit)
    before = length(gradients)
    assert length(after) <= min(limit, before) * (1 + 1e-12)
    if before:
        factor = length(after) / before
        for g, c in zip(gradients, after, strict=True):
            np.testing.assert_allclose(c, factor * g, rtol=1e-9, atol=1e-12)
    if before + 1e-6 <= limit:
        assert all((c == g).all() for g, c in zip(gradients, after, strict=True)), "below the limit nothing changes"


@given(SEVERAL, LIMIT)
def test_clipping_by_norm_is_pytorchs(gradients: list[Any], limit: float) -> None:
    torch = pytest.importorskip("torch", reason="PyTorch is what clipping is compared with")
    parameters = [torch.nn.Parameter(torch.zeros(g.shape, dtype=torch.float64)) for g in gradients]
    for p, g in zip(parameters, gradients, strict=True):
        p.grad = torch.tensor(g)
    torch.nn.utils.clip_grad_norm_(parameters, limit)
    for p, c in zip(parameters, clipped(gradients, limit), strict=True):
        np.testing.assert_allclose(c, p.grad.numpy(), rtol=1e-12, atol=1e-15)


@given(NUMBERS, LIMIT)
def test_clipping_by_value_bounds_each_element_and_leaves_the_others(g: Any, limit: float) -> None:
    after = value(clip_by_value(constant(g), limit))
    inside = np.abs(g) <= limit
    assert (np.abs(after) <= limit).all()
    assert (after[inside] == g[inside]).all()
    assert (after[~inside] == np.sign(g[~inside]) * limit).all()


def test_clipping_lets_a_value_that_is_no_number_through_to_be_found() -> None:
    assert np.isnan(value(clip_by_value(constant([np.nan, 5.0]), 1.0))).tolist() == [True, False]
    assert np.isnan(clipped([np.array([np.nan, 5.0])], 1.0)[0]).all()

"""Gradients of graphs of random structure, with sharing, against central differences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.graph.recipe import SMOOTH, built, leaf_values, recipe
from tests.primitive.measure import Array, assert_close, computed, differences
from whygrad.graph import gradient

if TYPE_CHECKING:
    from whygrad.graph import Expr


@given(seed=st.integers(0, 2**32 - 1), length=st.integers(1, 12))
def test_gradient_of_a_smooth_graph_equals_central_differences(seed: int, length: int) -> None:
    leaves, root = built(recipe(seed, length, SMOOTH))
    values: dict[Expr, Array] = dict(zip(leaves, leaf_values(seed), strict=True))
    ours = computed(gradient(root, leaves), values)
    assert_close(ours, differences(root, leaves, values), relative=1e-6, absolute=1e-9)

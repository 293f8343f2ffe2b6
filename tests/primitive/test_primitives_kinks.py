"""The derivative taken exactly at a kink: the one the record tells of."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.primitive.draw import Sample
from tests.primitive.measure import applied, assert_close, computed
from whygrad.graph import gradient, lowered
from whygrad.primitive import BY_NAME, PRIMITIVES, summed

ZERO = (np.array([0.0, -0.0]),)
TIE = (np.array([2.0, -1.0, 0.0]), np.array([2.0, -1.0, 0.0]))
NOTHING = [0.0, 0.0, 0.0]
Case = tuple[str, tuple[Any, ...], dict[str, Any], list[list[Any]]]
# name, inputs, attributes, expected gradient of the sum of the output for each input
CASES: list[Case] = [
    ("relu", ZERO, {}, [[0.0, 0.0]]),
    ("absolute", ZERO, {}, [[0.0, 0.0]]),
    ("leaky_relu", ZERO, {"slope": 0.25}, [[0.25, 0.25]]),
    ("elu", ZERO, {"alpha": 1.0}, [[1.0, 1.0]]),
    ("elu", ZERO, {"alpha": 0.5}, [[0.5, 0.5]]),
    ("maximum", TIE, {}, [[0.5, 0.5, 0.5], [0.5, 0.5, 0.5]]),
    ("minimum", TIE, {}, [[0.5, 0.5, 0.5], [0.5, 0.5, 0.5]]),
    ("largest", (np.array([[1.0, 3.0, 3.0], [2.0, 2.0, 2.0]]),), {"axes": (1,)}, [[[0, 0.5, 0.5], [1 / 3] * 3]]),
    ("largest", (np.array([[1.0, 3.0], [3.0, 3.0]]),), {"axes": (0, 1)}, [[[0, 1 / 3], [1 / 3, 1 / 3]]]),
    ("absolute_error", TIE, {}, [NOTHING, NOTHING]),
    ("huber", (np.array([1.5, -0.5]), np.array([1.0, 0.0])), {"delta": 0.5}, [[0.5, -0.5], [-0.5, 0.5]]),
    ("floor", (np.array([1.0, 0.0, -2.0]),), {}, [NOTHING]),
    ("greater", TIE, {}, [NOTHING, NOTHING]),
    ("equal", TIE, {}, [NOTHING, NOTHING]),
]
# Smooth, though their lowerings choose a branch here: no seam may show.
HALF = np.array([0.5, 0.5])
SEAMS: list[Case] = [
    ("sigmoid", ZERO, {}, [[0.25, 0.25]]),
    ("softplus", ZERO, {}, [[0.5, 0.5]]),
    ("silu", ZERO, {}, [[0.5, 0.5]]),
    ("softmax", (np.array([1.0, 1.0]),), {}, [[0.0, 0.0]]),
    ("log_sum_exp", (np.array([1.0, 1.0]),), {}, [[0.5, 0.5]]),
    ("huber", TIE, {"delta": 1.0}, [NOTHING, NOTHING]),
    ("binary_cross_entropy_with_logits", (*ZERO, HALF / 2), {}, [[0.25, 0.25], [0.0, 0.0]]),
    ("cross_entropy_with_softmax", (np.array([1.0, 1.0]), HALF), {}, [[0.0, 0.0], [np.log(2), np.log(2)]]),
]


@pytest.mark.parametrize(("name", "arrays", "attributes", "expected"), CASES + SEAMS, ids=lambda case: str(case)[:20])
def test_convention_at_the_kink(
    name: str, arrays: tuple[Any, ...], attributes: dict[str, Any], expected: list[Any]
) -> None:
    sample = Sample(BY_NAME[name], arrays, attributes)
    graph = applied(sample)
    seed = np.ones(graph.output.shape)
    ours = computed(graph.gradients, graph.values(seed))
    for found, wanted in zip(ours, expected, strict=True):
        np.testing.assert_allclose(found, wanted, rtol=1e-15)


@pytest.mark.parametrize(("name", "arrays", "attributes"), [case[:3] for case in CASES + SEAMS])
def test_the_lowering_has_the_derivative_of_the_record(
    name: str, arrays: tuple[Any, ...], attributes: dict[str, Any]
) -> None:
    graph = applied(Sample(BY_NAME[name], arrays, attributes))
    through = gradient(lowered([graph.output])[graph.output], graph.smooth, seed=graph.seed)
    both = computed([*through, *graph.gradients], graph.values(np.ones(graph.output.shape)))
    found, rule = both[: len(through)], both[len(through) :]
    assert_close(graph.projected(found), graph.projected(rule), relative=1e-15, absolute=1e-15)


def test_every_record_that_tells_of_a_kink_is_tested_there() -> None:
    assert {p.name for p in PRIMITIVES if p.kink} == {case[0] for case in CASES}


def test_second_derivative_of_elu_at_zero_is_that_of_the_negative_side() -> None:
    graph = applied(Sample(BY_NAME["elu"], ZERO, {"alpha": 0.5}))
    (first,) = graph.gradients
    (second,) = gradient(summed(first), graph.smooth)
    np.testing.assert_array_equal(computed([second], graph.values(np.ones(2)))[0], [0.5, 0.5])

"""Simpler expressions have the same value, bit for bit apart from the sign of nothing."""

from __future__ import annotations

import random

import numpy as np
import pytest

from tests.notation.draw import LEAVES, VALUES, expression
from tests.primitive.measure import computed
from whygrad.graph import Apply, Expr, constant, gradient, topological
from whygrad.graph.canon import Canon
from whygrad.graph.simplify import REWRITES, settled, simpler, simplified, squared
from whygrad.notation import text
from whygrad.primitive import negate, sigmoid, where

x, y = LEAVES["x"], LEAVES["y"]
CASES: list[tuple[Expr, str]] = [
    (1.0 * x, "x"),
    (x * 1.0, "x"),
    (x / 1.0, "x"),
    (x**1.0, "x"),
    (0.0 + x, "x"),
    (x + 0.0, "x"),
    (x - 0.0, "x"),
    (-1.0 * x, "-x"),
    (x * -1.0, "-x"),
    (x / -1.0, "-x"),
    (0.0 - x, "-x"),
    (negate(negate(x)), "x"),
    (x - negate(y), "x + y"),
    (x + negate(y), "x - y"),
    (x - (-1.0 * (1.0 * y + 0.0)), "x + y"),
    (x + x, "2 * x"),
    (negate(constant(2.5)) * x, "-2.5 * x"),
    (negate(constant(1.0)) * x, "-x"),
    (0.0 * x, "0 * x"),
    (1.0 - x, "1 - x"),
]
ODD = (0.0, -0.0, 1.5, -3e-310, 1e308, float("inf"), float("-inf"), float("nan"))


@pytest.mark.parametrize(("expr", "shown"), CASES, ids=[text(expr) for expr, _ in CASES])
def test_each_rewrite_is_exact(expr: Expr, shown: str) -> None:
    short = simplified(expr)
    assert text(short) == shown
    for first in ODD:
        for second in ODD:
            meant, found = computed([expr, short], {x: first, y: second})
            assert (np.asarray(meant) + 0.0).tobytes() == (np.asarray(found) + 0.0).tobytes() or np.isnan(
                [meant, found]
            ).all()


def test_every_rewrite_has_a_case() -> None:
    used = {
        rewrite
        for expr, _ in CASES
        for node in topological([expr])
        if isinstance(node, Apply)
        for rewrite in REWRITES.get(node.primitive.name, ())
        if rewrite(node) is not None
    }
    assert used == {rewrite for each in REWRITES.values() for rewrite in each}


@pytest.mark.parametrize("seed", range(4))
def test_random_expressions_keep_their_value(seed: int) -> None:
    rng = random.Random(seed)
    drawn = [expression(rng, depth=6) for _ in range(200)]
    short = [simplified(e) for e in drawn]
    values = computed([*drawn, *short], VALUES)
    for expr, meant, found in zip(drawn, values[:200], values[200:], strict=True):
        assert meant == found or np.isnan([meant, found]).all() or np.isinf([meant, found]).all(), text(expr)
    assert sum(len(text(s, depth=None)) < len(text(e, depth=None)) for s, e in zip(short, drawn, strict=True)) > 20


def test_a_node_to_keep_is_kept() -> None:
    inner = 1.0 * x
    assert text(simplified(1.0 * (inner + 0.0 * y), keep=[inner])) == "1 * x + 0 * y"
    assert simplified(inner + y, keep=[inner]).inputs[0] is inner
    plain = sigmoid(x) * y
    assert simplified(plain) is plain


def test_gradients_lose_their_factor_of_one() -> None:
    (slope,) = gradient(sigmoid(x), [x])
    assert text(simplified(slope)) == "sigmoid(x) * (1 - sigmoid(x))"


def test_on_paper_nothing_is_multiplied_and_no_choice_is_left_that_is_made() -> None:
    for expr, shown in (
        (constant(0.0) * x, "0"),
        (x * constant(0.0), "0"),
        (constant(0.5) * (constant(4.0) * x), "2 * x"),
        (where(constant(1.0), x, y), "x"),
        (where(constant(0.0), x, y), "y"),
        (x * y, "x * y"),
    ):
        assert text(settled(expr)) == shown


def test_a_square_is_written_as_one_and_is_the_same_to_the_last_bit() -> None:
    assert text(squared((x + y) * (x + y))) == "(x + y) * (x + y)"  # two sums that only look alike
    total = x + y
    assert text(squared(total * total)) == "(x + y) ** 2"
    for value in (0.1, -1e-200, 1.7e154, 3.0, float("inf")):
        plain, square = computed([x * x, squared(x * x)], {x: value})
        assert plain == square


def test_equal_expressions_are_one_and_kept_ones_are_themselves() -> None:
    canon = Canon(simpler)
    kept = constant(2.0)
    canon.keep(kept)
    one, other = canon((x + 2.0) * y), canon((x + constant(2.0)) * (1.0 * y))
    assert one is other
    assert canon(one) is one
    assert canon(kept) is kept
    assert canon(x + kept) is not canon(x + 2.0)

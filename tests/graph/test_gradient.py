"""Gradients as graphs: fan-out, stops, seeds, gradients of gradients."""

from __future__ import annotations

import numpy as np
import pytest

from tests.primitive.measure import Array, computed
from whygrad.errors.graph import NotScalar
from whygrad.graph import Expr, Input, State, adjoints, filled, gradient, topological
from whygrad.primitive import add, cos, exp, floor, fold, greater, multiply, sigmoid, sin, softmax, summed, tanh, where

x, y = Input((), "x"), Input((), "y")


def number(node: Expr, **values: float) -> float:
    leaves: dict[Expr, Array] = {x: values.get("x", 0.0), y: values.get("y", 0.0)}
    return float(computed([node], leaves)[0])


def test_square_as_a_product_with_itself_gets_both_parts() -> None:
    (slope,) = gradient(x * x, [x])
    assert number(slope, x=3.0) == 6.0


def test_fan_out_sums_what_comes_back_from_every_reader() -> None:
    shared = x * y
    (slope,) = gradient(shared + shared * 2 + shared * shared, [x])
    assert number(slope, x=3.0, y=5.0) == 5.0 + 10.0 + 2 * 15.0 * 5.0


def test_a_node_read_twice_by_one_operation() -> None:
    (slope,) = gradient(add(x, x), [x])
    assert number(slope, x=7.0) == 2.0


def test_a_diamond_is_entered_once() -> None:
    node: Expr = x
    for _ in range(60):  # as a tree this would be 2 ** 60 paths
        node = node + node
    (slope,) = gradient(node, [x])
    assert number(slope, x=1.0) == 2.0**60
    assert len(topological([slope])) < 200


def test_asking_twice_gives_the_same_numbers_twice_and_changes_nothing() -> None:
    w, rows = State((3, 2), "w"), Input((4, 3), "rows")
    loss = summed(tanh(rows @ w) * sigmoid(rows @ w))
    before = [(node, node.inputs) for node in topological([loss])]
    first, second = gradient(loss, [w]), gradient(loss, [w])
    assert before == [(node, node.inputs) for node in topological([loss])]
    rng = np.random.default_rng(0)
    values: dict[Expr, Array] = {w: rng.normal(size=w.shape), rows: rng.normal(size=rows.shape)}
    once, again = computed([*first, *second], values)
    assert once.tobytes() == again.tobytes()
    assert once.any()


def test_differentiation_stops_where_it_is_told_to() -> None:
    inner = x * x
    by_inner, by_x = gradient(inner * x, [inner, x], stop_at=[inner])
    assert number(by_inner, x=3.0) == 3.0
    assert number(by_x, x=3.0) == 9.0  # the way through `inner` is not counted
    by_inner, whole = gradient(inner * x, [inner, x])
    assert number(by_inner, x=3.0) == 3.0
    assert number(whole, x=3.0) == 27.0


def test_gradient_of_a_node_by_itself_is_one() -> None:
    node = x * y
    (slope,) = gradient(node, [node])
    assert number(slope) == 1.0


def test_a_node_that_plays_no_part_has_gradient_zero_in_its_own_shape() -> None:
    other = Input((2, 3), "other")
    by_x, by_other = gradient(x * x, [x, other])
    assert by_other.shape == (2, 3)
    values: dict[Expr, Array] = {x: 2.0}
    assert not computed([by_other], values)[0].any()
    assert number(by_x, x=2.0) == 4.0


def test_no_gradient_passes_comparisons_or_floor() -> None:
    by_x, by_y = gradient(where(greater(x, y), 2.0 * x, x) + floor(y), [x, y])
    assert number(by_x, x=2.0, y=1.0) == 2.0
    assert number(by_x, x=0.5, y=1.0) == 1.0
    assert number(by_y, x=2.0, y=1.0) == 0.0


@pytest.mark.parametrize("at", [-1.2, 0.0, 0.7, 3.0])
def test_gradients_of_gradients_of_gradients(at: float) -> None:
    first = gradient(sigmoid(x), [x])[0]
    second = gradient(first, [x])[0]
    third = gradient(second, [x])[0]
    s = 1 / (1 + np.exp(-at))
    assert number(first, x=at) == pytest.approx(s * (1 - s), rel=1e-14)
    assert number(second, x=at) == pytest.approx(s * (1 - s) * (1 - 2 * s), rel=1e-13, abs=1e-16)
    assert number(third, x=at) == pytest.approx(s * (1 - s) * (1 - 6 * s * (1 - s)), rel=1e-13)


def test_the_sixth_derivative() -> None:
    node: Expr = sin(x) * exp(x)
    for _ in range(6):
        (node,) = gradient(node, [x])
    # sin(x) exp(x) has the n-th derivative 2 ** (n / 2) exp(x) sin(x + n pi / 4)
    assert number(node, x=0.4) == pytest.approx(8 * np.exp(0.4) * np.sin(0.4 + 1.5 * np.pi), rel=1e-12)


def test_mixed_second_derivatives_are_symmetric() -> None:
    node = sin(x * y) * exp(x) / (2.0 + cos(y))
    by_x, by_y = gradient(node, [x, y])
    (xy,), (yx,) = gradient(by_x, [y]), gradient(by_y, [x])
    assert number(xy, x=0.3, y=1.1) == pytest.approx(number(yx, x=0.3, y=1.1), rel=1e-14)


def test_a_seed_takes_the_place_of_the_loss() -> None:
    row = Input((3,), "row")
    out = softmax(row)
    (by_seed,) = gradient(out, [row], seed=filled(2.0, (3,)))
    (by_sum,) = gradient(2.0 * fold(out, axes=(0,)), [row])
    values: dict[Expr, Array] = {row: np.array([0.1, -0.4, 2.0])}
    one, other = computed([by_seed, by_sum], values)
    np.testing.assert_allclose(one, other, atol=1e-16)


def test_adjoints_are_those_of_the_nodes_on_the_way_and_no_others() -> None:
    w = State((), "w")
    net = w * x
    out = tanh(net)
    loss = out * y
    found = adjoints(loss, [w])
    assert set(found) == {loss, out, net, w}
    assert found[out].shape == ()
    values: dict[Expr, Array] = {w: 0.5, x: 2.0, y: 3.0}
    slope = 1 - np.tanh(1.0) ** 2
    got = [float(value) for value in computed([found[node] for node in (loss, out, net, w)], values)]
    assert got == pytest.approx([1.0, 3.0, 3.0 * slope, 6.0 * slope], rel=1e-15)


def test_adjoint_has_the_shape_of_its_node() -> None:
    a, b = Input((2, 3), "a"), Input((3,), "b")
    loss = summed(multiply(a, b))
    for node, adjoint in adjoints(loss, [a, b]).items():
        assert adjoint.shape == node.shape


def test_an_array_has_no_gradient() -> None:
    with pytest.raises(NotScalar) as caught:
        gradient(Input((2, 3), "a") * 2.0, [x])
    assert str(caught.value) == (
        "WG103 the gradient of an array of shape (2, 3) was asked for\n"
        "  why: a gradient belongs to one number, such as a loss\n"
        "  try: reduce it first, as in fold(x, axes=...), or give the adjoint of the array as seed="
    )

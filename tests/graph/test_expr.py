"""Expressions: what operators build, and that nothing about a node can change."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.primitive.measure import computed
from whygrad.graph import Apply, Constant, Expr, Input, State, constant, filled, zeros
from whygrad.primitive import leaky_relu, multiply, section

if TYPE_CHECKING:
    from collections.abc import Callable

x, y = Input((), "x"), Input((), "y")


@pytest.mark.parametrize(
    ("node", "value"),
    [
        (x + y, 5.0),
        (x + 1, 3.0),
        (1 + x, 3.0),
        (x - y, -1.0),
        (x - 1, 1.0),
        (1 - x, -1.0),
        (x * y, 6.0),
        (4 * x, 8.0),
        (x * 4, 8.0),
        (x / y, 2 / 3),
        (x / 4, 0.5),
        (4 / x, 2.0),
        (x**y, 8.0),
        (x**3, 8.0),
        (3**x, 9.0),
        (-x, -2.0),
        (x > y, 0.0),
        (x < y, 1.0),
        (x > 1, 1.0),
        (x < 1, 0.0),
    ],
)
def test_operators_mean_what_they_mean_on_numbers(node: Expr, value: float) -> None:
    assert float(computed([node], {x: 2.0, y: 3.0})[0]) == value


def test_matrix_product_operator() -> None:
    a, b = Input((2, 3), "a"), Input((3, 4), "b")
    assert (a @ b).shape == (2, 4)
    assert repr(a @ b) == "<matmul (2, 4)>"


def test_nodes_are_equal_only_to_themselves() -> None:
    assert x + y != x + y
    assert Input((), "x") != x
    assert len({x, x, Input((), "x")}) == 2


def test_repr_shows_one_node_and_never_the_graph_below_it() -> None:
    node: Expr = x
    for _ in range(200):
        node = node * node
    assert repr(node) == "<multiply ()>"
    assert repr(Input((2, 3), "rows")) == "<Input rows (2, 3)>"
    assert repr(State((3,), "bias")) == "<State bias (3,)>"
    assert repr(constant(0.5)) == "<Constant 0.5 ()>"
    assert repr(constant([1.0, 2.0])) == "<Constant (2,)>"
    assert repr(Expr((4,))) == "<Expr (4,)>"


@pytest.mark.parametrize("node", [x, State((), "w"), constant(1.0), x * y], ids=["input", "state", "constant", "apply"])
def test_nodes_are_frozen_and_have_no_room_for_anything_more(node: Expr) -> None:
    assert not hasattr(node, "__dict__")
    with pytest.raises(FrozenInstanceError):
        node.shape = (2,)  # type: ignore[misc]
    with pytest.raises((AttributeError, TypeError)):
        object.__setattr__(node, "gradient", 1.0)


def test_constants_are_copied_and_read_only() -> None:
    given = np.array([1.0, 2.0])
    node = constant(given)
    given[0] = 9.0
    assert node.value[0] == 1.0
    with pytest.raises(ValueError, match="read-only"):
        node.value[0] = 5.0


@pytest.mark.parametrize("number", [2, 2.0, np.float32(2), np.array(2)])
def test_single_numbers_become_python_floats(number: float) -> None:
    node = constant(number)
    assert type(node.value) is float
    assert node.shape == ()


@pytest.mark.parametrize("shape", [(), (1,), (2, 3), (1, 1, 2)])
@pytest.mark.parametrize(("make", "value"), [(zeros, 0.0), (lambda shape: filled(2.5, shape), 2.5)])
def test_zeros_and_filled(make: Callable[[tuple[int, ...]], Expr], value: float, shape: tuple[int, ...]) -> None:
    node = make(shape)
    assert node.shape == shape
    np.testing.assert_array_equal(computed([node], {})[0], np.full(shape, value))


def test_numbers_handed_to_a_primitive_become_constants() -> None:
    node = multiply(x, 2)
    assert isinstance(node, Apply)
    assert node.inputs[0] is x
    assert isinstance(node.inputs[1], Constant)
    assert node.inputs[1].value == 2.0


def test_attributes_are_sorted_by_name() -> None:
    node = section(Input((4,), "x"), stop=3, start=1, axis=0)
    assert isinstance(node, Apply)
    assert node.attributes == (("axis", 0), ("start", 1), ("stop", 3))
    leaky = leaky_relu(x, slope=0.1)
    assert isinstance(leaky, Apply)
    assert leaky.attributes == (("slope", 0.1),)


def test_a_leaf_reads_nothing() -> None:
    assert x.inputs == ()
    assert State((), "w").inputs == ()

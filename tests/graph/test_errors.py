"""What is said about a graph that cannot be built."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from whygrad.errors.graph import MissingValue, ShapeMismatch, ValueUnfit, WrongArity
from whygrad.graph import Expr, Input
from whygrad.primitive import (
    add,
    concatenate,
    cross_entropy_with_softmax,
    exp,
    fold,
    gather,
    largest,
    log_sum_exp,
    matmul,
    mean,
    reshape,
    scatter,
    section,
    softmax,
    spread,
    transpose,
    where,
)
from whygrad.run.interpreter import evaluate

if TYPE_CHECKING:
    from collections.abc import Callable

ADVICE = "\n  try: sizes never stretch: insert axes with spread(x, shape, axes), or correct the shape named above"


def of(*shape: int) -> Input:
    return Input(shape, "x")


SHAPES: list[tuple[Callable[[], Expr], str, str]] = [
    (
        lambda: of(2, 3) + of(2, 4),
        "add does not fit the shapes (2, 3) and (2, 4)",
        "the second shape, (2, 4), is likely wrong: elementwise inputs have one shape, and the first is (2, 3)",
    ),
    (
        lambda: of(3) * of(2, 4),
        "multiply does not fit the shapes (3,) and (2, 4)",
        "the second shape, (2, 4), is likely wrong: elementwise inputs have one shape, and the first is (3,)",
    ),
    (
        lambda: of(1, 3) - of(2, 3),
        "subtract does not fit the shapes (1, 3) and (2, 3)",
        "the second shape, (2, 3), is likely wrong: elementwise inputs have one shape, and the first is (1, 3)",
    ),
    (
        lambda: where(of(2), of(2), of(3)),
        "where does not fit the shapes (2,) and (3,)",
        "the second shape, (3,), is likely wrong: elementwise inputs have one shape, and the first is (2,)",
    ),
    (
        lambda: of(2, 3) @ of(2, 3),
        "matmul does not fit the shapes (2, 3) and (2, 3)",
        "the second shape, (2, 3), is likely wrong: it needs 3 rows, one for each column of the first",
    ),
    (
        lambda: of(3) @ of(3, 2),
        "matmul does not fit the shapes (3,) and (3, 2)",
        "the first shape, (3,), is likely wrong: both must be matrices, or stacks of matrices with as many axes",
    ),
    (
        lambda: of(2, 3) @ of(3),
        "matmul does not fit the shapes (2, 3) and (3,)",
        "the second shape, (3,), is likely wrong: both must be matrices, or stacks of matrices with as many axes",
    ),
    (
        lambda: of(4, 2, 3) @ of(5, 3, 2),
        "matmul does not fit the shapes (4, 2, 3) and (5, 3, 2)",
        "the second shape, (5, 3, 2), is likely wrong: it must be a stack of (4,) matrices as well",
    ),
    (
        lambda: transpose(of(2, 3), order=(0, 0)),
        "transpose does not fit the shape (2, 3)",
        "the order (0, 0) does not name each of its axes once",
    ),
    (
        lambda: reshape(of(2, 3), shape=(4,)),
        "reshape does not fit the shapes (2, 3) and (4,)",
        "the second shape, (4,), is likely wrong: it must hold 6 elements as well",
    ),
    (
        lambda: concatenate(of(2, 3), of(2, 3), of(3, 3), axis=1),
        "concatenate does not fit the shapes (2, 3) and (3, 3)",
        "the second shape, (3, 3), is likely wrong: all sizes but that of axis 1 must be those of (2, 3)",
    ),
    (
        lambda: concatenate(of(2), axis=1),
        "concatenate does not fit the shape (2,)",
        "it has no axis 1, along which to join",
    ),
    (
        lambda: concatenate(of(2), of(2), axis=-1),
        "concatenate does not fit the shapes (2,) and (2,)",
        "the first shape, (2,), is likely wrong: it has no axis -1, along which to join",
    ),
    (
        lambda: section(of(2), axis=0, start=1, stop=3),
        "slice does not fit the shape (2,)",
        "it has no elements 1 to 3 on axis 0",
    ),
    (
        lambda: gather(of(), of(2)),
        "gather does not fit the shapes () and (2,)",
        "the first shape, (), is likely wrong: a single number has no rows to pick",
    ),
    (
        lambda: scatter(of(3, 2), of(2), rows=5),
        "scatter does not fit the shapes (3, 2) and (2,)",
        "the first shape, (3, 2), is likely wrong: its first sizes must be those of the index, (2,)",
    ),
    (
        lambda: spread(of(3), shape=(2, 4), axes=(0,)),
        "spread does not fit the shape (3,)",
        "inserting axes (0,) into it must give (2, 4), so it has to be (4,)",
    ),
    (
        lambda: spread(of(3), shape=(3,), axes=(1,)),
        "spread does not fit the shape (3,)",
        "axes (1,) must be different ones of (3,), counted from 0",
    ),
    *[
        (
            lambda reduce=reduce: reduce(of(2, 3), axes=(0, 2)),
            f"{reduce.name} does not fit the shape (2, 3)",
            "axes (0, 2) must be different ones of it, counted from 0",
        )
        for reduce in (fold, mean, largest)
    ],
    (
        lambda: fold(of(2, 3), axes=(1, 1)),
        "fold does not fit the shape (2, 3)",
        "axes (1, 1) must be different ones of it, counted from 0",
    ),
    (
        lambda: softmax(of()),
        "softmax does not fit the shape ()",
        "it needs at least one axis: a single number is not a row",
    ),
    (
        lambda: log_sum_exp(of()),
        "log_sum_exp does not fit the shape ()",
        "it needs at least one axis: a single number is not a row",
    ),
    (
        lambda: cross_entropy_with_softmax(of(2, 3), of(2, 4)),
        "cross_entropy_with_softmax does not fit the shapes (2, 3) and (2, 4)",
        "the second shape, (2, 4), is likely wrong: the target has one row per prediction, so (2, 3)",
    ),
]


@pytest.mark.parametrize(("build", "what", "why"), SHAPES, ids=[what for _, what, _ in SHAPES])
def test_shapes_that_do_not_fit_are_named(build: Callable[[], Expr], what: str, why: str) -> None:
    with pytest.raises(ShapeMismatch) as caught:
        build()
    assert str(caught.value) == f"WG101 {what}\n  why: {why}{ADVICE}"


def test_the_layer_that_was_being_built_is_named() -> None:
    with pytest.raises(ShapeMismatch) as caught:
        matmul(of(2, 3), of(4, 5))
    inner = caught.value.in_layer("hidden1")
    said = (
        "WG101 layer hidden1: matmul does not fit the shapes (2, 3) and (4, 5)\n  why: the second shape, (4, 5), "
        "is likely wrong: it needs 3 rows, one for each column of the first\n"
        "  try: correct the sizes in layer hidden1; whygrad show FILE lists those of every layer"
    )
    assert str(inner) == said
    assert str(inner.in_layer("outer")) == said
    assert (inner.operation, inner.shapes, inner.likely) == ("matmul", ((2, 3), (4, 5)), 1)


@pytest.mark.parametrize(
    ("build", "said"),
    [
        (lambda: add(of()), "add takes 2 inputs and was given 1\n  try: call it as add(x, y)"),
        (lambda: exp(of(), of()), "exp takes 1 input and was given 2\n  try: call it as exp(x)"),
        (lambda: where(of()), "where takes 3 inputs and was given 1\n  try: call it as where(x, y, z)"),
        (
            lambda: concatenate(axis=0),
            "concatenate takes 1 input and was given 0\n  try: call it as concatenate(x)",
        ),
    ],
)
def test_a_wrong_number_of_inputs_is_named(build: Callable[[], Expr], said: str) -> None:
    with pytest.raises(WrongArity) as caught:
        build()
    assert str(caught.value) == f"WG102 {said}"


def test_a_leaf_without_a_value_is_named() -> None:
    weight = Input((2, 3), "weight")
    with pytest.raises(MissingValue) as caught:
        evaluate([weight * 2.0], {})
    assert str(caught.value) == (
        "WG104 no value was given for weight of shape (2, 3)\n  try: add weight to the values handed to the graph"
    )


@pytest.mark.parametrize("given", [np.ones((5, 3)), np.ones(()), np.ones((1, 3))], ids=str)
def test_a_value_of_another_shape_is_refused(given: np.ndarray) -> None:
    x = Input((3,), "x")
    with pytest.raises(ValueUnfit) as caught:
        evaluate([x * 2.0], {x: given})
    assert str(caught.value) == (
        f"WG106 x has shape (3,) and was given a value of shape {given.shape}\n"
        "  why: a graph is built for its shapes, and sizes never stretch\n"
        "  try: give a value of shape (3,), or build the graph for the shape of the value"
    )

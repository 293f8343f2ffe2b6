"""Names in formulas: where writing stops, and what one element of an array is called."""

from __future__ import annotations

import time

import pytest

from tests.notation.test_round_trip import assert_balanced
from whygrad.graph import Expr, Input, Name, Names, State, gradient
from whygrad.notation import tex, text
from whygrad.primitive import concatenate, fold, log, mean, reshape, section, sigmoid, softmax, tanh, transposed

X = Input((4, 3), "X")
W = State((3, 2), "hidden.W")
B = State((2,), "hidden.b")
NET = X @ W + B
OUT = sigmoid(NET)
NAMES = Names(
    {
        W: Name("hidden.W", elements=("w1", "w2", "w3", "w4", "w5", "w6")),
        B: Name("hidden.b", elements=("b1", "b2")),
        NET: Name("hidden.net", "net", ("H1", "H2")),
        OUT: Name("hidden.out", "out", ("H1", "H2")),
    }
)


def test_writing_stops_at_names() -> None:
    assert text(mean(log(OUT), axes=(0, 1)), NAMES) == "mean(log(hidden.out))"
    assert text(mean(log(OUT), axes=(0, 1))) == "mean(log(sigmoid(X @ hidden.W + hidden.b)))"


def test_a_named_node_is_written_as_it_is_made() -> None:
    assert text(OUT, NAMES) == "sigmoid(hidden.net)"
    assert text(NET, NAMES) == "X @ hidden.W + hidden.b"


def test_a_leaf_is_written_by_its_name_in_the_table_or_its_own() -> None:
    assert text(W, Names({W: Name("weights")})) == "weights"
    assert text(X, NAMES) == "X"


def test_one_element_is_written_with_the_names_of_its_units() -> None:
    assert text(log(OUT), NAMES, element=(2, 1)) == "log(out_H2)"
    assert text(OUT * (1.0 - OUT), NAMES, element=(0, 0)) == "out_H1 * (1 - out_H1)"
    assert tex(log(OUT), NAMES, element=(2, 1)) == r"\ln\left(\mathrm{out}_{\mathrm{H2}}\right)"


def test_one_element_is_followed_through_operations_that_move_it() -> None:
    assert text(NET, NAMES, element=(3, 1)) == "(X @ hidden.W)[3,1] + b2"
    assert text(transposed(W), NAMES, element=(1, 2)) == "w6"
    assert text(2.0 * reshape(W, shape=(6,)), NAMES, element=(4,)) == "2 * w5"
    assert text(concatenate(X, OUT, axis=1) * 2, NAMES, element=(0, 4)) == "out_H2 * 2"
    assert text(section(W, axis=0, start=1, stop=3), NAMES, element=(1, 0)) == "w5"
    assert text(X * 2, element=(3, 0)) == "X[3,0] * 2"


def test_one_element_of_an_operation_that_mixes_them_is_marked_by_its_index() -> None:
    assert text(softmax(OUT), NAMES, element=(1, 0)) == "softmax(hidden.out)[1,0]"
    assert text(fold(OUT, axes=(0,)) * B, NAMES, element=(1,)) == "sum(hidden.out)[1] * b2"
    assert tex(X @ W, NAMES, element=(1, 0)) == r"\left(X \, \mathrm{hidden.W}\right)_{1,0}"
    assert text(-(X @ W), NAMES, element=(1, 0)) == "-(X @ hidden.W)[1,0]"


def test_formulas_are_cut_below_a_depth() -> None:
    x = Input((), "x")
    node: Expr = x
    for _ in range(5):
        node = tanh(node) + x
    assert text(node, depth=4) == "tanh(tanh(…) + x) + x"
    assert tex(node, depth=2) == r"\tanh\left(\dots \right) + x"
    assert text(node, depth=0) == "…"
    assert text(reshape(x + 1.0, shape=(1,)), depth=1) == "x + 1"


def test_a_graph_that_would_fill_the_memory_as_a_tree_is_cut_short() -> None:
    node: Expr = Input((), "x")
    for _ in range(100):
        node = node * node
    assert len(text(node)) < 2000


def test_a_chain_of_twenty_thousand_operations_is_written_whole() -> None:
    x, y = Input((), "x"), Input((), "y")
    left: Expr = x
    right: Expr = x
    for _ in range(10_000):
        left = left + -y
        right = y - right
    start = time.process_time()
    assert text(left, depth=None) == "x" + " + (-y)" * 10_000
    assert text(right, depth=None) == "y - (" * 9_999 + "y - x" + ")" * 9_999
    assert time.process_time() - start < 20


def test_gradients_can_be_written() -> None:
    x = Input((), "x")
    (slope,) = gradient(sigmoid(x), [x])
    assert text(slope) == "1 * (sigmoid(x) * (1 - sigmoid(x)))"


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("x", "x"),
        ("w5", "w_{5}"),
        ("w12", "w_{12}"),
        ("net_H1", r"\mathrm{net}_{\mathrm{H1}}"),
        ("x_1", "x_{1}"),
        ("w5_old", r"w_{5,\mathrm{old}}"),
        ("hidden.W", r"\mathrm{hidden.W}"),
        ("hidden.W[0,1]", r"\mathrm{hidden.W}_{0,1}"),
        ("out_Y1[3]", r"\mathrm{out}_{\mathrm{Y1},3}"),
        ("species=Adelie", r"\mathrm{species=Adelie}"),
        ("body mass", r"\mathrm{body\ mass}"),
        ("100%", r"\mathrm{100\%}"),
        ("a{b}$#&~^\\", r"\mathrm{a\{b\}\$\#{\&}\sim \hat{\ }\backslash }"),
        ("_x", r"\mathrm{\_x}"),
        ("x__y", r"\mathrm{x\_\_y}"),
    ],
)
def test_names_in_tex(name: str, formula: str) -> None:
    assert tex(Input((), name)) == formula
    assert_balanced(formula)

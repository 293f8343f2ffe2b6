"""How formulas are written in each language, and that they mean there what they mean in the graph."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from whygrad.code.array_writer import ArrayWriter
from whygrad.code.helper import functions
from whygrad.code.identifier import Identifiers, plain
from whygrad.code.imports import imports
from whygrad.code.loops import LoopWriter
from whygrad.code.recipe import ROWS
from whygrad.code.spelling import KEYS, number
from whygrad.code.writer import Writer
from whygrad.graph import Composite, Domain, Expr, Input, Kind, Primitive, topological
from whygrad.primitive import PRIMITIVES, fold, log, matmul, softmax, spread, transposed, where
from whygrad.run import evaluate

SETTINGS = {"leaky_relu": {"slope": 0.01}, "elu": {"alpha": 1.5}, "huber": {"delta": 0.7}}
ELEMENTWISE = [each for each in PRIMITIVES if each.kind is Kind.ELEMENTWISE]
VALUES = {Domain.POSITIVE: [0.3, 2.0, 7.5], Domain.FRACTION: [0.1, 0.5, 0.9], Domain.CONDITION: [True, False, True]}
MATH = {name: getattr(math, name) for name in ("cos", "exp", "expm1", "floor", "log", "log1p", "sin", "sqrt", "tanh")}
x, w, b = Input((ROWS, 3), "x"), Input((3, 4), "w"), Input((4,), "b")
NAMES: dict[Expr, str] = {x: "x", w: "w", b: "b"}


def applied(primitive: Primitive, shape: tuple[int, ...]) -> tuple[Expr, list[Input]]:
    inputs = [Input(shape, f"v{place}") for place in range(primitive.arity or 1)]
    return primitive(*inputs, **SETTINGS.get(primitive.name, {})), inputs


def values_for(primitive: Primitive) -> list[np.ndarray[Any, Any]]:
    usual = ([-1.5, 0.0, 2.5], [0.5, 0.0, -2.0], [4.0, -0.25, 0.125])
    found = [VALUES.get(domain, usual[place]) for place, domain in enumerate(primitive.domain)]
    return [
        np.array([1.0, -2.0, 3.0]) if d is Domain.NONZERO else np.array(v)
        for d, v in zip(primitive.domain, found, strict=True)
    ]


def computed(writer: Writer, node: Expr, inputs: list[Input], values: list[Any], known: dict[str, Any]) -> Any:
    """What the formula of a node gives, with the functions that it calls defined before."""
    merged = writer.merge()(node)
    names: dict[Expr, str] = {leaf: leaf.name for leaf in inputs}
    scope = {**known, **{leaf.name: value for leaf, value in zip(inputs, values, strict=True)}}
    exec("\n".join(functions(topological([merged]), writer)), scope)  # noqa: S102
    return eval(writer.one(merged, names), scope)  # noqa: S307


@pytest.mark.parametrize("primitive", ELEMENTWISE, ids=lambda each: each.name)
def test_an_operation_means_the_same_in_python(primitive: Primitive) -> None:
    node, inputs = applied(primitive, ())
    for values in zip(*values_for(primitive), strict=True):
        wanted = evaluate([node], dict(zip(inputs, map(np.float64, values), strict=True)))[node]
        plain_values = [value.item() for value in values]
        assert computed(LoopWriter(""), node, inputs, plain_values, MATH) == pytest.approx(float(wanted), rel=1e-14)


@pytest.mark.parametrize("primitive", ELEMENTWISE, ids=lambda each: each.name)
def test_an_operation_means_the_same_in_numpy(primitive: Primitive) -> None:
    node, inputs = applied(primitive, (3,))
    values = values_for(primitive)
    wanted = evaluate([node], dict(zip(inputs, values, strict=True)))[node]
    found = computed(ArrayWriter("numpy"), node, inputs, values, {"np": np})
    assert np.array_equal(found, wanted)


@pytest.mark.parametrize("primitive", ELEMENTWISE, ids=lambda each: each.name)
def test_an_operation_means_the_same_in_pytorch(primitive: Primitive) -> None:
    torch = pytest.importorskip("torch", reason="the formula is one for PyTorch")
    if primitive.name in ("maximum", "minimum"):
        pytest.skip("these bound gradients, for which PyTorch has functions of its own")
    node, inputs = applied(primitive, (3,))
    values = values_for(primitive)
    wanted = evaluate([node], dict(zip(inputs, values, strict=True)))[node]
    known = {"torch": torch, "F": torch.nn.functional}
    found = computed(ArrayWriter("pytorch"), node, inputs, [torch.tensor(each) for each in values], known)
    assert found.numpy() == pytest.approx(np.asarray(wanted), rel=1e-12, abs=1e-15)


def test_every_word_for_a_language_is_one_that_is_written() -> None:
    known = {language for each in PRIMITIVES for language in each.notation.source}
    assert known == set(KEYS.values())


def test_a_composite_without_a_word_is_a_function_of_its_lowering() -> None:
    composites = [each for each in ELEMENTWISE if isinstance(each, Composite) and each.name == "sigmoid"]
    node, _ = applied(composites[0], ())
    assert functions([node], LoopWriter(""))[2:] == [
        "def sigmoid(x):",
        "    e = exp(-x if x > 0 else x)",
        "    return (1 if x > 0 else e) / (1 + e)",
    ]


ALL_ROWS = "for r in range(n)"
FORMULAS: list[tuple[Expr, str, str]] = [
    (x @ w + b, "x @ w + b", f"[[sum(x[r][i] * w[i][j] for i in range(3)) + b[j] for j in range(4)] {ALL_ROWS}]"),
    ((x @ w) * 2.0, "x @ w * 2", f"[[sum(x[r][i] * w[i][j] for i in range(3)) * 2 for j in range(4)] {ALL_ROWS}]"),
    (fold(x, axes=(0,)), "np.sum(x, axis=0)", f"[sum(x[r][j] {ALL_ROWS}) for j in range(3)]"),
    (fold(x, axes=(0, 1)), "np.sum(x)", f"sum(x[r][i] {ALL_ROWS} for i in range(3))"),
    (
        transposed(w) @ transposed(x),
        "w.T @ x.T",
        f"[[sum(w[i][j] * x[r][i] for i in range(3)) {ALL_ROWS}] for j in range(4)]",
    ),
    (
        x / spread(fold(x, axes=(1,)), shape=x.shape, axes=(1,)),
        "x / np.sum(x, axis=1)[:, None]",
        f"[[x[r][j] / sum(x[r][i] for i in range(3)) for j in range(3)] {ALL_ROWS}]",
    ),
    (-(b - (b - b)), "-(b - (b - b))", "[-(b[j] - (b[j] - b[j])) for j in range(4)]"),
    (
        where(b > 0.0, b, 0.0) ** 2.0,
        "np.where(b > 0, b, 0) ** 2",
        "[(b[j] if b[j] > 0 else 0) ** 2 for j in range(4)]",
    ),
    (softmax(x), "softmax(x)", f"[softmax(x[r]) {ALL_ROWS}]"),
    (log(b) * (1.0 - 0.9), "np.log(b) * (1 - 0.9)", "[log(b[j]) * (1 - 0.9) for j in range(4)]"),
]


@pytest.mark.parametrize(("node", "numpy", "loops"), FORMULAS, ids=[numpy for _, numpy, _ in FORMULAS])
def test_how_a_formula_is_written(node: Expr, numpy: str, loops: str) -> None:
    assert ArrayWriter("numpy").formula(node, NAMES) == numpy
    assert LoopWriter("n").formula(node, NAMES) == loops


def test_single_rows_and_single_units_are_left_out() -> None:
    one = Input((3, 1), "one")
    assert LoopWriter("").formula(matmul(x, one), {**NAMES, one: "one"}) == "sum(x[i] * one[i] for i in range(3))"


@pytest.mark.parametrize(
    ("shown", "written"),
    [("0.5", "0.5"), ("-2", "-2"), ("0.09999999999999998", "1 - 0.9"), ("0.0010000000000000009", "1 - 0.999")],
)
def test_how_a_number_is_written(shown: str, written: str) -> None:
    found = number(shown)
    assert found.words == written
    assert eval(found.words) == float(shown)  # noqa: S307


def test_a_name_is_free_and_one_that_a_program_can_use() -> None:
    identifiers = Identifiers(frozenset({"total"}))
    asked = ("hidden.W", "hidden_W", "for", "sum", "total", "np", "relu", "island=Biscoe", "3 days", "w1", "?")
    assert [identifiers(name) for name in asked] == [
        *(
            "hidden_W",
            "hidden_W_2",
            "for_2",
            "sum_2",
            "total_2",
            "np_2",
            "relu_2",
            "island_Biscoe",
            "_3_days",
            "w1",
            "x",
        ),
    ]
    assert plain("dE_dnet_Y1") == "dE_dnet_Y1"


def test_only_what_is_used_is_imported() -> None:
    assert imports("y = np.exp(x) + sqrt(exp(2))") == ["from math import exp, sqrt", "", "import numpy as np"]
    assert imports("y = x") == []


def test_the_rows_of_a_batch_are_counted_where_they_matter() -> None:
    writer = ArrayWriter("numpy")
    for divisor, written in ((1.0, "rows"), (4.0, "(4 * rows)")):
        mean = writer.merge()(fold(x, axes=(0,)) / float(ROWS * divisor))
        assert writer.formula(mean, {**NAMES, writer.rows: "rows"}) == f"np.sum(x, axis=0) / {written}"

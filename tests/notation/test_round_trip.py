"""Print, parse, evaluate: the text means the expression it was printed from."""

from __future__ import annotations

import random
import re
from typing import Any

import numpy as np
import pytest

from tests.notation.draw import LEAVES, VALUES, expression
from tests.notation.reading import parse
from tests.primitive.draw import SETTINGS
from tests.primitive.measure import computed
from whygrad.graph import Expr, Input, Kind, Name, Names, Primitive, constant
from whygrad.notation import tex, text
from whygrad.primitive import BY_NAME, PRIMITIVES, equal, gather, greater, negate

BATCH = 250


@pytest.mark.parametrize("seed", [*range(4), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(4, 13))])
def test_random_expressions_come_back_bit_for_bit(seed: int) -> None:
    rng = random.Random(seed)
    expressions = [expression(rng, depth=6) for _ in range(BATCH)]
    texts = [text(e, depth=None) for e in expressions]
    again = [parse(t, LEAVES) for t in texts]
    values = computed([*expressions, *again], VALUES)
    for t, meant, read in zip(texts, values[:BATCH], values[BATCH:], strict=True):
        assert meant.tobytes() == read.tobytes() or np.isnan([meant, read]).all(), t
    finite = [e for e, value in zip(expressions, values, strict=False) if e.inputs and np.isfinite(value)]
    assert len(finite) >= 155  # 2,015 in all


@pytest.mark.parametrize("seed", range(4))
def test_tex_of_random_expressions_is_balanced(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(BATCH):
        assert_balanced(tex(expression(rng, depth=6), depth=None))


@pytest.mark.parametrize("primitive", PRIMITIVES, ids=lambda p: p.name)
def test_tex_of_every_primitive_is_balanced(primitive: Primitive) -> None:
    sample = example(primitive.name)
    assert_balanced(tex(sample))
    assert text(sample)


def assert_balanced(formula: str) -> None:
    """Braces, \\left and \\right, \\begin and \\end close in the order in which they opened."""
    opened: list[str] = []
    for token in re.findall(r"\\left\b|\\right\b|\\begin|\\end|\\[{}]|[{}]", formula):
        if token in {"{", r"\left", r"\begin"}:
            opened.append(token)
        elif token in {"}", r"\right", r"\end"}:
            assert opened, formula
            assert opened.pop() == {"}": "{", r"\right": r"\left", r"\end": r"\begin"}[token], formula
    assert opened == [], formula


def example(name: str) -> Expr:
    """One application of a primitive."""
    x, index = Input((2, 2), "x"), Input((3,), "i")
    plans: dict[str, dict[str, Any]] = {
        "transpose": {"order": (1, 0)},
        "reshape": {"shape": (4,)},
        "concatenate": {"axis": 0},
        "slice": {"axis": 0, "start": 0, "stop": 1},
        "scatter": {"rows": 3},
        "spread": {"shape": (2, 2, 5), "axes": (2,)},
        "fold": {"axes": (0,)},
        "mean": {"axes": (0, 1)},
        "largest": {"axes": (1,)},
    }
    attributes = plans.get(name) or first_settings(name)
    if name == "gather":
        return gather(x, index)
    if name == "scatter":
        return BY_NAME[name](Input((3,), "x"), index, **attributes)
    return BY_NAME[name](*[x] * len(BY_NAME[name].domain), **attributes)


@pytest.mark.parametrize("outer", [p for p in PRIMITIVES if p.kind is Kind.ELEMENTWISE], ids=lambda p: p.name)
def test_every_pair_of_operations_comes_back(outer: Primitive) -> None:
    x, y = LEAVES["x"], LEAVES["y"]
    negative = () if outer is negate else (constant(-2.0),)  # minus minus two is read as two
    for inner in (x + y, x - y, x * y, x / y, -x, x**y, x**-y, -(x**y), greater(x, y), equal(x, y), *negative):
        for k in range(len(outer.domain)):
            arguments: list[Expr] = [y] * len(outer.domain)
            arguments[k] = inner
            meant = outer(*arguments, **first_settings(outer.name))
            assert shape_of(parse(text(meant), LEAVES)) == shape_of(meant), text(meant)


def first_settings(name: str) -> dict[str, float]:
    """Attributes for an elementwise primitive."""
    return {key: values[0] for key, values in SETTINGS.get(name, {}).items()}


def shape_of(node: Expr) -> object:
    """The tree as nested tuples, to be compared."""
    value = getattr(node, "value", None)
    return repr(node), None if value is None else float(value), *(shape_of(x) for x in node.inputs)


def test_a_whole_network_comes_back_through_its_names() -> None:
    x, w, b = Input((4, 3), "x"), Input((3, 2), "w"), Input((2,), "b")
    net = x @ w + b
    names = Names({w: Name("hidden.W"), b: Name("hidden.b")})
    leaves = {"x": x, "hidden.W": w, "hidden.b": b}
    read = parse(text(net, names), leaves)
    assert text(net, names) == "x @ hidden.W + hidden.b"
    rng = np.random.default_rng(1)
    values: dict[Expr, object] = {leaf: rng.normal(size=leaf.shape) for leaf in (x, w, b)}
    meant, again = computed([net, read], values)
    np.testing.assert_array_equal(meant, again)

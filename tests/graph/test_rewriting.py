"""Walking, rebuilding and lowering graphs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.graph.recipe import SMOOTH, built, recipe
from tests.primitive.draw import samples
from tests.primitive.measure import Array, applied, computed
from whygrad.graph import (
    Apply,
    Basic,
    Composite,
    Expr,
    Input,
    Primitive,
    depending_on,
    gradient,
    lowered,
    rebuild,
    topological,
)
from whygrad.primitive import (
    PRIMITIVES,
    binary_cross_entropy_with_logits,
    log_sum_exp,
    multiply,
    sigmoid,
    softmax,
    summed,
    tanh,
)

x, y, z = (Input((), name) for name in "xyz")


@given(seed=st.integers(0, 2**32 - 1), length=st.integers(1, 12))
def test_order_lists_every_node_once_and_after_its_inputs(seed: int, length: int) -> None:
    _, root = built(recipe(seed, length, SMOOTH))
    order = topological([root])
    assert len(order) == len(set(order))
    place = {node: k for k, node in enumerate(order)}
    assert all(place[read] < place[node] for node in order for read in node.inputs)
    assert topological([root]) == order


def test_order_of_several_roots_that_share() -> None:
    shared = x * y
    root = shared + x
    assert topological([shared, root, shared, x]) == [x, y, shared, root]


def test_order_does_not_enter_known_nodes() -> None:
    inner = x * y
    outer = inner + z
    assert topological([outer], known=[inner]) == [z, outer]


def test_depending_on() -> None:
    inner, other = x * y, y * z
    root = inner + other
    assert depending_on(topological([root]), [x]) == {x, inner, root}


def test_rebuilding_changes_every_reader_and_keeps_the_rest() -> None:
    shared = x * y
    kept = y * z
    root = shared + kept
    (new,) = rebuild([root], lambda node: z if node is x else node)
    values: dict[Expr, Array] = {x: 2.0, y: 3.0, z: 5.0}
    assert [float(v) for v in computed([root, new], values)] == [21.0, 30.0]
    assert new.inputs[1] is kept
    assert x in topological([root])
    assert x not in topological([new])


def test_rebuilding_keeps_what_is_shared_shared() -> None:
    shared = tanh(x)
    (new,) = rebuild([multiply(shared, shared)], lambda node: y if node is x else node)
    assert new.inputs[0] is new.inputs[1]


def test_rebuilding_with_no_change_gives_the_same_nodes() -> None:
    root = softmax(Input((3,), "row"))
    assert rebuild([root], lambda node: node) == (root,)


def test_rebuilding_keeps_attributes() -> None:
    a, b = Input((2, 3), "a"), Input((2, 3), "b")
    (new,) = rebuild([summed(a)], lambda node: b if node is a else node)
    assert isinstance(new, Apply)
    assert new.attributes == (("axes", (0, 1)),)


@pytest.mark.parametrize("primitive", PRIMITIVES, ids=lambda p: p.name)
@given(data=st.data())
def test_lowering_leaves_only_basic_primitives_of_the_same_shape(primitive: Primitive, data: st.DataObject) -> None:
    graph = applied(data.draw(samples(primitive)))
    weighed = gradient(graph.output, graph.smooth, seed=graph.seed)
    low = lowered([graph.output, *weighed])
    assert not any(composite(node) for node in topological(low.values()))
    assert all(node.shape == new.shape for node, new in low.items())


def composite(node: Expr) -> bool:
    return isinstance(node, Apply) and isinstance(node.primitive, Composite)


def test_lowering_keeps_basic_nodes_as_they_are() -> None:
    root = tanh(x) * y
    assert lowered([root]) == {node: node for node in topological([root])}
    assert isinstance(root, Apply)
    assert isinstance(root.primitive, Basic)


def test_lowering_stops_at_known_nodes() -> None:
    inner = sigmoid(x)
    outer = sigmoid(inner)
    low = lowered([outer], known=[inner])
    assert low[inner] is inner
    assert inner in topological([low[outer]])


def test_a_lowered_graph_has_the_gradient_of_the_graph() -> None:
    row, target = Input((2, 3), "row"), Input((2, 3), "target")
    loss = summed(binary_cross_entropy_with_logits(softmax(row), target)) + summed(log_sum_exp(row))
    rng = np.random.default_rng(2)
    values: dict[Expr, Array] = {row: rng.normal(size=(2, 3)), target: rng.random((2, 3))}
    (fused,) = gradient(loss, [row])
    (plain,) = gradient(lowered([loss])[loss], [row])
    one, other = computed([fused, plain], values)
    np.testing.assert_allclose(one, other, rtol=1e-13, atol=1e-15)

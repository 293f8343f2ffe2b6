"""The derivative rule of every primitive against central differences in double precision."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.primitive.draw import samples
from tests.primitive.measure import applied, assert_close, computed, contracted, differences
from whygrad.graph import Expr, Input, Kind, gradient
from whygrad.primitive import PRIMITIVES

if TYPE_CHECKING:
    from typing import Any

    from tests.primitive.measure import Applied
    from whygrad.graph import Primitive

every_primitive = pytest.mark.parametrize("primitive", PRIMITIVES, ids=lambda p: p.name)
seeds = st.integers(0, 2**32 - 1)


def random_seed(graph: Applied, number: int) -> Any:
    return np.random.default_rng(number).normal(size=graph.output.shape)


@every_primitive
@given(data=st.data(), number=seeds)
def test_vjp_equals_central_differences(primitive: Primitive, data: st.DataObject, number: int) -> None:
    graph = applied(data.draw(samples(primitive)))
    values = graph.values(random_seed(graph, number))
    ours = computed(graph.gradients, values)
    theirs = differences(contracted([graph.output], [graph.seed]), graph.smooth, values)
    assert_close(graph.projected(ours), graph.projected(theirs), relative=1e-6, absolute=1e-9)


@every_primitive
@given(data=st.data(), number=seeds)
def test_gradient_of_gradient_equals_differences_of_gradient(
    primitive: Primitive, data: st.DataObject, number: int
) -> None:
    graph = applied(data.draw(samples(primitive)))
    rng = np.random.default_rng(number)
    weights = [Input(x.shape, f"weight{k}") for k, x in enumerate(graph.smooth)]
    values = graph.values(random_seed(graph, number)) | {w: rng.normal(size=w.shape) for w in weights}
    number_of_gradient = contracted(graph.gradients, weights)
    leaves: list[Expr] = [*graph.smooth, graph.seed]
    ours = computed(gradient(number_of_gradient, leaves), values)
    theirs = differences(number_of_gradient, leaves, values)
    assert_close(ours, theirs, relative=5e-6, absolute=1e-8)  # near 0 and 1 a logarithm bends more than differences see


@every_primitive
@given(data=st.data(), number=seeds)
def test_sum_of_local_derivatives_equals_vjp(primitive: Primitive, data: st.DataObject, number: int) -> None:
    graph = applied(data.draw(samples(primitive)))
    seed = random_seed(graph, number)
    whole = computed(graph.gradients, graph.values(seed))
    local = local_derivatives(graph)
    for k, jacobian in enumerate(local):
        check_kind(primitive.kind, jacobian, graph.sample.smooth[k], graph)
        total = np.tensordot(seed.reshape(-1), jacobian, axes=1)
        assert_close([total], [whole[k]], relative=1e-12, absolute=1e-12)


def local_derivatives(graph: Applied) -> list[Any]:
    """For each smooth leaf, the derivative of each output element (first axis) by each element of the leaf."""
    size = prod(graph.output.shape)
    rows = [computed(graph.gradients, graph.values(row.reshape(graph.output.shape))) for row in np.eye(size)]
    return [np.stack([row[k] for row in rows]) for k in range(len(graph.smooth))]


def check_kind(kind: Kind, jacobian: Any, k: int, graph: Applied) -> None:
    """What the kind of a primitive promises about which elements depend on which."""
    flat = jacobian.reshape(len(jacobian), -1)
    if kind is Kind.ELEMENTWISE:
        assert not (flat - np.diag(np.diag(flat))).any()
    if kind is Kind.MOVER:
        assert set(np.unique(flat)) <= {0.0, 1.0}
        if len(graph.smooth) == 1:
            assert (flat.sum(axis=1) == 1).all()
    if kind is Kind.CONTRACTION:
        assert np.isin(np.round(flat, 12), np.round(factors(graph, k), 12)).all()


def factors(graph: Applied, k: int) -> Any:
    """The local derivatives a contraction may have: 0, 1, a share of a mean, an element of the other factor."""
    others = [graph.sample.arrays[j].reshape(-1) for j in graph.sample.smooth if j != k]
    share = prod(graph.output.shape) / prod(graph.sample.arrays[0].shape)
    return np.concatenate([[0.0, 1.0, share], *others])

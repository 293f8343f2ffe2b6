"""The complex step: every record, every kink, whole networks, and what it says where there is nothing to say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pipeline.variants import VARIANTS
from tests.primitive.draw import Sample, samples
from tests.primitive.measure import applied, assert_close, computed, contracted
from tests.primitive.test_primitives_kinks import CASES, SEAMS
from whygrad import train
from whygrad.errors.graph import MissingValue, NotScalar, ValueUnfit
from whygrad.graph import Input, State, topological
from whygrad.primitive import (
    BY_NAME,
    PRIMITIVES,
    absolute,
    elu,
    expm1,
    gelu,
    log,
    log1p,
    maximum,
    power,
    reshape,
    silu,
    sqrt,
    summed,
)
from whygrad.run import complex_step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from whygrad import StepTrace
    from whygrad.graph import Expr, Primitive


def elu_of_one(x: Expr) -> Expr:
    """ELU as networks have it."""
    return elu(x, alpha=1.0)


def stepped(of: Expr, by: Expr, values: Mapping[Expr, Any]) -> Any:
    """The complex step for every element of a node."""
    found = np.zeros(by.shape)
    for index in np.ndindex(by.shape):
        found[index] = complex_step(of, by, index, values)
    return found


def leaves_of(trace: StepTrace) -> dict[Expr, Any]:
    """The value of every leaf of the loss."""
    return {node: trace.values[node] for node in topological([trace.step.loss]) if isinstance(node, Input | State)}


def backward(trace: StepTrace, name: str) -> Any:
    """What the step's own backward pass says of a parameter."""
    return trace.values[trace.step.adjoints[trace.step.states[name]]]


@pytest.mark.parametrize("primitive", PRIMITIVES, ids=lambda p: p.name)
@given(data=st.data(), number=st.integers(0, 2**32 - 1))
def test_equals_the_rule_of_every_record(primitive: Primitive, data: st.DataObject, number: int) -> None:
    graph = applied(data.draw(samples(primitive)))
    values = graph.values(np.random.default_rng(number).normal(size=graph.output.shape))
    rule = computed(graph.gradients, values)
    loss = contracted([graph.output], [graph.seed])
    found = [stepped(loss, leaf, values) for leaf in graph.smooth]
    assert_close(graph.projected(found), graph.projected(rule), relative=1e-12, absolute=1e-13)


@pytest.mark.parametrize(("name", "arrays", "attributes"), [case[:3] for case in CASES + SEAMS])
def test_takes_the_documented_derivative_at_kinks(
    name: str, arrays: tuple[Any, ...], attributes: dict[str, Any]
) -> None:
    graph = applied(Sample(BY_NAME[name], arrays, attributes))
    values = graph.values(np.ones(graph.output.shape))
    found = [stepped(summed(graph.output), leaf, values) for leaf in graph.smooth]
    assert_close(
        graph.projected(found), graph.projected(computed(graph.gradients, values)), relative=1e-15, absolute=1e-15
    )


@pytest.mark.parametrize("name", [name for name in VARIANTS if name != "float32"])
def test_equals_the_gradient_of_a_whole_step(name: str) -> None:
    trace = train(VARIANTS[name]).step(1, 1)
    for parameter in trace.step.parameters:
        found = stepped(trace.step.loss, trace.step.states[parameter], leaves_of(trace))
        assert_close([found], [backward(trace, parameter)], relative=1e-10, absolute=1e-14)


def test_a_float32_run_is_differentiated_in_double_precision() -> None:
    trace = train(VARIANTS["float32"]).step(1, 1)
    weight, loss = trace.step.states["hidden.W"], trace.step.loss
    leaves = leaves_of(trace)
    assert {leaves[weight].dtype, backward(trace, "hidden.W").dtype} == {np.dtype(np.float32)}
    found = stepped(loss, weight, leaves)
    doubled = {node: np.asarray(value, np.float64) for node, value in leaves.items()}
    (exact,) = computed([trace.step.adjoints[weight]], doubled)
    assert_close([found], [exact], relative=1e-12, absolute=0)
    assert_close([found], [backward(trace, "hidden.W")], relative=1e-5, absolute=0)
    assert not np.array_equal(found.astype(np.float32), backward(trace, "hidden.W"))


def test_no_digit_is_lost_where_a_difference_would_lose_most() -> None:
    x = Input((), "x")
    assert complex_step(log(log1p(x)), x, (), {x: 1e-12}) == pytest.approx(1e12 - 0.5, rel=1e-15)
    assert complex_step(power(x, 3.0), x, (), {x: -2}) == 12.0


def test_an_inner_node_is_moved_by_itself() -> None:
    x = Input((2,), "x")
    square = x * x
    assert complex_step(summed(square * x), square, (1,), {x: [1.0, 3.0], square: [1.0, 9.0]}) == 3.0


@pytest.mark.parametrize("function", [log, sqrt, lambda x: power(x, 0.5)], ids=["log", "sqrt", "power"])
@pytest.mark.parametrize("after", [lambda y: y, lambda y: maximum(y, 0.0)], ids=["alone", "in a maximum"])
def test_there_is_no_derivative_where_there_is_no_value(function: Any, after: Any) -> None:
    x = Input((), "x")
    assert np.isnan(complex_step(after(function(x)), x, (), {x: -1.0}))


@pytest.mark.parametrize("smooth", [elu_of_one, gelu, silu, lambda x: x * x, lambda x: x / (1.0 + x), expm1])
def test_a_kink_stays_where_it_is_behind_a_function_that_is_smooth_at_0(smooth: Any) -> None:
    x = Input((), "x")
    assert complex_step(absolute(smooth(x)), x, (), {x: 0.0}) == 0.0
    row = Input((1, 2), "row")
    across = summed(absolute(row @ reshape(row, shape=(2, 1))))
    assert complex_step(across, row, (0, 1), {row: [[0.0, 0.0]]}) == 0.0


def test_values_stay_as_they_were() -> None:
    x = Input((2,), "x")
    given_values = np.array([1.0, 2.0])
    complex_step(summed(x), x, (0,), {x: given_values})
    assert given_values.tolist() == [1.0, 2.0]


def test_what_cannot_be_differentiated_is_refused() -> None:
    x = Input((2,), "x")
    with pytest.raises(NotScalar, match="WG103"):
        complex_step(x, x, (0,), {x: [1.0, 2.0]})
    with pytest.raises(MissingValue, match="WG104"):
        complex_step(summed(x), x, (0,), {})
    with pytest.raises(ValueUnfit, match="WG106"):
        complex_step(summed(x), x, (0,), {x: [1.0, 2.0, 3.0]})

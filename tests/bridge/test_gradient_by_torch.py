"""Autograd against every record, every kink and whole steps; and what it does to the process that asks it."""

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
from whygrad.bridge import gradient_by_torch
from whygrad.errors.graph import MissingValue, NotScalar, ValueUnfit
from whygrad.graph import Input, State, constant, topological
from whygrad.primitive import BY_NAME, PRIMITIVES, gather, multiply, scatter, summed

if TYPE_CHECKING:
    from whygrad import StepTrace
    from whygrad.graph import Expr, Primitive

torch = pytest.importorskip("torch", reason="PyTorch is asked here; pip install whygrad[torch]")


def leaves_of(trace: StepTrace) -> dict[Expr, Any]:
    """The value of every leaf of the loss."""
    return {node: trace.values[node] for node in topological([trace.step.loss]) if isinstance(node, Input | State)}


def both(trace: StepTrace, **settings: Any) -> tuple[list[Any], list[Any]]:
    """The gradient of each parameter: PyTorch's, and that of the step."""
    step = trace.step
    parameters = [step.states[name] for name in step.parameters]
    theirs = gradient_by_torch(step.loss, parameters, leaves_of(trace), **settings)
    return list(theirs), [trace.values[step.adjoints[node]] for node in parameters]


@pytest.mark.parametrize("primitive", PRIMITIVES, ids=lambda p: p.name)
@given(data=st.data(), number=st.integers(0, 2**32 - 1))
def test_equals_the_rule_of_every_record(primitive: Primitive, data: st.DataObject, number: int) -> None:
    graph = applied(data.draw(samples(primitive)))
    values = graph.values(np.random.default_rng(number).normal(size=graph.output.shape))
    ours = computed(graph.gradients, values)
    theirs = gradient_by_torch(contracted([graph.output], [graph.seed]), graph.smooth, values)
    assert_close(graph.projected(theirs), graph.projected(ours), relative=1e-12, absolute=1e-13)


@pytest.mark.parametrize(("name", "arrays", "attributes"), [case[:3] for case in CASES + SEAMS])
def test_agrees_at_kinks(name: str, arrays: tuple[Any, ...], attributes: dict[str, Any]) -> None:
    graph = applied(Sample(BY_NAME[name], arrays, attributes))
    values = graph.values(np.ones(graph.output.shape))
    theirs = gradient_by_torch(summed(graph.output), graph.smooth, values)
    ours = computed(graph.gradients, values)
    assert_close(graph.projected(theirs), graph.projected(ours), relative=1e-15, absolute=1e-15)


@pytest.mark.parametrize("name", [name for name in VARIANTS if name != "float32"])
def test_equals_the_gradient_of_a_whole_step(name: str) -> None:
    theirs, ours = both(train(VARIANTS[name]).step(1, 1))
    assert_close(theirs, ours, relative=1e-12, absolute=1e-14)


def test_computes_in_the_precision_that_is_asked_for() -> None:
    trace = train(VARIANTS["float32"]).step(1, 1)
    single, ours = both(trace, dtype=np.float32)
    double, _ = both(trace)
    assert {part.dtype for part in single} == {np.dtype(np.float32)}
    assert {part.dtype for part in double} == {np.dtype(np.float64)}
    assert_close(single, ours, relative=1e-5, absolute=1e-7)
    assert_close(double, ours, relative=1e-5, absolute=1e-7)


def test_a_number_spread_over_an_array_has_the_precision_of_arrays() -> None:
    x = Input((2,), "x")
    rounded = x + 1e8 - 1e8
    values: dict[Expr, Any] = {x: np.array([1.0, 3.0])}
    for dtype, wanted in ((np.float64, [2.0, 6.0]), (np.float32, [0.0, 0.0])):
        (found,) = gradient_by_torch(summed(rounded * rounded), [x], values, dtype)
        assert found.tolist() == wanted


def test_rows_are_picked_and_added_by_any_kind_of_whole_number() -> None:
    x, index = Input((3, 2), "x"), constant(np.array([2, 0, 2], np.uint8))
    loss = summed(multiply(scatter(gather(x, index), index, rows=3), x))
    (found,) = gradient_by_torch(loss, [x], {x: np.arange(6).reshape(3, 2)})
    assert found.tolist() == [[0.0, 2.0], [0.0, 0.0], [16.0, 20.0]]


def test_a_node_that_does_not_matter_has_gradient_zero() -> None:
    x, y = Input((2,), "x"), Input((3,), "y")
    values: dict[Expr, Any] = {x: [1.0, 2.0], y: [1.0, 2.0, 3.0]}
    assert [part.tolist() for part in gradient_by_torch(summed(x), [x, y], values)] == [[1, 1], [0, 0, 0]]
    assert [part.tolist() for part in gradient_by_torch(constant(1.0), [x], values)] == [[0, 0]]


def test_an_inner_node_is_moved_by_itself() -> None:
    x = Input((2,), "x")
    square = x * x
    values = {x: [1.0, 3.0], square: [1.0, 9.0]}
    found = gradient_by_torch(summed(square * x), [square, x], values)
    assert [part.tolist() for part in found] == [[1, 3], [1, 9]]


def test_the_settings_of_the_process_neither_matter_nor_change() -> None:
    x = Input((2,), "x")
    values = np.array([1.0, 2.0])
    values.flags.writeable = False
    with torch.no_grad():
        assert gradient_by_torch(summed(x * x), [x], {x: values})[0].tolist() == [2, 4]
        assert not torch.is_grad_enabled()
    with torch.inference_mode():
        assert gradient_by_torch(summed(x * x), [x], {x: values})[0].tolist() == [2, 4]
        assert torch.is_inference_mode_enabled()
    assert values.tolist() == [1, 2]


def test_what_cannot_be_differentiated_is_refused() -> None:
    x, y = Input((2,), "x"), Input((), "y")
    with pytest.raises(NotScalar, match="WG103"):
        gradient_by_torch(x, [x], {x: [1.0, 2.0]})
    with pytest.raises(MissingValue, match="WG104"):
        gradient_by_torch(summed(x), [x], {})
    with pytest.raises(MissingValue, match="WG104"):
        gradient_by_torch(summed(x) * y, [x], {x: [1.0, 2.0]})
    with pytest.raises(ValueUnfit, match="WG106"):
        gradient_by_torch(summed(x), [x], {x: [1.0, 2.0, 3.0]})

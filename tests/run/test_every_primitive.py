"""Every primitive on the engines that go number by number and by JAX; `test_engines` and `test_loops` have the others.

Rows that are picked by numbers that only a run knows cannot be written number by number; no network asks for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.primitive.draw import samples
from tests.run.test_loops import one_step
from whygrad.graph import UPDATES, Domain, Input
from whygrad.primitive import PRIMITIVES
from whygrad.run.fast.compiled import functions_of
from whygrad.run.fast.numbers.source import python_source
from whygrad.run.fast.numbers.straight import Straight
from whygrad.run.interpreter import evaluate

if TYPE_CHECKING:
    from tests.primitive.draw import Sample
    from whygrad.graph import Expr, Step


def picks(primitive: Any) -> bool:
    """Whether one of its operands says which rows."""
    return any(primitive.domain_of(number) is Domain.INDEX for number in range(primitive.arity or 1))


def applied(primitive: Any, sample: Sample) -> tuple[Step, dict[Expr, Any], Expr]:
    """A step that gives what a primitive makes of its inputs, their values, and what it makes."""
    operands = [Input(np.shape(array), f"x{number}") for number, array in enumerate(sample.arrays)]
    output = primitive(*operands, **sample.attributes)
    return one_step(operands, output), dict(zip(operands, sample.arrays, strict=True)), output


@pytest.mark.parametrize("primitive", [each for each in PRIMITIVES if not picks(each)], ids=lambda each: each.name)
@settings(max_examples=5)
@given(data=st.data())
def test_number_by_number(primitive: Any, data: st.DataObject) -> None:
    """Twice in a row: nothing of the first update is left for the second."""
    step, values, output = applied(primitive, data.draw(samples(primitive)))
    source = python_source(step)
    row = [number for each in values.values() for number in np.ravel(each).tolist()]
    said: list[Any] = []
    functions_of(source.text)["train"]((0.0,), [[row, row]], 1, said, [], [])
    expected = np.asarray(evaluate([output], values)[output])
    first, second = said[: expected.size], said[expected.size :]
    np.testing.assert_allclose(np.reshape(first, expected.shape), expected, rtol=1e-13, atol=1e-14)
    assert repr(second) == repr(first)


@pytest.mark.long
@pytest.mark.parametrize("primitive", [each for each in PRIMITIVES if not picks(each)], ids=lambda each: each.name)
@settings(max_examples=2)
@given(data=st.data())
def test_number_by_number_compiled(primitive: Any, data: st.DataObject) -> None:
    """The bits of Python."""
    pytest.importorskip("numba", reason="Numba is not installed (extra fast)")
    step, values, _ = applied(primitive, data.draw(samples(primitive)))
    rows = np.array([[number for each in values.values() for number in np.ravel(each).tolist()]] * 2, np.float64)
    python, fast = (
        Straight(step, kind).run({UPDATES: np.float64(0.0)}, [rows]).told.said for kind in ("python", "compiled")
    )
    np.testing.assert_array_equal(fast, python)


@pytest.mark.long
@pytest.mark.parametrize("primitive", PRIMITIVES, ids=lambda each: each.name)
@settings(max_examples=10)
@given(data=st.data())
def test_on_devices(primitive: Any, data: st.DataObject) -> None:
    pytest.importorskip("jax", reason="JAX is not installed (extra jax)")
    from whygrad.run.devices.fleet import precise
    from whygrad.run.devices.program import device_source

    step, values, output = applied(primitive, data.draw(samples(primitive)))
    source = device_source(step, np.float64)
    arrays = {name: np.asarray(values[leaf]) for name, leaf in step.inputs.items()}
    with precise():
        update = functions_of(source.text)["update"]
        _, told = update((np.zeros(()),), tuple(arrays[name] for name in source.inputs), source.constants)
    expected = evaluate([output], values)[output]
    found = dict(zip(source.outputs, told, strict=True))["prediction"]
    np.testing.assert_allclose(np.asarray(found), expected, rtol=1e-13, atol=1e-14)

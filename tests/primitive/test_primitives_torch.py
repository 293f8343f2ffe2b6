"""Every primitive against PyTorch: value, first and second derivative to 1e-12 of their scale, and at the kinks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.primitive.draw import Sample, samples
from tests.primitive.measure import applied, assert_close, computed, contracted
from tests.primitive.peers import PEERS, pulled_back, tensors, torch
from tests.primitive.test_primitives_kinks import CASES
from whygrad.graph import Input, gradient
from whygrad.primitive import BY_NAME, PRIMITIVES

if TYPE_CHECKING:
    from typing import Any

    from whygrad.graph import Primitive

every_primitive = pytest.mark.parametrize("primitive", PRIMITIVES, ids=lambda p: p.name)


def test_every_primitive_has_a_peer() -> None:
    assert {p.name for p in PRIMITIVES} == set(PEERS)


@every_primitive
@given(data=st.data(), number=st.integers(0, 2**32 - 1))
def test_agrees_with_pytorch(primitive: Primitive, data: st.DataObject, number: int) -> None:
    graph = applied(data.draw(samples(primitive)))
    rng = np.random.default_rng(number)
    weights = [Input(x.shape, f"weight{k}") for k, x in enumerate(graph.smooth)]
    values = graph.values(rng.normal(size=graph.output.shape)) | {w: rng.normal(size=w.shape) for w in weights}
    second = gradient(contracted(graph.gradients, weights), [*graph.smooth])
    ours = computed([graph.output, *graph.gradients, *second], values)

    inputs = tensors(graph.sample)
    smooth = [inputs[k] for k in graph.sample.smooth]
    output = PEERS[primitive.name](*inputs, **graph.sample.attributes)
    first = pulled_back(output, smooth, torch.tensor(values[graph.seed]), again=True)
    total = sum((part * torch.tensor(values[w])).sum() for part, w in zip(first, weights, strict=True))
    twice = pulled_back(total, smooth, torch.tensor(1.0, dtype=torch.float64))
    theirs = [x.numpy(force=True) for x in (output, *first, *twice)]

    count = len(smooth)
    assert_close(ours[:1], theirs[:1], relative=1e-12, absolute=1e-12)
    for part in (slice(1, 1 + count), slice(1 + count, None)):
        assert_close(graph.projected(ours[part]), graph.projected(theirs[part]), relative=1e-12, absolute=1e-12)


@pytest.mark.parametrize(("name", "arrays", "attributes"), [case[:3] for case in CASES])
def test_takes_the_derivative_of_pytorch_at_the_kink(
    name: str, arrays: tuple[Any, ...], attributes: dict[str, Any]
) -> None:
    sample = Sample(BY_NAME[name], arrays, attributes)
    graph = applied(sample)
    seed = np.ones(graph.output.shape)
    ours = computed(graph.gradients, graph.values(seed))
    inputs = tensors(sample)
    theirs = pulled_back(PEERS[name](*inputs, **attributes), inputs, torch.tensor(seed))
    assert_close(ours, [x.numpy(force=True) for x in theirs], relative=1e-15, absolute=0)

"""Batch and layer normalisation against PyTorch's: values, running statistics, gradients; dropout's bookkeeping."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from whygrad.errors.graph import ShapeMismatch
from whygrad.graph import Expr, Input, State, constant, gradient
from whygrad.primitive import summed
from whygrad.primitive.normalisation import (
    batch_norm_running,
    batch_norm_training,
    dropout,
    layer_norm,
    running_average,
    unbiased,
)
from whygrad.run.interpreter import evaluate

if TYPE_CHECKING:
    from collections.abc import Callable

SEED, SIZE = st.integers(0, 10_000), st.integers(2, 6)
EPSILON = 1e-5
# Numbers that hardly differ lose their digits in x - mean, here as in PyTorch.
SPREAD = 0.1


@pytest.fixture(scope="module")
def torch() -> Any:
    return pytest.importorskip("torch", reason="PyTorch is what normalisation is compared with")


def drawn(seed: int, rows: int, units: int) -> dict[str, Any]:
    """Rows that are far from normal, with a gain, a shift and the adjoint of the output."""
    rng = np.random.default_rng(seed)
    return {
        "x": rng.normal(3.0, 5.0, (rows, units)),
        "gain": rng.normal(1.0, 0.5, units),
        "shift": rng.normal(size=units),
        "adjoint": rng.normal(size=(rows, units)),
    }


def by_graph(formula: Callable[[Expr, Expr, Expr], Expr], values: dict[str, Any]) -> list[Any]:
    """The output, and the gradients with respect to x, gain and shift."""
    leaves = [State(values[name].shape, name) for name in ("x", "gain", "shift")]
    output = formula(*leaves)
    slopes = gradient(output, leaves, seed=constant(values["adjoint"]))
    found = evaluate([output, *slopes], {leaf: values[leaf.name] for leaf in leaves})
    return [found[node] for node in (output, *slopes)]


def by_torch(torch: Any, module: Any, values: dict[str, Any]) -> list[Any]:
    """The same from a module of PyTorch."""
    x = torch.tensor(values["x"], requires_grad=True)
    module.weight.data, module.bias.data = torch.tensor(values["gain"]), torch.tensor(values["shift"])
    output = module(x)
    output.backward(torch.tensor(values["adjoint"]))
    return [t.detach().numpy() for t in (output, x.grad, module.weight.grad, module.bias.grad)]


def same(ours: list[Any], theirs: list[Any]) -> None:
    for a, b in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-12, atol=1e-12)


@given(SEED, SIZE, SIZE)
def test_layer_norm_is_pytorchs(torch: Any, seed: int, rows: int, units: int) -> None:
    values = drawn(seed, rows, units)
    assume(values["x"].std(axis=1).min() > SPREAD)
    module = torch.nn.LayerNorm(units, eps=EPSILON, dtype=torch.float64)
    same(
        by_graph(lambda x, gain, shift: layer_norm(x, gain, shift, EPSILON).output, values),
        by_torch(torch, module, values),
    )


@given(SEED, SIZE, SIZE)
def test_batch_norm_in_training_is_pytorchs(torch: Any, seed: int, rows: int, units: int) -> None:
    values = drawn(seed, rows, units)
    assume(values["x"].std(axis=0).min() > SPREAD)
    module = torch.nn.BatchNorm1d(units, eps=EPSILON, dtype=torch.float64)
    ours = by_graph(lambda x, gain, shift: batch_norm_training(x, gain, shift, EPSILON).output, values)
    same(ours, by_torch(torch, module, values))


def test_batch_norm_differentiated_through_its_statistics_has_a_gradient_that_sums_to_nothing() -> None:
    """Moving all rows of a unit together changes nothing, so the gradient of x sums to 0 over the rows."""
    values = drawn(1, 5, 3)
    slopes = by_graph(lambda x, gain, shift: batch_norm_training(x, gain, shift, EPSILON).output, values)[1]
    assert np.abs(slopes).max() > 1e-3
    np.testing.assert_allclose(slopes.sum(axis=0), 0.0, atol=1e-14)


def test_running_statistics_and_predictions_are_pytorchs(torch: Any) -> None:
    """Ten batches in training, then a prediction: the running variance averages the unbiased one."""
    units, momentum = 4, 0.1
    module = torch.nn.BatchNorm1d(units, eps=EPSILON, momentum=momentum, dtype=torch.float64)
    means, variances = np.zeros(units), np.ones(units)
    for seed in range(10):
        values = drawn(seed, 3 + seed, units)
        by_torch(torch, module, values)
        batch = batch_norm_training(constant(values["x"]), constant(1.0), constant(0.0), EPSILON)
        new_mean = running_average(constant(means), batch.mean, momentum)
        new_variance = running_average(constant(variances), unbiased(batch.variance, 3 + seed), momentum)
        found = evaluate([new_mean, new_variance], {})
        means, variances = found[new_mean], found[new_variance]
    np.testing.assert_allclose(means, module.running_mean.numpy(), rtol=1e-12)
    np.testing.assert_allclose(variances, module.running_var.numpy(), rtol=1e-12)
    values = drawn(99, 1, units)
    module.eval()
    module.zero_grad()
    running = constant(means), constant(variances)
    same(
        by_graph(lambda x, gain, shift: batch_norm_running(x, gain, shift, *running, EPSILON), values),
        by_torch(torch, module, values),
    )


def test_the_variance_of_a_batch_is_the_biased_one_until_asked_otherwise() -> None:
    batch = batch_norm_training(constant([[1.0], [2.0], [6.0]]), constant(1.0), constant(0.0), EPSILON)
    other = unbiased(batch.variance, 3)
    found = evaluate([batch.mean, batch.variance, other], {})
    assert found[batch.mean].tolist() == [3.0]
    np.testing.assert_allclose(found[batch.variance], [14 / 3], rtol=1e-15)
    np.testing.assert_allclose(found[other], [7.0], rtol=1e-15)


ONE_ROW = (
    "WG101 batch_norm does not fit the shape (1, 3)\n"
    "  why: it takes two rows or more, as one row has no variance: choose a batch_size that leaves no single row\n"
)


def test_a_batch_of_one_row_is_refused() -> None:
    with pytest.raises(ShapeMismatch) as caught:
        batch_norm_training(Input((1, 3), "x"), constant(1.0), constant(0.0), EPSILON)
    assert str(caught.value).startswith(ONE_ROW)
    with pytest.raises(ShapeMismatch) as caught:
        unbiased(constant([1.0, 2.0, 3.0]), 1)
    assert str(caught.value).startswith(ONE_ROW)


def test_a_gain_of_another_width_is_refused() -> None:
    with pytest.raises(ShapeMismatch, match=r"does not fit the shapes \(2, 3\) and \(4,\)"):
        layer_norm(Input((2, 3), "x"), State((4,), "gain"), State((3,), "shift"), EPSILON)


@given(SEED, SIZE, SIZE, st.floats(0.0, 0.9))
def test_dropout_silences_and_makes_up_for_it(seed: int, rows: int, units: int, rate: float) -> None:
    rng = np.random.default_rng(seed)
    x, mask = State((rows, units), "x"), Input((rows, units), "mask")
    kept = (rng.random((rows, units)) >= rate).astype(np.float64)
    output = dropout(x, mask, rate)
    (slope,) = gradient(summed(output), [x])
    numbers = rng.normal(size=(rows, units))
    found = evaluate([output, slope], {x: numbers, mask: kept})
    np.testing.assert_allclose(found[output], np.where(kept == 1, numbers / (1 - rate), 0.0), rtol=1e-14)
    np.testing.assert_allclose(found[slope], kept / (1 - rate), rtol=1e-14)

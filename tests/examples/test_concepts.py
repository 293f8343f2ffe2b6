"""From one neuron to a gradient: every figure is what a network says, and every nudge is a network run again."""

from __future__ import annotations

import pytest

from tests.examples.trained import asked_for, loss_with, said, trained


def slope(name: str, weight: str, by: float) -> float:
    """The rise of the loss per unit when a weight is nudged."""
    start = asked_for(name).network.weights[weight].value or 0.0
    return (loss_with(name, **{weight: start + by}) - loss_with(name)) / by


def gradient(name: str, weight: str) -> float:
    return float(trained(name).step(0).change(weight).gradient)


def test_one_weight() -> None:
    run = trained("concepts/one-weight")
    assert run.step(0).value("out_o1") == [6.0]
    assert run.step(0).loss == 4.0
    assert gradient("concepts/one-weight", "w") == 12.0
    assert loss_with("concepts/one-weight", w=2.1) == pytest.approx(5.29, abs=1e-12)
    assert slope("concepts/one-weight", "w", 0.1) == pytest.approx(12.9, abs=1e-10)


def test_a_neuron_with_two_inputs_and_a_bias() -> None:
    step = trained("concepts/neuron").step(0, batch=0)
    assert float(step.value("out_o1")[0]) - float(step.value("b")) == 11.0
    assert step.value("out_o1") == [15.0]
    assert trained("concepts/neuron").step(0, batch=1).value("out_o1") == [4.0]


def test_two_linear_layers_are_one() -> None:
    run = trained("concepts/two-layers-as-one")
    assert run.step(0).value("out_out") == [30.0]
    assert run["first"] * run["second"] == 6.0
    assert said(run, {"x": [-1.5, 0.0, 7.0]}) == [6 * x for x in (-1.5, 0.0, 7.0)]


def test_relu() -> None:
    assert said(trained("concepts/relu"), {"x": [15, -7, 3, -0.2]}) == [15, 0, 3, 0]


def test_a_layer_of_three() -> None:
    step = trained("concepts/layer-of-three").step(0)
    assert step.value("hidden.net").tolist() == [[15, 1, -11]]
    assert step.value("hidden.out").tolist() == [[15, 1, 0]]
    assert step.value("out_o1") == [17.0]
    assert step.loss == 9.0


def test_the_smaller_the_nudge_the_nearer_the_slope() -> None:
    name = "concepts/layer-of-three"
    assert loss_with(name, v1=1.1) == pytest.approx(2.25, abs=1e-12)
    assert slope(name, "v1", 0.1) == pytest.approx(-67.5, abs=1e-9)
    assert slope(name, "v1", 0.001) == pytest.approx(-89.775, abs=1e-6)
    assert gradient(name, "v1") == -90.0


def test_a_step_against_the_measured_slope() -> None:
    name = "concepts/layer-of-three"
    rate = asked_for(name).training.learning_rate
    moved = 1.0 - rate * slope(name, "v1", 0.1)
    assert moved == pytest.approx(1.0675, abs=1e-12)
    assert loss_with(name, v1=moved) < 9.0


def test_blame_flows_backward() -> None:
    name = "concepts/blame"
    step = trained(name).step(0)
    assert step.value("out_out") == [10.0]
    assert step.loss == 16.0
    assert step.adjoint("out_out") == [8.0]
    assert {weight: gradient(name, weight) for weight in "pqab"} == {"p": 48.0, "q": 16.0, "a": 16.0, "b": 32.0}


def test_a_nudge_of_p() -> None:
    assert loss_with("concepts/blame", p=1.1) == pytest.approx(21.16, abs=1e-12)
    assert slope("concepts/blame", "p", 0.1) == pytest.approx(51.6, abs=1e-9)

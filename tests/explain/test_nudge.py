"""What the loss does when one weight moves: tutorial E's figures, and the difference beside the gradient."""

from __future__ import annotations

import pytest

from tests.pipeline.variants import VARIANTS
from whygrad import Experiment, evaluate, train
from whygrad.explain import chart_of
from whygrad.explain.nudge import central_difference, loss_after_update, nudges


@pytest.mark.parametrize(
    ("file", "weight", "gradient", "by_a_tenth", "by_a_thousandth"),
    [
        ("layer-of-three", "v1", -90.0, -67.5, -89.775),
        ("one-weight", "w", 12.0, 12.9, 12.009),
        ("blame", "p", 48.0, 51.6, 48.036),
    ],
)
def test_the_nudges_of_the_article(
    file: str, weight: str, gradient: float, by_a_tenth: float, by_a_thousandth: float
) -> None:
    taken = chart_of(train(f"examples/concepts/{file}.toml").step(0))
    tenth, thousandth = nudges(taken.trace, taken[weight], evaluate)
    assert taken[f"dE/d{weight}"].value == pytest.approx(gradient, rel=1e-12)
    assert (tenth.by, thousandth.by) == (0.1, 0.001)
    assert tenth.slope == pytest.approx(by_a_tenth, rel=1e-9)
    assert thousandth.slope == pytest.approx(by_a_thousandth, rel=1e-9)
    assert tenth.loss == pytest.approx(taken.loss.value + 0.1 * by_a_tenth, rel=1e-12)


@pytest.mark.parametrize("name", ["dropout", "everything", "momentum"])
def test_the_difference_is_the_gradient(name: str) -> None:
    experiment: Experiment = VARIANTS[name]
    run = train(experiment)
    taken = chart_of(run.step(1))
    compared = 0
    for weight in list(run.weights())[:6]:
        if f"dE/d{weight}" in taken.elements:
            slope = central_difference(taken.trace, taken[weight], evaluate)
            tolerance = 1e-2 if experiment.training.dtype == "float32" else 1e-6
            assert slope == pytest.approx(taken[f"dE/d{weight}"].value, rel=tolerance, abs=tolerance * 1e-2)
            compared += 1
    assert compared


def test_the_loss_after_the_update_is_the_next_ones() -> None:
    run = train("examples/live-221.toml")
    first = chart_of(run.step(0))
    assert loss_after_update(first.trace, evaluate) == pytest.approx(run.step(1).loss, rel=1e-12)

"""What the loss does when one weight moves: tutorial E's figures, and the difference beside the gradient."""

from __future__ import annotations

import pytest

from tests.explain.taken import RUNNER, called, links_of
from tests.pipeline.variants import VARIANTS
from whygrad import Experiment, train
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
    links = links_of(f"examples/concepts/{file}.toml")
    tenth, thousandth = nudges(links.chart.trace, called(links, weight), RUNNER, (0.1, 0.001))
    assert called(links, f"dE/d{weight}").value == pytest.approx(gradient, rel=1e-12)
    assert (tenth.by, thousandth.by) == (0.1, 0.001)
    assert tenth.slope == pytest.approx(by_a_tenth, rel=1e-9)
    assert thousandth.slope == pytest.approx(by_a_thousandth, rel=1e-9)
    assert tenth.loss == pytest.approx(links.chart.loss.value + 0.1 * by_a_tenth, rel=1e-12)


@pytest.mark.parametrize("name", ["dropout", "everything", "momentum"])
def test_the_difference_is_the_gradient(name: str) -> None:
    experiment: Experiment = VARIANTS[name]
    links = links_of(experiment, 1)
    for weight in links.chart.members(links.chart.trace.step.parameters[0])[:6]:
        slope = central_difference(links.chart.trace, weight, RUNNER)
        tolerance = 1e-2 if experiment.training.dtype == "float32" else 1e-6
        gradient = called(links, f"dE/d{weight.name}").value
        assert slope == pytest.approx(gradient, rel=tolerance, abs=tolerance * 1e-2)


def test_the_loss_after_the_update_is_the_next_ones() -> None:
    run = train("examples/live-221.toml")
    assert loss_after_update(run.step(0), RUNNER) == pytest.approx(run.step(1).loss, rel=1e-12)

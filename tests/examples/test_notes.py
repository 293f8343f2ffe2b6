"""A 2-2-2 network worked by hand: the true values, which the notes that circulate get wrong in places."""

from __future__ import annotations

import pytest

from tests.examples.trained import loss_with, trained

VALUES = {
    "net_H1": 0.3775,
    "net_H2": 0.3925,
    "out_H1": 0.593270,
    "out_H2": 0.596884,
    "out_Y1": 0.756899,
    "out_Y2": 0.767680,
}
START = {
    "w1": 0.15,
    "w2": 0.20,
    "w3": 0.25,
    "w4": 0.30,
    "w5": 0.40,
    "w6": 0.45,
    "w7": 0.50,
    "w8": 0.55,
    "b1": 0.35,
    "b2": 0.60,
}


@pytest.mark.parametrize(("name", "value"), VALUES.items())
def test_values(name: str, value: float) -> None:
    assert float(trained("notes-222").step(0).value(name)[0]) == pytest.approx(value, abs=5e-7)


def test_total_error() -> None:
    assert trained("notes-222").step(0).loss == pytest.approx(0.303642, abs=5e-7)


@pytest.mark.parametrize(
    ("weight", "gradient", "after", "digits"), [("w5", 0.081534, 0.359233, 5e-7), ("w1", 0.000447976, 0.149776, 5e-10)]
)
def test_gradient_and_new_value(weight: str, gradient: float, after: float, digits: float) -> None:
    change = trained("notes-222").step(0).change(weight)
    assert float(change.gradient) == pytest.approx(gradient, abs=digits)
    assert float(change.after) == pytest.approx(after, abs=5e-7)


def test_w1_is_blamed_along_two_paths() -> None:
    """Each output's blame times the weight between; only their sum is right."""
    step = trained("notes-222").step(0)
    through = [float(step.adjoint(f"net_{y}")[0]) * START[w] for y, w in (("Y1", "w5"), ("Y2", "w6"))]
    assert through == pytest.approx([0.0549727, -0.0178426], abs=5e-8)
    out = float(step.value("out_H1")[0])
    assert out * (1 - out) == pytest.approx(0.241301, abs=5e-7)
    assert sum(through) * out * (1 - out) * 0.05 == pytest.approx(float(step.change("w1").gradient), rel=1e-12)


@pytest.mark.parametrize("name", START)
def test_every_gradient_is_the_slope_that_a_nudge_measures(name: str) -> None:
    """A shared bias is nudged for all its units at once."""
    by = 1e-5
    measured = (
        loss_with("notes-222", **{name: START[name] + by}) - loss_with("notes-222", **{name: START[name] - by})
    ) / (2 * by)
    assert float(trained("notes-222").step(0).change(name).gradient) == pytest.approx(measured, rel=1e-6)


def test_the_update_moves_every_weight() -> None:
    run = trained("notes-222")
    assert run.at(0).weights() == START
    assert all(run[name] != value for name, value in START.items())

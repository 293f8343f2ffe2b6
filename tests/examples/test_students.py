"""One neuron by hand: both data sets, both rules, learning rates and thresholds."""

from __future__ import annotations

import pytest

from tests.examples.trained import STUDENTS, figures, retrained, said, trained

LOSSES = {
    0: 1.0155,
    100: 0.2670,
    200: 0.1557,
    300: 0.1075,
    400: 0.0800,
    500: 0.0622,
    600: 0.0499,
    700: 0.0410,
    800: 0.0343,
    900: 0.0291,
}
RATES = {
    1.0: (1.2405, 2.4359, 0.0163),
    0.5: (1.1806, 1.5218, 0.0703),
    0.1: (1.0155, 0.9668, 0.2670),
    0.01: (0.9319, 0.9241, 0.7320),
}


def test_the_losses_that_are_printed() -> None:
    assert figures(trained("students"), "loss", LOSSES) == pytest.approx(list(LOSSES.values()), abs=5e-5)


def test_what_was_learned() -> None:
    run = trained("students")
    assert run["w"] == pytest.approx(4.301868546421, abs=5e-13)
    assert run["b"] == pytest.approx(-10.508011559785, abs=5e-13)
    hours = {"hours": [1.0, 2.0, 2.5, 3.0, 4.0]}
    assert said(run, hours) == pytest.approx([0.0020, 0.1296, 0.5614, 0.9166, 0.9988], abs=5e-5)


def test_the_rule_is_the_gradient_of_the_cross_entropy() -> None:
    """(p - y) * hours, without the slope of the sigmoid, though the squared error is what is reported."""
    step = trained("students").step(epoch=0, batch=2)
    p, hours, passed = float(step.value("out_o1")[0]), 3.0, 1.0
    assert float(step.change("w").gradient) == pytest.approx((p - passed) * hours, rel=1e-13)
    assert float(step.change("b").gradient) == pytest.approx(p - passed, rel=1e-13)
    assert float(step.value("reported_loss")) == pytest.approx((p - passed) ** 2, rel=1e-13)


def test_the_true_gradient_of_the_squared_error_learns_otherwise() -> None:
    run = trained("students-squared")
    assert figures(run, "loss", [0, 900]) == pytest.approx([0.9742, 0.1028], abs=5e-5)
    assert run["w"] == pytest.approx(2.66021963, abs=5e-9)
    assert run["b"] == pytest.approx(-6.49001826, abs=5e-9)


def test_the_squared_error_brings_the_slope_of_the_sigmoid() -> None:
    step = trained("students-squared").step(epoch=0, batch=2)
    p = float(step.value("out_o1")[0])
    assert float(step.change("w").gradient) == pytest.approx(2 * (p - 1) * p * (1 - p) * 3.0, rel=1e-12)


def test_study_and_sleep() -> None:
    run = trained("students-sleep")
    printed = {0: 1.3209, 200: 0.0580, 400: 0.0188, 600: 0.0096, 800: 0.0059}
    assert figures(run, "loss", printed) == pytest.approx(list(printed.values()), abs=5e-5)
    learned = {"w1": 9.513711269289, "w2": -3.139325049628, "b": -3.163259079729}
    assert run.weights() == pytest.approx(learned, abs=5e-13)


@pytest.mark.parametrize(("rate", "losses"), RATES.items())
def test_learning_rates(rate: float, losses: tuple[float, ...]) -> None:
    run = retrained("students", learning_rate=rate, epochs=101)
    assert figures(run, "loss", [0, 1, 100]) == pytest.approx(losses, abs=5e-5)


def test_the_largest_learning_rate_spikes_at_the_start_only_and_ends_lowest() -> None:
    largest = retrained("students", learning_rate=1.0, epochs=101)
    first, spike, end = figures(largest, "loss", [0, 1, 100])
    assert spike > first > end
    assert end < min(losses[2] for rate, losses in RATES.items() if rate != 1.0)


def test_a_stricter_threshold_flips_no_student_but_the_one_of_two_and_a_half_hours() -> None:
    run = trained("students")
    assert run.predict(STUDENTS, threshold=0.5).labels == run.predict(STUDENTS, threshold=0.6).labels
    assert run.predict(STUDENTS).labels == ("0", "0", "1", "1")
    between = {"hours": [2.5]}
    assert run.predict(between, threshold=0.5).labels == ("1",)
    assert run.predict(between, threshold=0.6).labels == ("0",)

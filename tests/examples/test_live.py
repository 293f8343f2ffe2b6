"""A 2-2-1 network: the first step against the same step written out by hand."""

from __future__ import annotations

import itertools
from math import exp

import pytest

from tests.examples.trained import figures, trained

X1, X2, TARGET, RATE = 0.5, 0.8, 1.0, 0.5


def sigmoid(net: float) -> float:
    return 1 / (1 + exp(-net))


H1 = sigmoid(0.5 * X1 - 0.2 * X2 + 0.1)
H2 = sigmoid(0.3 * X1 + 0.7 * X2 - 0.1)
OUT = sigmoid(0.8 * H1 + 0.6 * H2 + 0.2)
BLAME = (OUT - TARGET) * OUT * (1 - OUT)  # of the output's net
BLAME1 = BLAME * 0.8 * H1 * (1 - H1)
BLAME2 = BLAME * 0.6 * H2 * (1 - H2)
GRADIENTS = {
    "w1": BLAME1 * X1,
    "w2": BLAME1 * X2,
    "w3": BLAME2 * X1,
    "w4": BLAME2 * X2,
    "b1": BLAME1,
    "b2": BLAME2,
    "wOut1": BLAME * H1,
    "wOut2": BLAME * H2,
    "bOut": BLAME,
}
START = {
    "w1": 0.5,
    "w2": -0.2,
    "w3": 0.3,
    "w4": 0.7,
    "b1": 0.1,
    "b2": -0.1,
    "wOut1": 0.8,
    "wOut2": 0.6,
    "bOut": 0.2,
}


def test_the_figures_that_the_lesson_shows() -> None:
    step = trained("live-221").step(0)
    shown = [float(step.value(name)[0]) for name in ("out_h1", "out_h2", "out_out")]
    assert shown == pytest.approx([0.5474, 0.6479, 0.7363], abs=5e-5)
    assert step.loss == pytest.approx(0.034778, abs=5e-7)


def test_forward_and_loss_agree_with_the_hand() -> None:
    step = trained("live-221").step(0)
    assert [float(step.value(name)[0]) for name in ("out_h1", "out_h2", "out_out")] == pytest.approx([H1, H2, OUT])
    assert step.loss == pytest.approx((OUT - TARGET) ** 2 / 2, rel=1e-13)


def test_blame_of_output_and_hidden_nets_agrees_with_the_hand() -> None:
    step = trained("live-221").step(0)
    blame = [float(step.adjoint(name)[0]) for name in ("net_out", "net_h1", "net_h2")]
    assert blame == pytest.approx([BLAME, BLAME1, BLAME2], rel=1e-12)


@pytest.mark.parametrize("name", GRADIENTS)
def test_gradient_and_update_of_each_weight_agree_with_the_hand(name: str) -> None:
    change = trained("live-221").step(0).change(name)
    assert float(change.before) == START[name]
    assert float(change.gradient) == pytest.approx(GRADIENTS[name], rel=1e-12)
    assert float(change.after) == pytest.approx(START[name] - RATE * GRADIENTS[name], rel=1e-13)


def test_every_weight_has_the_name_that_the_lesson_gives_it() -> None:
    assert trained("live-221").at(0).weights() == START


def test_the_loss_falls_with_each_of_a_hundred_steps() -> None:
    losses = figures(trained("live-221"), "loss")
    assert len(losses) == 100
    assert all(after < before for before, after in itertools.pairwise(losses))

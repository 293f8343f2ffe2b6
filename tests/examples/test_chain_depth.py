"""Two chains of different length: an output weight has two factors, a hidden weight three."""

from __future__ import annotations

import pytest

from tests.examples.trained import figures, said, trained

ROW = {"x1": [0.5], "x2": [2.0]}


def test_prediction_target_and_loss_before_and_after_one_update() -> None:
    run = trained("chain-depth")
    first, second = run.at(0), run.at(1)
    assert float(first.predict(ROW).outputs[0, 0]) == pytest.approx(0.7, abs=1e-12)
    assert float(second.predict(ROW).outputs[0, 0]) == pytest.approx(0.85, abs=1e-12)
    assert figures(run, "loss") == pytest.approx([0.09, 0.0225], abs=1e-12)
    assert said(run, ROW)[0] > 0.85


def test_each_gradient_is_the_product_of_its_chain() -> None:
    step = trained("chain-depth").step(0)
    blame = 2 * (0.7 - 1.0)
    chains = {"w3": blame * 0.8 * 0.5, "w4": blame * 0.1 * 2.0, "w1": blame * 1.7 * 0.5, "w2": blame * 0.1 * 2.0}
    found = {name: float(step.change(name).gradient) for name in chains}
    assert found == pytest.approx(chains, rel=1e-12)
    assert float(step.adjoint("out_y")[0]) == pytest.approx(blame, rel=1e-12)


def test_h1_does_not_see_x2() -> None:
    """What is not listed is no weight: not counted, not learned, and 0 for ever."""
    run = trained("chain-depth")
    assert list(run.weights()) == ["w1", "w2", "w3", "w4"]
    assert run.model.parameter_count == 4
    assert run["hidden.W"][1, 0] == run["hidden.W"][0, 1] == 0.0
    moved = {"x1": [0.5], "x2": [3.0]}
    assert run.at(0).predict(moved).outputs[0, 0] == pytest.approx(0.7 + 0.1 * 0.1 * 1.0, abs=1e-12)

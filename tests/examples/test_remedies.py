"""Overfitting and vanishing gradients, shown, and what helps against each."""

from __future__ import annotations

import itertools

import pytest

from tests.examples.trained import figures, trained
from whygrad.trace import Ending

HIDDEN = [f"hidden{number}" for number in range(1, 10)]
REMEDIES = ("deep-relu", "deep-residual", "deep-norm")


def test_the_loss_held_out_rises_while_the_loss_learned_from_falls() -> None:
    run = trained("overfit")
    learned, held_out = figures(run, "loss"), figures(run, "validation_loss")
    turn = held_out.index(min(held_out))
    assert 10 < turn < 200
    assert learned[-1] < 0.6 * learned[turn]
    assert held_out[-1] > 1.8 * held_out[turn]
    assert held_out[-1] > 2 * learned[-1]


def test_the_cures_end_better_on_the_rows_held_out() -> None:
    ill, cured = trained("overfit"), trained("overfit-cured")
    assert cured.ending is Ending.EARLY
    assert cured.metrics("validation")["loss"] < 0.5 * ill.metrics("validation")["loss"]
    assert cured.metrics("validation")["r2"] > ill.metrics("validation")["r2"] + 0.2


def test_early_stopping_goes_back_to_the_best_epoch() -> None:
    run = trained("overfit-cured")
    held_out = figures(run, "validation_loss")
    best = held_out.index(min(held_out))
    assert len(held_out) == best + 1 + 50  # the patience
    assert run.metrics("validation")["loss"] == held_out[best]
    assert run["output.W"].tolist() == run.at(best + 1)["output.W"].tolist()
    assert run["output.W"].tolist() != run.at(len(held_out))["output.W"].tolist()


def norms(name: str) -> list[float]:
    """The length of each hidden layer's gradient in the first epoch, from the first layer to the last."""
    first = trained(name).history.at(0)
    return [value for layer in HIDDEN if (value := first[f"gradient_norm/{layer}"]) is not None]


def test_gradients_vanish_through_sigmoids() -> None:
    """Each layer on the way back has less than half of the one after it."""
    found = norms("deep-sigmoid")
    assert found[0] < 1e-4 * found[-1]
    assert all(earlier < 0.5 * later for earlier, later in itertools.pairwise(found))


@pytest.mark.parametrize("name", REMEDIES)
def test_each_remedy_lets_the_gradient_reach_the_first_layer(name: str) -> None:
    found = norms(name)
    assert found[0] > 0.1 * found[-1]
    assert found[0] > 1e4 * norms("deep-sigmoid")[0]


def test_only_the_remedied_stacks_learn_the_circles() -> None:
    assert trained("deep-sigmoid").metrics()["accuracy"] < 0.75
    assert [trained(name).metrics()["accuracy"] for name in REMEDIES] == [1.0] * 3

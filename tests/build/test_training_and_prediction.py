"""Dropout and batch normalisation learn in one way and predict in another; class weights and losses weigh rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.asked import asked
from whygrad import Data, Loss, Run, train
from whygrad.errors.combination import LossMismatch
from whygrad.errors.saved import UnknownClass

THREE = Data(columns={"x": (0.0, 1.0, 2.0, 3.0, 4.0, 5.0), "kind": ("a", "a", "a", "b", "b", "c")}, target="kind")


def test_dropout_is_for_learning_only() -> None:
    run = train(asked("2 -> 50 relu -> dropout 0.4 -> 1 sigmoid"))
    rows = run.parts["training"].inputs
    first, second = (run.model.predict_prepared(rows).outputs for _ in range(2))
    assert np.array_equal(first, second)
    hidden = np.maximum(rows @ run["hidden.W"] + run["hidden.b"], 0)
    assert first == pytest.approx(1 / (1 + np.exp(-(hidden @ run["output.W"] + run["output.b"]))), rel=1e-13)


def test_dropout_shuts_its_share_and_scales_the_rest() -> None:
    step = train(asked("2 -> 400 relu -> dropout 0.4 -> 1 sigmoid", batch_size="all")).step(0)
    before, after, mask = step.value("hidden.out"), step.value("dropout1.out"), step.value("dropout1.mask")
    assert set(np.unique(mask)) == {0.0, 1.0}
    assert mask.mean() == pytest.approx(0.6, abs=0.03)
    assert after == pytest.approx(before * mask / 0.6, rel=1e-14)


def test_each_update_has_a_mask_of_its_own() -> None:
    run = train(asked("2 -> 30 relu -> dropout 0.5 -> 1 sigmoid"))
    masks = [run.step(epoch, batch).value("dropout1.mask").tolist() for epoch in (0, 1) for batch in range(3)]
    assert all(mask != other for i, mask in enumerate(masks) for other in masks[:i])
    assert run.step(1, 1).value("dropout1.mask").tolist() == masks[4]


@pytest.fixture(scope="module")
def normalised() -> Run:
    return train(asked("2 -> 3 -> batch-norm -> 1 sigmoid", epochs=30))


def test_batch_norm_learns_from_the_batch(normalised: Run) -> None:
    step = normalised.step(5)
    out = step.value("norm1.out")
    standard = (out - step.value("norm1.shift")) / step.value("norm1.gain")
    assert standard.mean(axis=0) == pytest.approx(np.zeros(3), abs=1e-12)
    assert standard.std(axis=0) == pytest.approx(np.ones(3), abs=1e-3)


def test_batch_norm_predicts_by_what_it_has_seen(normalised: Run) -> None:
    """One row alone gives what it gives among others."""
    rows = normalised.parts["training"].inputs
    together = normalised.model.predict_prepared(rows).outputs
    alone = np.vstack([normalised.model.predict_prepared(row[None, :]).outputs for row in rows])
    assert together == pytest.approx(alone, rel=1e-13)
    values = normalised.model.values
    hidden = rows @ values["hidden.W"] + values["hidden.b"]
    scaled = (hidden - values["norm1.mean"]) / np.sqrt(values["norm1.variance"] + 1e-5)
    net = (scaled * values["norm1.gain"] + values["norm1.shift"]) @ values["output.W"] + values["output.b"]
    assert together == pytest.approx(1 / (1 + np.exp(-net)), rel=1e-12)


def test_running_statistics_follow_the_batch_by_their_momentum(normalised: Run) -> None:
    step = normalised.step(5, 1)
    hidden = step.value("hidden.out")
    for name, of_batch in (("mean", hidden.mean(axis=0)), ("variance", hidden.var(axis=0, ddof=1))):
        before, after = step.state(f"norm1.{name}")
        assert after == pytest.approx(0.9 * before + 0.1 * of_batch, rel=1e-12)


def test_running_statistics_are_not_learned(normalised: Run) -> None:
    assert "norm1.mean" not in {change.name for change in normalised.step(0).changes()}
    assert normalised.model.parameter_count == 2 * 3 + 3 + 3 + 3 + 3 + 1


def rows_losses(run: Run) -> Any:
    """The cross-entropy of each training row at the start."""
    part = run.parts["training"]
    said = run.at(0).predict_prepared(part.inputs).outputs
    return -np.log((said * part.targets).sum(axis=1)), part.targets


@pytest.mark.parametrize("reduction", ["sum", "mean"])
@pytest.mark.parametrize(
    ("wanted", "weights"),
    [({"c": 4.0, "a": 0.5}, (0.5, 1.0, 4.0)), ("balanced", (6 / 9, 6 / 6, 6 / 3)), ("none", (1.0, 1.0, 1.0))],
)
def test_class_weights_multiply_the_loss_of_each_row(wanted: Any, weights: tuple[float, ...], reduction: str) -> None:
    run = train(
        asked("1 -> out softmax", data=THREE, loss=f"{reduction} cross-entropy", class_weights=wanted, batch_size="all")
    )
    each, targets = rows_losses(run)
    weighed = each * (targets @ np.array(weights))
    assert run.history.at(0)["loss"] == pytest.approx(
        weighed.sum() if reduction == "sum" else weighed.mean(), rel=1e-13
    )


def test_class_weights_of_two_classes_in_one_output() -> None:
    run = train(asked(class_weights={"1": 3.0}, batch_size="all", loss="sum binary-cross-entropy"))
    part = run.parts["training"]
    p, y = run.at(0).predict_prepared(part.inputs).outputs[:, 0], part.targets[:, 0]
    expected = -(3.0 * y * np.log(p) + (1 - y) * np.log(1 - p)).sum()
    assert run.history.at(0)["loss"] == pytest.approx(expected, rel=1e-13)


def test_a_weight_for_a_class_that_is_not_there() -> None:
    with pytest.raises(UnknownClass) as caught:
        train(asked("1 -> out softmax", data=THREE, loss="mean cross-entropy", class_weights={"d": 2.0}))
    assert str(caught.value) == (
        "WG604 [training] class_weights: 'd' is not a class of the data\n"
        "  why: the classes are a, b, c\n"
        "  try: give each class one weight, or none"
    )
    with pytest.raises(UnknownClass, match=r"try: did you mean 'one'\?$"):
        train(
            asked(
                "1 -> 1 sigmoid",
                data=Data(columns={"x": (0.0, 1.0), "kind": ("one", "two")}, target="kind"),
                class_weights={"ones": 2.0},
            )
        )


def test_logits_learn_exactly_as_probabilities() -> None:
    """The loss takes the net either way; only the word in the file differs."""
    plain, logits = train(asked("2 -> 4 tanh -> 1 sigmoid")), train(asked("2 -> 4 tanh -> 1"))
    assert plain.history == logits.history
    rows = plain.parts["training"].inputs
    assert np.array_equal(plain.model.predict_prepared(rows).outputs, logits.model.predict_prepared(rows).outputs)


def test_a_loss_of_numbers_takes_the_output_as_it_is() -> None:
    run = train(asked("1 -> 1", data=Data(columns={"x": (1.0, 2.0), "y": (0.5, -1.0)}, target="y"), loss="sum huber"))
    said, true = run.at(0).predict({"x": [1.0, 2.0]}).outputs[:, 0], np.array([0.5, -1.0])
    off = np.abs(said - true)
    expected = np.where(off <= 1, off**2 / 2, off - 0.5).sum()
    assert run.history.at(0)["loss"] == pytest.approx(expected, rel=1e-13)


def test_a_loss_that_is_only_reported_changes_nothing_that_is_learned() -> None:
    plain = train(asked("2 -> 3 tanh -> 1 sigmoid", loss="mean squared-error"))
    reported = train(
        asked("2 -> 3 tanh -> 1 sigmoid", loss="mean squared-error", reported_loss=Loss("binary-cross-entropy", "mean"))
    )
    assert plain.weights() == reported.weights()
    assert plain.history.column("loss") != reported.history.column("loss")


def test_logits_are_those_of_the_loss_that_is_learned() -> None:
    with pytest.raises(LossMismatch, match="linear"):
        train(asked("2 -> 1", loss="mean squared-error", reported_loss=Loss("binary-cross-entropy", "mean")))

"""Real tables: what the shipped files reach on rows they never saw."""

from __future__ import annotations

import numpy as np
import pytest

from tests.examples.trained import retrained, trained
from whygrad.data.augment import shifted
from whygrad.dataset import ClassTarget, NumberTarget
from whygrad.pipeline import Run


def test_penguins() -> None:
    run = trained("penguins")
    assert run.metrics("test")["accuracy"] >= 0.97
    assert run.confusion("test").sum() == len(run.parts["test"]) == 68
    target = run.set_up.dataset.preparation.target
    assert isinstance(target, ClassTarget)
    assert target.classes == ("Adelie", "Chinstrap", "Gentoo")


def test_penguins_do_not_hang_on_a_lucky_seed() -> None:
    """The seed draws the split, the weights and the order."""
    reached = [retrained("penguins", seed=seed).metrics("test")["accuracy"] for seed in (1, 2, 3)]
    assert min(reached) >= 0.97


def test_the_two_penguins_that_were_never_measured_are_dropped_and_an_unknown_sex_is_a_level() -> None:
    run = trained("penguins")
    assert sum(map(len, run.parts.values())) == 344 - 2
    assert "sex=unknown" in run.set_up.dataset.preparation.feature_names


def test_a_new_penguin_is_named_from_raw_columns() -> None:
    seen = {"island": ["Biscoe"], "sex": ["female"], "bill_length_mm": [46.5], "bill_depth_mm": [14.5]}
    assert trained("penguins").predict(seen | {"flipper_length_mm": [213], "body_mass_g": [4400]}).labels == ("Gentoo",)


def test_the_weather_is_told_to_within_a_few_degrees() -> None:
    run = trained("weather")
    assert run.metrics("test")["r2"] > 0.8
    target = run.set_up.dataset.preparation.target
    assert isinstance(target, NumberTarget)
    said = np.asarray(
        run.predict({"temp_min": [15.0], "precipitation": [0.0], "wind": [2.0], "weather": ["sun"]}).labels
    )
    assert 20 < float(said[0, 0]) < 35
    assert run.metrics("test")["mean_absolute_error"] < 3.0


@pytest.fixture(scope="module")
def digits() -> Run:
    pytest.importorskip("sklearn", reason="scikit-learn ships the digits")
    return trained("digits")


def test_digits(digits: Run) -> None:
    assert digits.metrics("test")["accuracy"] >= 0.97
    assert len(digits.parts["test"]) == 359


@pytest.mark.long
def test_digits_that_are_not_centred_need_moved_examples(digits: Run) -> None:
    """On centred digits that costs a little; one pixel off, it gains far more."""
    moved_about = trained("digits-augmented")
    test = digits.parts["test"]
    draw = np.random.default_rng(0)
    down, right = draw.integers(-1, 2, (2, len(test)))
    off_centre = shifted(test.inputs.reshape(-1, 8, 8), down, right).reshape(test.inputs.shape)
    truth = test.targets.argmax(axis=1)

    def right_answers(run: Run) -> float:
        return float(np.mean(run.model.predict_prepared(off_centre).outputs.argmax(axis=1) == truth))

    assert moved_about.metrics("test")["accuracy"] > 0.93
    assert right_answers(moved_about) > right_answers(digits) + 0.1

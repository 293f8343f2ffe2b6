"""Early stopping gives back an earlier network, and everything that shows the run shows that one and says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.asked import asked
from whygrad import Run, Split, train
from whygrad.pipeline import pictures, report
from whygrad.pipeline.loading import kept_epochs, read_record
from whygrad.spec import EarlyStopping


def stopped(*, restore_best: bool = True) -> Run:
    """A run whose validation loss was lowest before its end."""
    return train(
        asked(
            "2 -> 32 relu -> 1 sigmoid",
            epochs=300,
            learning_rate=1.0,
            split=Split(validation=0.4),
            early_stopping=EarlyStopping(patience=5, restore_best=restore_best),
        )
    )


@pytest.fixture(scope="module")
def run() -> Run:
    return stopped()


def test_the_kept_network_is_the_best_one(run: Run) -> None:
    assert run.position.best is not None
    assert run.kept == run.position.best.epoch == run.position.epoch - 5
    assert run.weights() == run.at(run.kept).weights()
    assert run.figures["validation_loss"] == run.position.best.loss == run.metrics("validation")["loss"]


def test_a_run_that_keeps_its_last_network() -> None:
    run = stopped(restore_best=False)
    assert run.kept == run.position.epoch
    assert run.figures == run.history.rows[-1]
    assert "kept" not in repr(run)
    assert "The weights are those" not in report.html(run)
    assert train(asked(epochs=0)).figures == {}


def test_the_line_at_the_prompt(run: Run) -> None:
    loss = run.history.at(run.kept - 1)["loss"]
    assert loss is not None
    assert repr(run) == (
        f"<Run of 2 -> 32 relu -> 1 sigmoid: {run.kept + 5} epochs (kept: after {run.kept}), loss {loss:.6g}; "
        "early stopping>"
    )


def test_the_pictures_end_with_the_kept_network(run: Run) -> None:
    assert pictures.telling_epochs(run)[-1] == run.kept
    assert pictures.telling_epochs(run)[0] == 0


def test_the_page_says_which_network_it_shows(run: Run) -> None:
    text = report.html(run)
    assert f"<dt>kept, after epochs</dt><dd>{run.kept}</dd>" in text
    assert f"The weights are those after {run.kept} epochs, when the validation loss was lowest (" in text
    assert f"start of epoch {run.kept}" in text
    assert f"start of epoch {run.position.epoch}" not in text
    assert f"The network with its weights after {run.kept} epochs." in text


def test_the_folder_has_the_figures_of_the_kept_network(run: Run, tmp_path: Path) -> None:
    folder = run.save(tmp_path / "run")
    record = json.loads((folder / "run.json").read_text("utf-8"))
    assert record["figures"]["validation_loss"] == record["best_loss"]
    assert kept_epochs(read_record(folder), run.experiment) == run.kept

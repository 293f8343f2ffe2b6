"""Every file under examples/ trains, and the guide to them names each."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from msgspec import structs

from tests.examples.trained import EXAMPLES, asked_for
from whygrad import train

FILES = sorted(EXAMPLES.rglob("*.toml"))
ENOUGH = 3  # epochs: whether it learns is for the tests of each


def called(path: Path) -> str:
    return path.relative_to(EXAMPLES).with_suffix("").as_posix()


@pytest.mark.parametrize("path", FILES, ids=called)
def test_it_trains(path: Path) -> None:
    experiment = asked_for(called(path))
    if experiment.data.dataset == "digits":
        pytest.importorskip("sklearn", reason="scikit-learn ships the digits")
    assert experiment.title
    epochs = min(experiment.training.epochs, ENOUGH)
    run = train(structs.replace(experiment, training=structs.replace(experiment.training, epochs=epochs)))
    rows = run.parts["training"]
    outputs = run.model.predict_prepared(rows.inputs).outputs
    assert outputs.shape == (len(rows), len(run.set_up.dataset.preparation.output_names))
    assert len(run.history) == epochs
    assert np.isfinite([row["loss"] for row in run.history.rows]).all()  # type: ignore[arg-type]


@pytest.mark.parametrize("path", FILES, ids=called)
def test_it_teaches(path: Path) -> None:
    """It opens with a comment that says what there is to see, and the guide lists it."""
    text = path.read_text("utf-8")
    assert text.startswith("# ")
    assert f"]({called(path)}.toml)" in (EXAMPLES / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", ["circles", "moons", "spiral", "gaussians"])
def test_the_toys_of_the_plane_are_learned(name: str) -> None:
    run = train(EXAMPLES / f"{name}.toml")
    assert run.metrics("test" if "test" in run.parts else "training")["accuracy"] > 0.9


def test_the_sine_is_learned_down_to_its_noise() -> None:
    run = train(EXAMPLES / "sine.toml")
    x = np.linspace(-3, 3, 31)
    assert run.predict({"x": x}).outputs[:, 0] == pytest.approx(np.sin(x), abs=0.15)

"""A folder that is no run, or one that was damaged, is refused with the file and the reason; nothing else comes out."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save_file

from tests.asked import asked
from whygrad import Split, load, train
from whygrad.errors import WhygradError
from whygrad.errors.saved import NotARun, OtherFormat
from whygrad.pipeline import load_model
from whygrad.spec import Adam, EarlyStopping

Json = dict[str, Any]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small run, with the best of early stopping."""
    run = train(asked(optimizer=Adam(), split=Split(validation=0.25), early_stopping=EarlyStopping(patience=9)))
    return run.save(tmp_path_factory.mktemp("sound") / "run")


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Path:
    """A copy of it to damage."""
    return Path(shutil.copytree(sound, tmp_path / "run"))


def said_of(folder: Path) -> str:
    with pytest.raises(NotARun) as caught:
        load(folder)
    return str(caught.value).replace(str(folder), "FOLDER")


ADVICE = "\n  try: whygrad train FILE makes one and says where; copy a run's folder whole"


@pytest.mark.parametrize("file", ["run.json", "experiment.toml", "model.json", "history.csv"])
def test_a_file_is_missing(file: str, folder: Path) -> None:
    (folder / file).unlink()
    assert said_of(folder) == f"WG601 FOLDER is not a saved run: {file} is missing{ADVICE}"


def test_no_folder_at_all(tmp_path: Path) -> None:
    assert said_of(tmp_path / "none") == f"WG601 FOLDER is not a saved run: run.json is missing{ADVICE}"


@pytest.mark.parametrize(
    ("found", "advice"),
    [
        (2, "it was saved by a newer version: pip install --upgrade whygrad"),
        (0, "train it again from its experiment.toml"),
    ],
)
def test_another_format(found: int, advice: str, folder: Path) -> None:
    (folder / "run.json").write_text(json.dumps({"format": found, "what": "nobody knows"}), "utf-8")
    for reader in (load, load_model):
        with pytest.raises(OtherFormat) as caught:
            reader(folder)
        assert str(caught.value).replace(str(folder), "FOLDER") == (
            f"WG602 FOLDER has format {found}, and this whygrad reads formats 1 to 1\n  try: {advice}"
        )


@pytest.mark.parametrize("file", ["run.json", "model.json"])
def test_a_file_that_was_cut_off(file: str, folder: Path) -> None:
    text = (folder / file).read_text("utf-8")
    (folder / file).write_text(text[: len(text) // 2], "utf-8")
    assert said_of(folder) == f"WG601 FOLDER is not a saved run: {file} is damaged: Input data was truncated{ADVICE}"


@pytest.mark.parametrize(
    "text", ["", "epoch,loss\n0,much\n", "epoch\n0,1,2\n", "loss\n0.5\n", "epoch,loss\n0,0.5\n", "\0", '"'], ids=repr
)
def test_a_history_that_is_none(text: str, folder: Path) -> None:
    (folder / "history.csv").write_text(text, "utf-8")
    assert said_of(folder).startswith("WG601 FOLDER is not a saved run: history.csv is damaged: ")


def forget(*path: str) -> Callable[[Json], None]:
    """Takes out an entry."""

    def change(model: Json) -> None:
        for name in path[:-1]:
            model = model[name]
        del model[path[-1]]

    return change


def write(value: object, *path: str) -> Callable[[Json], None]:
    """Puts another value in the place of an entry."""

    def change(model: Json) -> None:
        for name in path[:-1]:
            model = model[name]
        model[path[-1]] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        forget("values", "hidden.W"),
        forget("values", "hidden.W", "numbers", "w3"),
        forget("resume", "updates"),
        forget("resume"),
        write([3, 3], "values", "hidden.W", "shape"),
        write([8], "values", "hidden.W", "shape"),
        write(None, "values", "hidden.W", "numbers"),
        write({}, "values"),
        write("many", "values", "hidden.W", "numbers"),
    ],
)
def test_a_damaged_model(change: Callable[[Json], None], folder: Path) -> None:
    model = json.loads((folder / "model.json").read_text("utf-8"))
    change(model)
    (folder / "model.json").write_text(json.dumps(model), "utf-8")
    assert said_of(folder).startswith("WG601 FOLDER is not a saved run: ")


@pytest.mark.parametrize(
    "change",
    [
        write("bored", "ending"),
        forget("epochs"),
        write(-1, "epochs"),
        write("1", "seed"),
        write("new", "format"),
        forget("format"),
    ],
)
def test_a_record_that_says_nonsense(change: Callable[[Json], None], folder: Path) -> None:
    record = json.loads((folder / "run.json").read_text("utf-8"))
    change(record)
    (folder / "run.json").write_text(json.dumps(record), "utf-8")
    assert said_of(folder).startswith("WG601 FOLDER is not a saved run: run.json is damaged: ")


def test_a_model_that_does_not_fit_its_experiment(folder: Path) -> None:
    settings = (folder / "experiment.toml").read_text("utf-8")
    (folder / "experiment.toml").write_text(settings.replace("4 tanh", "5 tanh"), "utf-8")
    text = "WG601 FOLDER is not a saved run: model.json does not fit experiment.toml: no hidden.W of shape (2, 5)"
    assert said_of(folder) == text + ADVICE
    with pytest.raises(NotARun):
        load_model(folder)


def test_a_model_without_columns_predicts_nothing(folder: Path) -> None:
    model = json.loads((folder / "model.json").read_text("utf-8"))
    model["preparation"]["columns"] = []
    (folder / "model.json").write_text(json.dumps(model), "utf-8")
    with pytest.raises(WhygradError, match=r"^WG110 the network has 2 inputs and the data has 0"):
        load_model(folder)


@pytest.mark.parametrize("damage", ["gone", "cut", "poorer"])
def test_the_large_file_is_damaged(damage: str, tmp_path: Path) -> None:
    folder = train(asked("2 -> 100 relu -> 100 relu -> 1 sigmoid", epochs=1)).save(tmp_path / "run")
    large = folder / "values.safetensors"
    if damage == "gone":
        large.unlink()
    elif damage == "cut":
        large.write_bytes(large.read_bytes()[:100])
    else:
        save_file({"values/hidden1.W": np.zeros((2, 100))}, large)
    problem = "is damaged: it lacks '" if damage == "poorer" else "cannot be read: "
    assert said_of(folder).startswith(f"WG601 FOLDER is not a saved run: values.safetensors {problem}")

"""Settings changed by their keys: what goes on, what starts again, and what cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lab.asking import desk, frame, only, told
from whygrad.errors.lab import FileRefused
from whygrad.lab.desk import Desk
from whygrad.lab.message import Change, Go, Open, Said, Step
from whygrad.lab.opening import Opening, first_opening, wanted
from whygrad.spec import read_experiment

MINE = """
[data]
file = "mine.csv"
target = "y"
[network]
layers = "2 -> 3 tanh -> 1"
[training]
loss = "sum squared-error"
learning_rate = 0.1
epochs = 5
batch_size = "per row"
"""


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def xor() -> Desk:
    return desk()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("data.toy", "and"),
        ("data.toy", {"name": "moons", "rows": 30}),
        ("data.toy.seed", 3),
        ("network.initialiser", "he"),
        ("network.layers", "2 -> 4 relu -> dropout 0.2 -> 1"),
        ("training.optimizer", "adam"),
        ("training.optimizer", {"name": "momentum", "momentum": 0.8}),
        ("data", {"columns": {"a": [0.5, 1.0], "b": [2.0, 1.0], "c": [1.0, 0.0]}, "target": "c"}),
        ("training.loss", "mean squared-error"),
        ("training.l2", 0.01),
        ("training.batch_size", "all"),
        ("training.split", {"validation": 0.25}),
        ("training.seed", 8),
        ("title", "Mine"),
    ],
)
def test_every_kind_of_setting_can_be_changed(key: str, value: object, xor: Desk) -> None:
    told(xor, Go(3))
    said = only(told(xor, Change(key, value)), Said)
    assert (said.kind, said.code) == ("note", ""), said
    assert frame(told(xor, Step("update"))).end >= 1


def test_layers_of_ones_own_take_the_named_weights_away() -> None:
    from whygrad.lab.presets import preset

    notes = desk(preset("notes-222"))
    said = only(told(notes, Change("network.layers.0.activation", "tanh")), Said)
    assert said.kind == "note"
    assert only(told(notes, Change("network.layers", "2 -> 3 tanh -> 2")), Said).kind == "note"
    assert notes.session.experiment.network.weights == {}


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("training.learning_rate", -1, "WG206"),
        ("training.learning_rate", "fast", "WG204"),
        ("training.learning_rate.x", 1, "WG1012"),
        ("training.speed", 1, "WG202"),
        ("network.layers", "2 -> 0 -> 1", "WG207"),
        ("network.layers.7.units", 1, "WG1012"),
        ("network", {}, "WG203"),
        ("nothing", 1, "WG1012"),
        ("", 1, "WG1012"),
        ("data.file", "secrets.csv", "WG203"),
        ("network.layers", "2 -> 900 -> 900 -> 1", "WG1001"),
        ("network.layers", "2" + " -> 2" * 101 + " -> 1", "WG1001"),
        ("data.toy", {"name": "moons", "rows": 10**9}, "WG1001"),
    ],
)
def test_a_change_that_cannot_be_leaves_the_session_as_it_was(key: str, value: object, code: str, xor: Desk) -> None:
    before = frame(told(xor, Go(5)))
    said, seen = told(xor, Change(key, value))
    assert isinstance(said, Said)
    assert (said.kind, said.code) == ("error", code), said
    assert seen == before
    assert frame(told(xor, Step("update"))).end == 6


def test_a_page_names_no_files_but_the_one_that_the_lab_was_started_with(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("a,b,y\n0,1,1\n1,0,0\n", encoding="utf-8")
    experiment = read_experiment(write(tmp_path / "mine.toml", MINE))
    mine = Desk(Opening(experiment, tmp_path, "mine.csv"), float)
    assert frame(told(mine, Step())).moves == 1
    assert only(told(mine, Change("training.learning_rate", 0.2)), Said).kind == "note"
    (tmp_path / "other.csv").write_text("a,b,y\n0,1,1\n", encoding="utf-8")
    said = only(told(mine, Change("data.file", "other.csv")), Said)
    assert (said.kind, said.code) == ("error", "WG203")
    said = only(told(mine, Change("data", {"file": "other.csv", "target": "y"})), Said)
    assert (said.code, said.what) == ("WG1006", "'other.csv' is not read")
    assert mine.session.experiment.data.file == "mine.csv"
    with pytest.raises(FileRefused):
        wanted(Open(experiment=MINE), first_opening())

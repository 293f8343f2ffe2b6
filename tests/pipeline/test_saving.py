"""A saved run is a folder that people can read, and comes back as it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec import structs

from tests.asked import asked, training
from tests.pipeline.test_replay import stop_after
from tests.pipeline.variants import VARIANTS, same_bits
from whygrad import Data, Experiment, Loss, Network, Split, Training, load, train
from whygrad.errors.saved import CannotWrite, DataChanged, OtherRun
from whygrad.pipeline import go_on, load_model, saving, with_epochs
from whygrad.spec import EarlyStopping

ROWS = "x1,x2,kind\n" + "".join(f"{i % 5},{i % 3},{'even' if i % 2 else 'odd'}\n" for i in range(20))


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """An experiment file beside the table that it reads."""
    (tmp_path / "rows.csv").write_text(ROWS, "utf-8")
    file = tmp_path / "rows.toml"
    file.write_text(
        '[data]\nfile = "rows.csv"\ntarget = "kind"\n[network]\nlayers = "in -> 3 tanh -> 1 sigmoid"\n'
        '[training]\nloss = "mean binary-cross-entropy"\nlearning_rate = 0.1\nepochs = 3\nbatch_size = 8\n',
        "utf-8",
    )
    return file


@pytest.mark.parametrize("experiment", VARIANTS.values(), ids=VARIANTS)
def test_a_run_comes_back_as_it_was(experiment: Experiment, tmp_path: Path) -> None:
    run = train(experiment)
    back = load(run.save(tmp_path / "run"))
    assert same_bits(back.position.states, run.position.states)
    assert same_bits(back.at(2).values, run.at(2).values)
    assert back.experiment == run.experiment
    assert (back.history, back.ending) == (run.history, run.ending)
    rows = np.array([[0.5, 0.2], [1.0, -0.5]])
    assert np.array_equal(back.predict(rows).outputs, run.predict(rows).outputs)
    assert np.array_equal(load_model(tmp_path / "run").predict(rows).outputs, run.predict(rows).outputs)


@pytest.mark.parametrize("name", ["momentum", "everything", "float32"])
def test_a_saved_run_goes_on_as_if_it_had_never_stopped(name: str, tmp_path: Path) -> None:
    experiment = VARIANTS[name]
    whole = train(structs.replace(experiment, training=structs.replace(experiment.training, epochs=7)))
    stopped = load(train(experiment, watch=stop_after(2)).save(tmp_path / "run"))
    resumed = go_on(with_epochs(stopped, 7))
    assert same_bits(resumed.position.states, whole.position.states)
    assert resumed.history == whole.history


def test_the_best_of_early_stopping_is_what_predicts_and_the_last_is_what_goes_on(tmp_path: Path) -> None:
    run = train(
        asked(
            "2 -> 32 relu -> 1 sigmoid",
            epochs=300,
            learning_rate=1.0,
            split=Split(validation=0.4),
            early_stopping=EarlyStopping(patience=5),
        )
    )
    best, back = run.position.best, load(run.save(tmp_path / "run"))
    assert best is not None
    assert back.position.best is not None
    assert (back.position.best.epoch, back.position.best.loss) == (best.epoch, best.loss)
    assert same_bits(back.position.best.states, best.states)
    assert same_bits(back.position.states, run.position.states)
    assert same_bits(back.model.values, run.model.values)
    assert not np.array_equal(back["hidden.W"], back.position.states["hidden.W"])


def test_what_the_folder_holds(tmp_path: Path) -> None:
    run = train(asked("2 -> 2 tanh -> 1 sigmoid", record_every=2))
    folder = run.save(tmp_path / "run")
    files = {"experiment.toml", "model.json", "history.csv", "steps.csv", "run.json"}
    assert {path.name for path in folder.iterdir()} == files
    record = json.loads((folder / "run.json").read_text("utf-8"))
    assert (record["format"], record["engine"], record["seed"], record["epochs"]) == (1, "interpreter", 0, 4)
    assert record["ending"] == "finished"
    assert record["versions"]["numpy"] == np.__version__
    assert record["figures"]["loss"] == run.history.at(3)["loss"]
    model = json.loads((folder / "model.json").read_text("utf-8"))
    weights = {name: value for array in model["values"].values() for name, value in array["numbers"].items()}
    assert weights == run.weights()


def test_a_large_network_keeps_its_numbers_beside_the_readable_file(tmp_path: Path) -> None:
    run = train(asked("2 -> 100 relu -> 100 relu -> 1 sigmoid", epochs=1, dtype="float32"))
    folder = run.save(tmp_path / "run")
    assert (folder / "values.safetensors").stat().st_size > 4 * run.model.parameter_count
    assert (folder / "model.json").stat().st_size < 4000
    back = load(folder)
    assert same_bits(back.position.states, run.position.states)
    assert np.array_equal(load_model(folder)["hidden2.W"], run["hidden2.W"])


def frames(kind: str) -> Any:
    columns = {"a": [0.1, 0.2, 0.3, 0.4], "word": ["x", "y", "x", "z"], "y": [0.0, 1.0, 0.5, 0.25]}
    if kind == "columns":
        return columns
    return pytest.importorskip(kind).DataFrame(columns)


@pytest.mark.parametrize("kind", ["columns", "polars", "pandas"])
def test_rows_from_memory_are_saved_with_the_run(kind: str, tmp_path: Path) -> None:
    network = Network(layers="in -> 2 tanh -> 1")
    run = train(network, training("mean squared-error", epochs=2), frames(kind), target="y")
    folder = run.save(tmp_path / "run")
    assert (folder / "data.parquet").is_file()
    back = load(folder)
    assert same_bits(back.position.states, run.position.states)
    assert back.experiment.data.target == "y"
    assert back.set_up.dataset.preparation == run.set_up.dataset.preparation
    assert same_bits(load(back.save(tmp_path / "again")).at(1).values, run.at(1).values)


def test_a_run_on_arrays_comes_back(tmp_path: Path) -> None:
    draw = np.random.default_rng(0)
    x, y = draw.normal(size=(12, 2)), draw.normal(size=(12, 2))
    run = train(Network(layers="in -> 3 relu -> out"), training("mean squared-error"), (x, y))
    back = load(run.save(tmp_path / "run"))
    assert same_bits(back.position.states, run.position.states)


def test_the_table_of_a_saved_run_is_found_from_its_folder(table: Path, tmp_path: Path) -> None:
    run = train(table)
    folder = run.save(tmp_path / "runs" / "deep" / "run")
    assert 'file = "../../../rows.csv"' in (folder / "experiment.toml").read_text("utf-8")
    assert same_bits(load(folder).at(1).values, run.at(1).values)


def test_other_rows_in_the_table_are_noticed_and_the_weights_still_predict(table: Path, tmp_path: Path) -> None:
    run = train(table)
    folder = run.save(tmp_path / "run")
    (tmp_path / "rows.csv").write_text(ROWS.replace("4,2,", "4,1,"), "utf-8")
    with pytest.raises(DataChanged) as caught:
        load(folder)
    text = str(caught.value).replace(str(tmp_path), "FOLDER")
    assert text == (
        "WG603 FOLDER/run: the data is not what the run was trained on (rows.csv: 20 rows)\n"
        "  why: the fingerprint of the prepared rows differs, so the run's steps cannot be computed again\n"
        "  try: restore the data, or train a new run; predictions from the saved weights still work"
    )
    rows = {"x1": [1.0], "x2": [2.0]}
    assert np.array_equal(load_model(folder).predict(rows).outputs, run.predict(rows).outputs)


def test_saving_again_replaces_the_runs_own_files_and_no_others(tmp_path: Path) -> None:
    train(asked("2 -> 100 relu -> 100 relu -> 1 sigmoid", epochs=1)).save(tmp_path / "run")
    (tmp_path / "run" / "notes").write_text("")
    modes = {path.name: path.stat().st_mode for path in (tmp_path / "run").iterdir()}
    assert modes["values.safetensors"] == modes["model.json"]
    run = train(asked())
    run.save(tmp_path / "run", replace=True)
    assert same_bits(load(tmp_path / "run").position.states, run.position.states)
    assert {path.name for path in (tmp_path / "run").iterdir()} == {
        "experiment.toml",
        "model.json",
        "history.csv",
        "run.json",
        "notes",
    }
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_full_disk_leaves_the_run_that_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = train(asked())
    run.save(tmp_path / "run")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(saving, "write_model", full)
    with pytest.raises(CannotWrite) as caught:
        train(asked(seed=1)).save(tmp_path / "run", replace=True)
    assert str(caught.value).replace(str(tmp_path), "FOLDER") == (
        "WG606 FOLDER/run could not be written: No space left on device\n"
        "  try: name another place, one that may be written to"
    )
    assert same_bits(load(tmp_path / "run").position.states, run.position.states)
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_folder_cannot_lie_inside_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite, match=r"^WG606 .*file/run could not be written: "):
        train(asked(epochs=1)).save(tmp_path / "file" / "run")


def test_a_run_without_an_epoch_is_saved_too(tmp_path: Path) -> None:
    run = train(asked(epochs=0))
    back = load(run.save(tmp_path / "run"))
    assert len(back.history) == back.position.epoch == 0
    assert same_bits(back.position.states, run.position.states)


def test_data_that_name_no_target_are_known_by_their_columns(tmp_path: Path) -> None:
    run = train(asked(data=Data(columns={"a": (1.0, 2.0), "b": (0, 1)}, target="b"), layers="1 -> 1 sigmoid"))
    assert load(run.save(tmp_path / "run")).experiment == run.experiment


def test_a_run_saved_where_it_lay_keeps_its_rows_and_a_persons_notes(tmp_path: Path) -> None:
    rows = {"x": [0.0, 1.0, 2.0, 3.0], "y": [0.0, 1.0, 4.0, 9.0]}
    network = Network(layers="1 -> 3 tanh -> 1")
    training = Training(loss=Loss("squared-error", "mean"), learning_rate=0.1, epochs=2, batch_size=2)
    folder = train(network, training, rows, target="y").save(tmp_path / "run")
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    (folder / "report.html").write_text("of an earlier state", encoding="utf-8")
    go_on(with_epochs(load(folder), 4)).save(folder)
    assert (folder / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert not (folder / "report.html").exists()
    again = load(folder)
    assert again.position.epoch == 4
    elsewhere = load(again.save(tmp_path / "copy"))
    assert (tmp_path / "copy" / "data.parquet").exists()
    assert (
        elsewhere.weights()
        == again.weights()
        == train(network, structs.replace(training, epochs=4), rows, target="y").weights()
    )


@pytest.mark.parametrize("other", [{"seed": 1}, {"learning_rate": 0.2}, {"epochs": 3}])
def test_another_run_is_not_written_over(other: dict[str, Any], tmp_path: Path) -> None:
    first = train(asked())
    folder = first.save(tmp_path / "run")
    with pytest.raises(OtherRun) as caught:
        train(asked(**other)).save(folder)
    assert str(caught.value).replace(str(tmp_path), "FOLDER") == (
        "WG608 FOLDER/run holds another run\n"
        "  why: its settings or its epochs are not those of this run, so saving would lose it\n"
        "  try: save it in another folder, or run.save(folder, replace=True)"
    )
    assert same_bits(load(folder).position.states, first.position.states)
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_the_same_run_taken_further_is_saved_where_it_lay(tmp_path: Path) -> None:
    folder = train(asked(record_every=2)).save(tmp_path / "run")
    train(asked(record_every=2)).save(folder)
    longer = train(asked(record_every=2, epochs=6))
    longer.save(folder)
    assert load(folder).position.epoch == 6
    (folder / "experiment.toml").write_text("damaged", encoding="utf-8")
    with pytest.raises(OtherRun):
        longer.save(folder)


def test_a_folder_with_other_things_and_no_run_is_left_alone(tmp_path: Path, table: Path) -> None:
    with pytest.raises(CannotWrite) as caught:
        train(table).save(tmp_path)
    assert str(caught.value).startswith(f"WG606 {tmp_path} could not be written: it holds other files and no run\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["rows.csv", "rows.toml"]


def test_an_interrupted_swap_brings_the_old_run_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = train(asked())
    folder = run.save(tmp_path / "run")
    rename, calls = Path.rename, []

    def interrupted(self: Path, target: Path) -> Path:
        calls.append(self.name)
        if self.name == "new":
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run.save(folder)
    assert "new" in calls
    assert same_bits(load(folder).position.states, run.position.states)
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_run_behind_a_link_finds_its_data(tmp_path: Path, table: Path) -> None:
    (tmp_path / "far" / "away").mkdir(parents=True)
    (tmp_path / "runs").symlink_to(tmp_path / "far" / "away")
    folder = train(table).save(tmp_path / "runs" / "one")
    assert load(folder).position.epoch == 3


def test_what_the_caller_does_to_the_rows_later_is_the_callers(tmp_path: Path) -> None:
    rows = {"x": np.array([0.0, 1.0, 2.0]), "y": np.array([0.0, 1.0, 4.0])}
    network = Network(layers="1 -> 3 tanh -> 1")
    run = train(
        network,
        Training(loss=Loss("squared-error", "mean"), learning_rate=0.1, epochs=1, batch_size=2),
        rows,
        target="y",
    )
    rows["x"][:] = 7.0
    assert load(run.save(tmp_path / "run")).weights() == run.weights()


def test_a_run_taken_up_twice_goes_two_ways() -> None:
    run = train(asked(epochs=2))
    long, short = go_on(with_epochs(run, 6)), go_on(with_epochs(run, 4))
    assert same_bits(long.at(4).values, short.at(4).values)
    assert long.at(6).weights() == long.weights()

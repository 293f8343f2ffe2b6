"""`whygrad compare`: what differs, how the losses fell, in words, in letters and as a picture."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from tests.cli.typed import Shell
from whygrad import load

Golden = Callable[[str, str], None]


@pytest.fixture
def ready(shell: Shell) -> Shell:
    """Students at three learning rates."""
    for rate in ("0.01", "0.1", "0.5"):
        shell.done("train", "students.toml", "-q", "--learning-rate", rate, "--out", f"runs/rate-{rate}")
    return shell


RUNS = ("runs/rate-0.01", "runs/rate-0.1", "runs/rate-0.5")


def test_three_learning_rates(ready: Shell, golden: Golden) -> None:
    said = ready.done("compare", *RUNS).out
    golden("cli/compare_students.txt", said)
    assert max(map(len, said.splitlines())) <= 80
    table = [line.split() for line in said.splitlines()]
    assert ["100", "0.7320", "0.2670", "0.0703"] in table


def test_everything_as_json(ready: Shell) -> None:
    found = ready.done("compare", *RUNS, "--json").json
    assert found["differing"] == {"training.learning_rate": [0.01, 0.1, 0.5]}
    assert [run["run"] for run in found["runs"]] == list(RUNS)
    assert found["runs"][1]["history"][0]["loss"] == load(RUNS[1]).history.at(0)["loss"]


@pytest.mark.parametrize(("name", "start"), [("losses.svg", b"<?xml"), ("losses.png", b"\x89PNG")])
def test_the_curves_as_a_picture(name: str, start: bytes, ready: Shell) -> None:
    assert ready.done("compare", *RUNS, "--chart", name).out.endswith(f"The chart is in {name}\n")
    assert (ready.folder / name).read_bytes().startswith(start)


def test_a_picture_of_an_unknown_kind_is_refused_before_anything_is_printed(ready: Shell) -> None:
    said = ready("compare", *RUNS, "--chart", "losses.gif")
    assert (said.code, said.out, said.err[:5]) == (1, "", "WG701")


def test_runs_of_one_experiment_and_of_one_name(ready: Shell) -> None:
    shutil.copytree(ready.folder / RUNS[0], ready.folder / "again" / "rate-0.01")
    said = ready.done("compare", RUNS[0], "again/rate-0.01").out
    assert "none: the runs are of one experiment\n" in said
    assert "  a  runs/rate-0.01\n  b  again/rate-0.01\n" in said


def test_a_folder_that_is_no_run(ready: Shell) -> None:
    said = ready("compare", RUNS[0], "nowhere")
    assert said.err.startswith("WG601 nowhere is not a saved run: run.json is missing\n")


def test_what_early_stopping_kept_is_what_is_compared_and_shown(ready: Shell) -> None:
    (ready.folder / "moons.toml").write_text(
        '[data]\ntoy = { name = "moons", rows = 24, noise = 0.3 }\n[network]\nlayers = "2 -> 32 relu -> 1 sigmoid"\n'
        '[training]\nloss = "mean binary-cross-entropy"\nlearning_rate = 1.0\nepochs = 300\nbatch_size = 8\n'
        "split = { validation = 0.4 }\nearly_stopping = { patience = 5 }\n",
        encoding="utf-8",
    )
    ready.done("train", "moons.toml", "-q")
    run = load("runs/moons")
    kept, ran = run.kept, run.position.epoch
    assert kept < ran < 300
    said = ready.done("compare", "runs/moons", RUNS[0]).out
    [line] = [line for line in said.splitlines() if f"{kept} of {ran}  " in line]
    assert f"{run.figures['validation_loss']:.4f}" in line
    assert f"({kept} of {ran}: the network after {kept} epochs is kept, and so are its figures)" in said
    assert ready.done("compare", "runs/moons", RUNS[0], "--json").json["runs"][0]["kept_epochs"] == kept
    assert f"the weights are those after {kept} epochs" in " ".join(ready.done("show", "runs/moons").out.split())

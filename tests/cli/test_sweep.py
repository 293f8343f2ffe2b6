"""`whygrad sweep`: what a person sees, what a program gets, and every WG51x by its words."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.typed import EXAMPLES, Shell
from whygrad.cli.progress import LinesOfNetworks
from whygrad.pipeline.sweep import Progress

Golden = Callable[[str, str], None]
NUMPY = ("--engine", "numpy")
FEW = ("--seeds", "12", "--epochs", "60", *NUMPY)
REFUSALS: dict[tuple[str, ...], str] = {
    ("--hidden", "2,x"): (
        "WG510 --hidden 2,x: 'x' cannot be tried\n"
        "  why: each entry is a whole number from 1 to 1000000\n"
        "  try: write them with commas between: --hidden 2,4,8\n"
    ),
    ("--learning-rate", "0.1,,0.2"): (
        "WG510 --learning-rate 0.1,,0.2: '' cannot be tried\n"
        "  why: each entry is a number above 0\n"
        "  try: write them with commas between: --learning-rate 0.01,0.1,0.5\n"
    ),
    ("--learning-rate", "0"): (
        "WG510 --learning-rate 0: '0' cannot be tried\n"
        "  why: each entry is a number above 0\n"
        "  try: write them with commas between: --learning-rate 0.01,0.1,0.5\n"
    ),
    ("--hidden", "2,3", "--seeds", "30000000"): (
        "WG512 60,000,000 networks were asked for: 30,000,000 seeds at each of 2 settings\n"
        "  why: one sweep has at most 20,000,000\n"
        "  try: --seeds 10000000, or fewer settings\n"
    ),
    ("--epochs", "0"): (
        "WG514 the networks have no epochs to be trained for\n"
        "  why: training.epochs is 0, so none of them could solve anything\n"
        "  try: --epochs 1000, or whatever one run may take\n"
    ),
    ("--hidden", "2,4,2"): (
        "WG515 --hidden has 2 twice\n"
        "  why: the same networks would be trained twice, with the same end\n"
        "  try: name each value once\n"
    ),
}
OF_STUDENTS: dict[tuple[str, ...], str] = {
    ("--hidden", "2"): (
        "WG511 --hidden was given\n"
        "  why: the network 1 -> 1 sigmoid has no hidden layer whose units could be\n"
        "       counted otherwise\n"
        '  try: leave out --hidden, or give the network a hidden layer: layers = "2 -> 8\n'
        '       relu -> 1"\n'
    ),
    ("--seeds", "7"): (
        "WG513 7 seeds were asked for\n"
        "  why: every seed gives the same run: all weights are given, and nothing else is\n"
        "       drawn\n"
        "  try: --seeds 1, or take the values out of network.weights\n"
    ),
}


def test_hidden_units_and_learning_rates(shell: Shell, golden: Golden) -> None:
    said = shell.done("sweep", "xor.toml", "--hidden", "2,8", "--learning-rate", "0.1,3", *FEW)
    golden("cli/sweep_xor.txt", said.out)
    assert max(map(len, said.lines)) <= 80
    assert said.err == ""


def test_what_nothing_was_said_of_is_the_files(shell: Shell) -> None:
    lines = shell.done("sweep", "xor.toml", *FEW).lines
    assert lines[0] == "XOR: 12 networks, seeds 7 to 18"
    assert lines[4].split()[:2] == ["rate", "solved"]
    assert lines[5].split()[0] == "0.1"


def test_each_seed_is_what_training_makes_of_it(shell: Shell) -> None:
    shell.done("sweep", "xor.toml", "--first-seed", "3", "--out", "found.csv", *FEW)
    with (shell.folder / "found.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["seed"] for row in rows] == [str(seed) for seed in range(3, 15)]
    shell.done("train", "xor.toml", "--seed", "5", "--epochs", rows[2]["epochs"], "--out", "alone", "-q")
    history = (shell.folder / "alone" / "history.csv").read_text(encoding="utf-8").splitlines()
    losses = [float(line.split(",")[history[0].split(",").index("loss")]) for line in history[1:]]
    assert losses[-1] == pytest.approx(float(rows[2]["loss"]), rel=1e-9)
    assert (losses[-1] < 0.01) == (rows[2]["ended"] == "solved")


def test_programs_get_one_document(shell: Shell) -> None:
    said = shell.done("sweep", "xor.toml", "--hidden", "2,4", "--json", "--out", "found.json", *FEW)
    found = said.json
    assert (found["seeds"], found["first_seed"], found["epochs"], found["goal"]) == (12, 7, 60, 0.01)
    assert [each["hidden"] for each in found["settings"]] == [2, 4]
    for each in found["settings"]:
        assert sum(each["counts"].values()) == 12
        share = each["shares"]["solved"]
        assert share["low"] <= share["share"] == each["counts"]["solved"] / 12 <= share["high"]
    assert (said.err, found["file"]) == ("", "found.json")
    kept: dict[str, Any] = json.loads((shell.folder / "found.json").read_text(encoding="utf-8"))
    assert len(kept["networks"]) == 24
    assert sum(each["ended"] == "solved" for each in kept["networks"]) == sum(
        each["counts"]["solved"] for each in found["settings"]
    )


@pytest.mark.parametrize(
    ("name", "start"), [("bars.svg", b"<?xml"), ("bars.png", b"\x89PNG"), ("page.html", b"<!doctype html>")]
)
def test_pictures_and_pages(name: str, start: bytes, shell: Shell) -> None:
    said = shell.done("sweep", "xor.toml", "--hidden", "2,4", "--out", name, *FEW)
    assert said.out.endswith(f"Written to {name}\n")
    assert (shell.folder / name).read_bytes()[:15].lower().startswith(start.lower())


def test_a_table_that_nobody_described(shell: Shell) -> None:
    rows = "".join(f"{k},{k % 7},{'no' if k < 10 else 'yes'}\n" for k in range(20))
    shell.write("table.csv", f"study,sleep,passed\n{rows}")
    said = shell.done("sweep", "table.csv", "--target", "passed", "--seeds", "3", "--epochs", "5", *NUMPY)
    assert "once every row is classified right in an epoch" in " ".join(said.out.split())


@pytest.mark.parametrize("words", REFUSALS, ids=" ".join)
def test_what_cannot_be_swept_is_refused(words: tuple[str, ...], shell: Shell) -> None:
    said = shell("sweep", "xor.toml", *words)
    assert (said.code, said.out, said.err) == (1, "", REFUSALS[words])


@pytest.mark.parametrize("words", OF_STUDENTS, ids=" ".join)
def test_what_has_nothing_to_vary_is_refused(words: tuple[str, ...], shell: Shell) -> None:
    said = shell("sweep", "students.toml", *words)
    assert (said.code, said.out, said.err) == (1, "", OF_STUDENTS[words])


def test_a_file_of_an_unknown_kind_is_refused_before_anything_is_trained(shell: Shell) -> None:
    said = shell("sweep", "xor.toml", "--out", "found.pdf")
    assert (said.code, said.out) == (1, "")
    assert said.line.startswith("WG701 no sweep can be written to found.pdf why: the suffix says the kind of file: ")


def test_a_place_that_cannot_be_written_to_is_refused_before_anything_is_trained(shell: Shell) -> None:
    said = shell("sweep", "xor.toml", "--out", "xor.toml/found.csv")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("WG606 ")


def test_the_files_own_mistakes_are_told_with_their_line(shell: Shell) -> None:
    text = (shell.folder / "xor.toml").read_text(encoding="utf-8")
    shell.write("wide.toml", text.replace("2 -> 8", "3 -> 8"))
    said = shell("sweep", "wide.toml", *FEW)
    assert said.code == 1
    assert "wide.toml" in said.err


def test_a_long_sweep_says_how_far_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    told, now = LinesOfNetworks(), Progress(2_000, 100)
    told.start -= 10
    for ended, done in ((100, 10_000), (10, 15_000), (1_890, 175_000)):
        now.add(ended, done)
        told(now)
    assert capsys.readouterr().err.splitlines() == [
        "110 of 2,000 networks have ended",
        "2,000 of 2,000 networks have ended",
    ]


def test_a_short_one_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    now = Progress(10, 10, ended=10, done=100)
    LinesOfNetworks()(now)
    assert capsys.readouterr().err == ""


def test_help_explains_every_option(shell: Shell) -> None:
    said = shell("sweep", "--help").out
    for option in ("--seeds", "--learning-rate", "--hidden", "--epochs", "--goal", "--first-seed", "--out", "--json"):
        assert option in said


def test_a_run_is_no_experiment(shell: Shell) -> None:
    shell.done("train", "students.toml", "-q", "--epochs", "2", "--out", "run")
    assert shell("sweep", "run").err.startswith("WG801 run is a saved run\n")


@pytest.mark.long
def test_the_figures_of_the_page_are_those_of_the_command(shell: Shell) -> None:
    """How often exclusive or sticks; a network or two may end otherwise on another machine."""
    page = (EXAMPLES.parent / "docs" / "sweep.md").read_text(encoding="utf-8")
    printed = [line.split() for line in page.splitlines() if line.startswith("         ")]
    found = shell.done("sweep", EXAMPLES / "xor-sticks.toml", "--hidden", "2,3,4,8", "--json").json["settings"]
    assert len(printed) == 4
    for (hidden, solved, _, stuck, _, epochs), each in zip(printed, found, strict=True):
        assert int(hidden) == each["hidden"]
        assert float(solved) == pytest.approx(100 * each["shares"]["solved"]["share"], abs=0.25)
        assert float(stuck) == pytest.approx(100 * each["shares"]["stuck"]["share"], abs=0.25)
        assert float(epochs) == pytest.approx(each["median_epochs"], abs=1.5)


def test_a_seed_may_be_larger_than_a_machines_integers(shell: Shell) -> None:
    found = shell.done("sweep", "xor.toml", "--first-seed", str(10**20), "--json", *FEW).json
    assert found["first_seed"] == 10**20

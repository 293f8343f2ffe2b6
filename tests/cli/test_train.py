"""`whygrad train`: what it prints, what it saves, and what it does when things go wrong."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.typed import EXAMPLES, RUNAWAY, XOR, Shell, process
from whygrad import load, read_experiment
from whygrad.cli.places import Wish, reserved
from whygrad.errors.saved import CannotWrite

Golden = Callable[[str, str], None]


def test_all_that_is_said_of_xor(shell: Shell, golden: Golden) -> None:
    said = shell.done("train", "xor.toml")
    golden("cli/train_xor.txt", said.out)
    assert max(map(len, said.lines)) <= 80
    assert "epoch 40 of 101: loss 0.07630" in said.err.splitlines()


def test_the_losses_of_the_tutorial_stand_in_the_table(shell: Shell) -> None:
    said = shell.done("train", "students.toml", "--epochs", "1000").out
    table = [line.split() for line in said.partition("epoch")[2].splitlines()[1:12]]
    losses = {int(epoch): loss for epoch, loss, _ in table}
    expected = [1.0155, 0.2670, 0.1557, 0.1075, 0.0800, 0.0622, 0.0499, 0.0410, 0.0343, 0.0291]
    assert losses == {100 * place: f"{loss:.4f}" for place, loss in enumerate(expected)} | {999: "0.0250"}
    assert [line.split()[:3] for line in said.splitlines() if line[:2] in ("w ", "b ")] == [
        ["w", "0.100", "4.302"],
        ["b", "0.000", "-10.508"],
    ]


def test_a_table_with_held_out_rows(shell: Shell, golden: Golden) -> None:
    golden("cli/train_penguins.txt", shell.done("train", EXAMPLES / "penguins.toml").out)


def test_a_bare_table_is_enough(shell: Shell) -> None:
    said = shell.done("train", EXAMPLES / "penguins.csv", "--target", "species").out
    assert said.startswith("species from penguins.csv: 10 -> 16 relu -> 3 softmax" if "year" not in said else "species")
    assert "What it learned, on the 52 test rows, which the training never saw" in said
    assert "Saved in runs/penguins\n" in said
    run = load("runs/penguins")
    assert run.metrics("test")["accuracy"] >= 0.95


def test_what_is_done_with_each_column_is_said_first(shell: Shell) -> None:
    rows = "".join(f"car{row},{row} hp,{row % 7 or ''},{row * row}\n" for row in range(40))
    shell.write("cars.csv", "name,power,doors,price\n" + rows)
    said = shell.done("train", "cars.csv", "--target", "price").out
    assert re.search(r"^doors +numbers from 1 to 6 +6, filled with the median +input$", said, re.MULTILINE)
    assert "power is left out: it has 40 different words in 40 rows, such as '0 hp'" in said
    columns = shell.done("train", "cars.csv", "--target", "price", "--json").json["columns"]
    assert [each["used_as"] for each in columns] == ["left out", "left out", "input", "target"]
    assert shell.done("train", "xor.toml", "--epochs", "1", "--json").json["columns"] == []


def test_each_run_has_a_folder_of_its_own(shell: Shell) -> None:
    folders = [shell.done("train", "xor.toml", "-q", "--epochs", "2").out for _ in range(3)]
    assert folders == ["runs/xor\n", "runs/xor-2\n", "runs/xor-3\n"]


def test_commands_side_by_side_save_side_by_side(shell: Shell) -> None:
    ran = [process("train", "xor.toml", "-q", "--epochs", "9", "--seed", f"{n}", cwd=shell.folder) for n in range(3)]
    folders = [each.communicate(timeout=120)[0].strip() for each in ran]
    assert sorted(folders) == ["runs/xor", "runs/xor-2", "runs/xor-3"]
    assert [load(folder).experiment.training.seed for folder in folders] == [0, 1, 2]


def test_a_folder_is_taken_before_it_is_filled_and_given_back_when_it_is_not(shell: Shell) -> None:
    with reserved(Wish(Path("xor.toml"))) as first, reserved(Wish(Path("xor.toml"))) as second:
        assert (first, second) == (Path("runs/xor"), Path("runs/xor-2"))
        load(shell.done("train", "students.toml", "-q", "--epochs", "2").out.strip()).save(first)
    with pytest.raises(CannotWrite, match="the disk is full"), reserved(Wish(Path("xor.toml"))):
        raise CannotWrite("runs/xor-3", "the disk is full")
    assert sorted(path.name for path in Path("runs").iterdir()) == ["students", "xor", "xor-2"]
    assert load("runs/xor").position.epoch == 2


def test_options_take_the_place_of_settings_and_are_saved(shell: Shell) -> None:
    shell.done(
        *("train", "xor.toml", "-q", "--epochs", "3", "--seed", "11", "--learning-rate", "0.05", "--out", "a/b/run")
    )
    training = read_experiment("a/b/run/experiment.toml").training
    assert (training.epochs, training.seed, training.learning_rate) == (3, 11, 0.05)
    assert shell.read("a/b/run/run.json")["epochs"] == 3


def test_everything_as_json(shell: Shell) -> None:
    said = shell.done("train", "students.toml", "--json")
    found, run = said.json, load("runs/students")
    assert said.err == ""
    assert found["run"] == "runs/students"
    assert (found["network"], found["parameters"], found["ending"]) == ("1 -> 1 sigmoid", 2, "finished")
    assert found["weights"] == run.weights()
    assert found["history"] == [dict(row) for row in run.history.rows]
    assert found["metrics"]["training"] == run.metrics()


def test_a_nan_ends_with_1_and_keeps_what_was_learned(shell: Shell) -> None:
    shell.write("runaway.toml", RUNAWAY)
    said = shell("train", "runaway.toml")
    assert said.code == 1
    assert "\nWG501 epoch " in said.err
    assert "Training stopped: a value was no longer a finite number" in said.out
    assert "whygrad train runaway.toml --learning-rate 0.1\n" in said.out
    assert shell.read("runs/runaway/run.json")["fault"].startswith("WG501 ")
    found = shell("train", "runaway.toml", "--json")
    assert found.code == 1
    assert " ".join(found.json["fault"].split()) == found.line
    assert all(math.isfinite(row["loss"]) for row in found.json["history"])


def test_a_report_is_one_page_in_the_run(shell: Shell) -> None:
    said = shell.done("train", "students.toml", "--epochs", "20", "--report").out
    assert "Saved in runs/students; its page is runs/students/report.html\n" in said
    page = (shell.folder / "runs/students/report.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "Pass or fail" in page


@pytest.mark.parametrize("epochs", [0, 1])
def test_hardly_any_training_is_said_as_it_is(epochs: int, shell: Shell) -> None:
    said = shell.done("train", "moons.toml", "--epochs", str(epochs)).out
    assert f"({epochs} epoch{'s' * (epochs != 1)})" in said
    assert ("epoch  " in said) is (epochs > 0)


def test_a_batch_larger_than_the_data_is_all_rows(shell: Shell) -> None:
    shell.write("all.toml", XOR.replace('"per row"', "100"))
    said = " ".join(shell.done("train", "all.toml", "--epochs", "2").out.split())
    assert "batches of 100, so all 4 rows at once" in said

"""`whygrad predict`: a run's own rows, rows of a table, rows typed; thresholds and what they flip."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable

import pytest

from tests.cli.typed import EXAMPLES, Shell
from whygrad import load
from whygrad.cli.cells import Cell
from whygrad.cli.rows import Asked

Golden = Callable[[str, str], None]


@pytest.fixture
def ready(shell: Shell) -> Shell:
    """The trained students."""
    shell.done("train", "students.toml", "-q")
    return shell


def test_the_rows_of_the_run_and_a_threshold_that_flips_none(ready: Shell, golden: Golden) -> None:
    said = ready.done("predict", "runs/students", "--threshold", "0.6").out
    golden("cli/predict_students.txt", said)
    assert said.endswith("Threshold 0.6 instead of 0.5\nno row flips\n")


def test_two_and_a_half_hours_flip(ready: Shell, golden: Golden) -> None:
    words = ("predict", "runs/students", "--row", "hours=2.5", "--row", "hours = 4", "--threshold", "0.6")
    golden("cli/predict_typed.txt", ready.done(*words).out)
    found = ready.done(*words, "--json").json
    assert found["threshold"] == 0.6
    assert [(row["prediction"], row["flips"]) for row in found["rows"]] == [("0", True), ("1", False)]
    assert [round(row["outputs"]["passed"], 4) for row in found["rows"]] == [0.5614, 0.9988]


def test_a_column_is_read_once_however_many_rows_there_are(ready: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    whole = Asked.column

    def counted(asked: Asked, name: str) -> list[Cell]:
        read.append(name)
        return whole(asked, name)

    monkeypatch.setattr(Asked, "column", counted)
    ready.write("many.csv", "hours,passed\n" + "2.5,1\n" * 50)
    found = ready.done("predict", "runs/students", "many.csv", "--json").json
    assert len(found["rows"]) == 50
    assert found["rows"][49]["inputs"] == {"hours": 2.5}
    assert found["rows"][49]["target"] == {"passed": "1"}
    assert read == ["hours"]


def test_a_table_is_answered_without_the_data_of_the_run(shell: Shell) -> None:
    shutil.copy(EXAMPLES / "penguins.csv", shell.folder)
    shutil.copy(EXAMPLES / "penguins.toml", shell.folder)
    shell.done("train", "penguins.toml", "-q", "--epochs", "20")
    (shell.folder / "penguins.csv").rename(shell.folder / "elsewhere.csv")
    rows = (shell.folder / "elsewhere.csv").read_text(encoding="utf-8").splitlines()
    shell.write("new.csv", "\n".join([rows[0], rows[1], rows[200], rows[320]]) + "\n")
    said = shell.done("predict", "runs/penguins", "new.csv").out
    assert said.startswith("3 rows of new.csv\n")
    assert "\nline 2  " in said
    assert "3 of 3 right (100.0%)\n" in said
    assert max(map(len, said.splitlines())) <= 80
    refused = shell("predict", "runs/penguins")
    assert refused.code == 1
    assert refused.err.startswith("WG301 no file 'penguins.csv'")


def test_a_run_s_own_rows_say_their_part_and_not_all_are_printed(shell: Shell) -> None:
    shell.done("train", "moons.toml", "-q")
    said = shell.done("predict", "runs/moons").out
    table = [line.split() for line in said.splitlines() if line.startswith("row ")]
    run = load("runs/moons")
    assert len(table) == 20
    assert {line[2] for line in table} == {"training", "validation"}
    held = {int(row) for row in run.parts["validation"].rows}
    assert {int(line[1]) for line in table if line[2] == "validation"} == {row for row in held if row < 20}
    assert "... and 40 more rows: --out FILE.csv writes all\n" in said
    right = re.findall(r"^(\w+): (\d+) of (\d+) right", said, re.MULTILINE)
    assert [(part, int(rows)) for part, _, rows in right] == [("training", 48), ("validation", 12)]
    assert [int(many) / int(rows) for _, many, rows in right] == [run.metrics(part)["accuracy"] for part in run.parts]
    shell.done("predict", "runs/moons", "--out", "said.csv")
    rows = list(csv.DictReader((shell.folder / "said.csv").read_text(encoding="utf-8").splitlines()))
    assert {int(row["row"].removeprefix("row ")) for row in rows if row["part"] == "validation"} == held


def test_a_file_has_every_row_and_every_digit(ready: Shell) -> None:
    said = ready.done("predict", "runs/students", "--out", "said.csv").out
    assert said.endswith("All 4 rows are in said.csv\n")
    rows = list(csv.DictReader((ready.folder / "said.csv").read_text(encoding="utf-8").splitlines()))
    outputs = load("runs/students").predict({"hours": [1.0, 2.0, 3.0, 4.0]}).outputs[:, 0].tolist()
    assert [float(row["probability of 1"]) for row in rows] == outputs
    assert [(row["hours"], row["passed"], row["says"]) for row in rows] == [
        *(("1.0", "0", "0"), ("2.0", "0", "0"), ("3.0", "1", "1"), ("4.0", "1", "1"))
    ]
    ready.done("predict", "runs/students", "--out", "said.csv")


def test_each_class_has_a_column_in_a_file(shell: Shell) -> None:
    shell.done("train", EXAMPLES / "gaussians.toml", "--epochs", "2", "-q")
    shell.done("predict", "runs/gaussians", "--out", "said.csv")
    [head, first, *_] = csv.reader((shell.folder / "said.csv").read_text(encoding="utf-8").splitlines())
    assert head == ["row", "x1", "x2", "y", "probability of 0", "probability of 1", "probability of 2", "says"]
    assert sum(map(float, first[4:7])) == pytest.approx(1.0, abs=1e-12)


def test_numbers_are_said_in_their_own_units(shell: Shell) -> None:
    shell.done("train", EXAMPLES / "penguins.csv", "--target", "body_mass_g", "-q", "--epochs", "3")
    found = shell.done("predict", "runs/penguins", "--json").json["rows"]
    assert 2000 < found[0]["prediction"][0] < 6500
    assert found[0]["target"] == {"body_mass_g": 3750.0}
    assert "mean absolute error " in shell.done("predict", "runs/penguins").out


@pytest.mark.parametrize(
    ("row", "code"),
    [("sex=male,island=Bisco", "WG322"), ("bill_length_mm=long", "WG322"), ("beak=1", "WG808"), ("=3", "WG807")],
)
def test_a_row_that_cannot_be_answered_prints_nothing(row: str, code: str, shell: Shell) -> None:
    shell.done("train", EXAMPLES / "penguins.toml", "-q", "--epochs", "1")
    said = shell("predict", "runs/penguins", "--row", row)
    assert (said.code, said.out, said.err[:5]) == (1, "", code)

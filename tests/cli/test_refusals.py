"""Every WG8xx by its words, which stand in refusals.txt below the commands that lead to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.typed import EXAMPLES, RUNAWAY, XOR, Shell, process

FULL = Path("/dev/full")
CASES = (Path(__file__).parent / "refusals.txt").read_text(encoding="utf-8").strip().split("\n\n")


@pytest.fixture
def ready(shell: Shell) -> Shell:
    """Beside the experiments two tables, a page and two runs of four epochs."""
    shell.write("table.csv", "study,sleep,passed\n1,5,no\n2,6,no\n3,7,yes\n4,8,yes\n")
    shell.write("names.csv", "name,passed\nAda,no\nBob,no\nCid,yes\nDan,yes\n")
    shell.write("wide.toml", XOR.replace("2 -> 8", "3 -> 8"))
    shell.write("lone.toml", RUNAWAY.replace("1 -> 8 relu -> 1", "in -> 8 relu -> out softmax"))
    shell.write("cut.toml", RUNAWAY.replace("[training]", "[training]\nthreshold = 0.3"))
    shell.write("long.toml", RUNAWAY.replace('"linear"', '{ name = "linear", rows = 300 }').replace("20", "0"))
    shell.write("page.html", "")
    shell.write("sheet.xlsx", "")
    shell.done("train", "students.toml", "--epochs", "4", "--out", "run", "-q")
    shell.done("train", "xor.toml", "--epochs", "4", "--out", "numbers", "-q")
    return shell


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.partition("\n")[0].removeprefix("$ whygrad "))
def test_what_a_refusal_says(case: str, ready: Shell) -> None:
    command, _, said = case.partition("\n")
    found = ready(*command.removeprefix("$ whygrad ").split())
    if "FOLDER" in said:  # whose length decides where lines are broken
        assert found.line.replace(str(ready.folder), "FOLDER").split() == said.split()
    else:
        assert found.err == f"{said}\n"
    assert (found.code, found.out) == (1, "")


def test_every_code_of_the_command_line_is_among_them() -> None:
    codes = {case.partition("\n")[2][:5] for case in CASES}
    assert {f"WG8{number:02}" for number in range(1, 15)} - {"WG811", "WG812"} <= codes


def test_an_error_for_a_program_is_a_document(shell: Shell) -> None:
    said = shell("train", "students", "--json")
    assert said.json == {
        "error": {
            "code": "WG801",
            "what": "students does not exist",
            "why": "expected an experiment (.toml), a table (.csv, .tsv, .parquet) or the folder of a saved run",
            "try": "did you mean students.toml?",
        }
    }
    assert said.err.startswith("WG801 students does not exist\n")
    assert said.code == 1


@pytest.mark.skipif(not FULL.exists(), reason="the system has no device that is always full")
@pytest.mark.parametrize("words", [("schema",), ("show", "xor.toml"), ("show", "xor.toml", "--json")])
def test_a_full_disk_is_an_error_of_two_lines(words: tuple[str, ...], shell: Shell) -> None:
    with FULL.open("w") as full, process(*words, cwd=shell.folder, stdout=full) as ran:
        assert ran.stderr is not None
        said = ran.stderr.read()
    assert said.startswith("WG811 the output: No space left on device\n  why: the system refused it\n  try: make room")
    assert ran.returncode == 1


def test_a_refused_command_leaves_nothing_behind(ready: Shell) -> None:
    before = sorted(ready.folder.rglob("*"))
    ready("new", "a.toml", "--from", "table.csv")
    ready("train", "table.csv", "--target", "grade")
    ready("predict", "run", "--row", "hour=1", "--out", "said.csv")
    assert sorted(ready.folder.rglob("*")) == before


def test_a_threshold_for_three_classes(shell: Shell) -> None:
    shell.done("train", EXAMPLES / "gaussians.toml", "--epochs", "1", "--out", "run", "-q")
    assert "this run predicts 3 classes, each with a probability" in shell("predict", "run", "--threshold", "0.6").line

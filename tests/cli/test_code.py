"""`whygrad code`: on paper, in a file with its rows beside it, as JSON; its lines are those of `whygrad train`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.typed import EXAMPLES, Shell

ALONE = "import runpy, sys; sys.modules['whygrad'] = None; runpy.run_path(sys.argv[1], run_name='__main__')"


def run_alone(program: Path) -> list[str]:
    """What a program prints in an interpreter that has no whygrad."""
    done = subprocess.run([sys.executable, "-c", ALONE, program], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.mark.parametrize("language", ["python", "numpy"])
def test_the_lines_are_those_of_train(language: str, shell: Shell) -> None:
    said = shell.done("code", "xor.toml", "--to", language, "--out", "program.py").out
    assert said == "Written to program.py\n"
    lines = run_alone(shell.folder / "program.py")
    trained = shell.done("train", "xor.toml").lines
    start = next(place for place, line in enumerate(trained) if line.startswith("epoch"))
    assert lines[1:-1] == [line[: len(lines[1])] for line in trained[start + 1 : start + len(lines) - 1]]
    assert trained[start].startswith(lines[0])


def test_what_is_printed_is_what_is_written(shell: Shell) -> None:
    printed = shell.done("code", "students.toml", "--to", "numpy").out
    shell.done("code", "students.toml", "--to", "numpy", "--out", "students.py")
    assert printed == (shell.folder / "students.py").read_text(encoding="utf-8")
    assert shell.done("code", "students.toml", "--to", "numpy", "--json").json == {
        "program": printed,
        "language": "numpy",
        "file": None,
        "rows": None,
    }


def test_rows_that_are_too_many_lie_beside_it(shell: Shell) -> None:
    said = shell.done("code", EXAMPLES / "penguins.toml", "--to", "numpy", "--out", "birds/penguins.py").out
    assert said == "Written to birds/penguins.py, its rows to birds/penguins_rows.csv\n"
    rows = (shell.folder / "birds/penguins_rows.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0].startswith("island=Biscoe,island=Dream")
    assert len(rows) == 1 + 274
    trained = shell.done("train", EXAMPLES / "penguins.toml").out
    lines = run_alone(shell.folder / "birds/penguins.py")
    assert all(f"\n{line}" in trained for line in lines)
    assert len(lines) > 5


def test_a_file_that_is_there_is_left_alone(shell: Shell) -> None:
    shell.write("mine.py", "print('mine')\n")
    said = shell("code", "xor.toml", "--out", "mine.py")
    assert said.code == 1
    assert said.err == (
        "WG806 mine.py is there already and is left as it is\n  try: give another name, or delete the file first\n"
    )
    assert (shell.folder / "mine.py").read_text(encoding="utf-8") == "print('mine')\n"


def test_rows_that_are_there_are_left_alone(shell: Shell) -> None:
    shell.write("penguins_rows.csv", "mine")
    said = shell("code", EXAMPLES / "penguins.toml", "--to", "numpy", "--out", "penguins.py")
    assert said.err.startswith("WG806 penguins_rows.csv is there already")
    assert not (shell.folder / "penguins.py").exists()


def test_a_saved_run_is_printed_as_it_was_asked_for(shell: Shell) -> None:
    shell.done("train", "students.toml", "--epochs", "30", "--out", "run", "-q")
    text = shell.done("code", "run").out
    assert "for epoch in range(30):" in text
    assert "`whygrad code run --to python`" in text
    assert "`whygrad train run --resume`" in text


def test_a_training_that_a_nan_stopped_has_the_epochs_before_it(shell: Shell) -> None:
    text = (shell.folder / "xor.toml").read_text(encoding="utf-8").replace("learning_rate = 0.1", "learning_rate = 3.0")
    shell.write("wild.toml", text)
    program = shell.done("code", "wild.toml", "--to", "numpy").out
    assert "for epoch in range(101):" not in program


def test_the_readme_quotes_it(shell: Shell) -> None:
    readme = (EXAMPLES.parent / "README.md").read_text(encoding="utf-8")
    quoted = readme.partition("From its middle:\n\n")[2].partition("\n\n`--to numpy`")[0].splitlines()
    program = [line.strip() for line in shell.done("code", EXAMPLES / "notes-222.toml").lines]
    start = program.index(quoted[0].strip())
    assert program[start : start + len(quoted)] == [line.strip() for line in quoted]


@pytest.mark.parametrize(
    ("engine", "head"), [("python", "def train(state, epochs, "), ("numpy", "def make_step(state, ")]
)
def test_the_code_that_an_engine_runs_is_shown(engine: str, head: str, shell: Shell) -> None:
    printed = shell.done("code", "xor.toml", "--engine", engine).out
    compile(printed, "shown", "exec")
    assert head in printed
    assert printed.startswith(f"# `whygrad train xor.toml --engine {engine}` runs this; it is ")
    shell.done("code", "xor.toml", "--engine", engine, "--out", "engine.py")
    assert (shell.folder / "engine.py").read_text(encoding="utf-8") == printed

"""`whygrad lab FILE --record OUT.html`: the run as a file."""

from __future__ import annotations

import json

import pytest

from tests.cli.typed import Shell


@pytest.fixture
def short(shell: Shell) -> Shell:
    """An experiment of four updates."""
    text = (shell.folder / "students.toml").read_text(encoding="utf-8")
    lines = ["epochs = 1" if line.startswith("epochs") else line for line in text.splitlines()]
    shell.write("short.toml", "\n".join(lines))
    return shell


def test_it_writes_one_file_and_says_what_is_in_it(short: Shell) -> None:
    said = short.done("lab", "short.toml", "--record", "run.html")
    assert said.lines[0] == "Recorded in run.html, which opens in any browser without a network."
    assert said.lines[1] == "This is a recorded run of 4 updates: every one is here, move by move."
    page = (short.folder / "run.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert sorted(each.name for each in short.folder.iterdir() if "run" in each.name) == ["run.html"]


def test_a_program_gets_a_document_and_a_file_that_is_there_is_replaced(short: Shell) -> None:
    short.write("run.html", "before")
    said = short.done("lab", "short.toml", "--record", "run.html", "--json").json
    assert said["file"] == "run.html"
    assert said["updates"] == 4
    assert said["bytes"] == (short.folder / "run.html").stat().st_size
    assert said["words"][0].startswith("This is a recorded run of 4 updates")
    json.dumps(said)


def test_a_saved_run_is_recorded_as_far_as_it_was(short: Shell) -> None:
    short.done("train", "students.toml", "--epochs", "2", "--out", "run", "-q")
    said = short.done("lab", "run", "--record", "two.html")
    assert "a recorded run of 8 updates" in said.out


def test_an_experiment_that_ends_early_is_recorded_to_its_end(short: Shell) -> None:
    text = (
        (short.folder / "short.toml").read_text(encoding="utf-8").replace("epochs = 1", "epochs = 9\nstop_below = 9.0")
    )
    short.write("early.toml", text)
    said = short.done("lab", "early.toml", "--record", "run.html")
    assert "a recorded run of 4 updates" in said.out
    assert "The run ended early: the loss fell below 9 after 1 epoch." in said.out


def test_what_it_refuses_leaves_no_file(short: Shell) -> None:
    assert short("lab", "short.toml", "--record", "run.htm").line.startswith(
        "WG701 no recording can be written to run.htm"
    )
    found = short("lab", "short.toml", "--record", "run.html", "--port", "9000")
    assert (found.code, "it opens no lab" in found.line) == (2, True)
    short.write("file", "")
    assert short("lab", "short.toml", "--record", "file/run.html").line.startswith("WG606")
    assert not [each for each in short.folder.iterdir() if each.suffix in (".htm", ".html")]

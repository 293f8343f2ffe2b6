"""`whygrad check`: in the terminal, in files, as JSON, and how it leaves."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from whygrad.cli import main

NOTES = "examples/notes/notes-222.md"


def typed(*words: str) -> int:
    """The exit code of a command line."""
    with pytest.raises(SystemExit) as left:
        main(["check", *words])
    return int(left.value.code or 0)


def test_errors_are_shown_line_by_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(NOTES) == 1
    out = capsys.readouterr().out
    lines = out.splitlines()
    assert max(map(len, lines)) <= 80
    place = next(number for number, line in enumerate(lines) if line.startswith("16 "))
    assert [line.strip() for line in lines[place : place + 3]] == [
        "16  ✗ wrong        net_H1 = (0.15)(0.05) + (0.20)(0.10) + b = 0.3825",
        "right: 0.3775",
        "What is written is right; the number beside it is that of",
    ]
    assert "19  ↳ follows      out_H2 = 0.5963" in out
    assert lines[-1] == "5 errors. 20 right, 2 slips of a last digit, 5 follow from errors."


def test_right_notes_leave_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert typed("examples/notes/live-221.md") == 0
    assert capsys.readouterr().out.splitlines()[-1] == "No errors. 23 right (1 by rounding)."


def test_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(NOTES, "--json") == 1
    record = json.loads(capsys.readouterr().out)
    assert record["errors"] == 5
    assert record["counts"]["follows"] == 5
    found = next(each for each in record["marks"] if each["line"] == 23)
    assert (found["verdict"], found["causes"][0]["name"]) == ("wrong", "bias-left-out")
    assert found["right"] == pytest.approx(1.13575, abs=5e-7)


@pytest.mark.parametrize(
    ("ending", "begins"),
    [(".md", "# examples"), (".html", "<!doctype"), (".txt", "examples/"), (".xml", "<?xml"), (".json", "{")],
)
def test_a_files_ending_says_its_format(ending: str, begins: str, tmp_path: Path) -> None:
    file = tmp_path / f"marked{ending}"
    assert typed(NOTES, "--out", str(file)) == 1
    text = file.read_text(encoding="utf-8")
    assert text.lower().startswith(begins)
    assert "1.1357" in text or "1.1358" in text


def test_another_network_and_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("h1 ≈ 0.5474".encode()), encoding="utf-8"))
    assert typed("-", "--network", "examples/live-221.toml") == 0
    assert "1 right" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        (("nowhere.md",), "WG1107"),
        (("examples/notes/live-221.md", "--network", "nowhere.toml"), "nowhere.toml"),
        (("examples/notes/live-221.md", "--out", "marked.pdf"), "WG701"),
        (("examples/notes/live-221.md", "--out", "marked.csv"), "WG701"),
        (("examples/notes", "--hints", "1"), "WG1111"),
        (("examples/notes", "--watch"), "WG1111"),
        (("-", "--watch"), "WG1111"),
        (("examples/notes/live-221.md", "--watch", "--json"), "WG1111"),
        (("examples/notes/live-221.md", "--hints", "4"), "hints"),
        (("examples/notes/live-221.md", "--network", "examples/deep-sigmoid.toml"), "WG1109"),
    ],
)
def test_what_cannot_be_read_leaves_with_2(
    words: tuple[str, ...], seen: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(*words) == 2
    assert seen in capsys.readouterr().err


def test_an_unreadable_file_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert typed("nowhere.md", "--json") == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "WG1107"


def test_what_does_not_go_together(capsys: pytest.CaptureFixture[str]) -> None:
    assert typed("examples/notes", "--hints", "1") == 2
    assert capsys.readouterr().err == (
        "WG1111 --hints does not go with a folder\n"
        "  why: the table of a folder tells errors and their causes\n"
        "  try: ask for the hints of each file\n"
    )


def test_points_and_hints(capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(NOTES, "--teacher") == 1
    assert "Points: 17 of 25" in capsys.readouterr().out
    assert typed(NOTES, "--hints", "2") == 1
    out = capsys.readouterr().out
    assert "Is a net made of products alone?" in out
    assert "1.1358" not in out


def test_junit_beside_what_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(NOTES, "--junit", str(tmp_path / "marks.xml")) == 1
    out = capsys.readouterr().out
    assert "5 errors." in out
    assert "Written to" in out
    assert (tmp_path / "marks.xml").read_text(encoding="utf-8").count("<failure") == 5


def test_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed("examples/notes") == 1
    said = capsys.readouterr()
    assert "3 files: 2 without errors, 1 with errors." in said.out
    assert said.err == ""
    assert typed("examples/notes", "--json", "--out", str(tmp_path / "table.csv"), "--teacher") == 1
    assert len(json.loads(capsys.readouterr().out)["files"]) == 3
    header = (tmp_path / "table.csv").read_text(encoding="utf-8").splitlines()[0]
    assert (
        header == "file,errors,right,follows,slips,not judged,unread,points,of,first error in line,written,why,not read"
    )


def test_the_worst_file_decides(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(11):
        (tmp_path / f"{number}.md").write_text("2 * 3 = 6\n")
    assert typed(str(tmp_path)) == 0
    assert [line.partition(" ")[0] for line in capsys.readouterr().err.splitlines()][-1] == "10"
    (tmp_path / "1.md").write_text("2 * 3 = 7\n")
    assert typed(str(tmp_path)) == 1
    (tmp_path / "2.md").write_bytes(b"%PDF-1.7")
    assert typed(str(tmp_path)) == 2


OWN = Path(__file__).parents[1] / "extend" / "own_rules.py"


def test_ones_own_misconceptions_are_looked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text("net_H1 = 0.15 * 0.05 + 0.20 * 0.10 - 0.35 = -0.3225\n", encoding="utf-8")
    words = (str(notes), "--network", "examples/notes-222.toml")
    assert typed(*words, "--misconceptions", str(OWN)) == 1
    assert "The bias is subtracted" in capsys.readouterr().out
    assert typed(*words) == 1
    assert "The bias is subtracted" not in capsys.readouterr().out
    assert typed(*words, "--misconceptions", str(tmp_path / "none.py")) == 2
    assert "WG1125" in capsys.readouterr().err

"""`whygrad exercise`: which files it writes, what it says, and what it does not write over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.typed import Shell

ONE = ("exercise", "--network", "2-2-1", "--seed", "7")


def test_a_sheet_and_its_key(shell: Shell) -> None:
    said = shell.done(*ONE)
    assert said.lines == [
        "Exercise 7: 31 numbers to work out, each with 4 decimals",
        "  exercise-7.md",
        "  exercise-7-key.md",
        "",
        "When it is filled in",
        "  whygrad check exercise-7.md",
    ]
    assert shell.done("check", "exercise-7.md").lines[-1] == "No errors. 13 right, 31 not filled in."
    assert shell.done("check", "exercise-7-key.md").lines[-1].startswith("No errors. 44 right")


def test_a_solution_to_check(shell: Shell) -> None:
    said = shell.done(*ONE, "--plant", "bias-left-out", "--out", "week3")
    assert "  week3/exercise-7-wrong.md" in said.lines
    assert "Planted: bias-left-out at " in said.out
    found = shell("check", "week3/exercise-7-wrong.md")
    assert found.code == 1
    assert found.lines[-1].startswith("1 error. ")


def test_a_filled_sheet_is_not_written_over(shell: Shell) -> None:
    shell.done(*ONE)
    shell.done(*ONE)  # the same text
    sheet, key = shell.folder / "exercise-7.md", shell.folder / "exercise-7-key.md"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("____", "0.5"), encoding="utf-8")
    key.unlink()
    said = shell(*ONE)
    assert said.code == 1
    assert "WG1119 exercise-7.md is there already" in said.line
    assert not key.exists()
    shell.done(*ONE, "--force")
    assert "____" in sheet.read_text(encoding="utf-8")


def test_paper_has_its_network_beside_it(shell: Shell) -> None:
    said = shell.done(*ONE, "--out", "sheet.html")
    assert said.lines[1:4] == ["  sheet.html", "  sheet-key.html", "  sheet.toml"]
    assert said.lines[-1] == "  whygrad check typed.md --network sheet.toml"
    (shell.folder / "typed.md").write_text("net_h1 = 0.1600\nout_h1 = 0.5399\n", encoding="utf-8")
    assert shell.done("check", "typed.md", "--network", "sheet.toml").lines[-1].startswith("No errors. 2 right")


def test_as_json(shell: Shell) -> None:
    found = shell.done(*ONE, "--json", "--plant", "M101").json
    assert (found["digits"], found["part"], len(found["blanks"])) == (4, "all", 31)
    assert found["blanks"][0] == {"name": "net_h1", "value": "0.1600"}
    assert found["files"] == ["exercise-7.md", "exercise-7-key.md", "exercise-7-wrong.md"]
    assert found["planted"]["name"] == "bias-left-out"


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ((), "give FILE or --network, one of them"),
        (("x.toml", "--network", "2-1"), "give FILE or --network, one of them"),
        (("x.toml", "--activation", "tanh"), "belong to --network"),
        (("--network", "2-1", "--keep-numbers"), "it belongs to FILE"),
        (("--network", "2-1", "--loss", "squared"), '"squared" is no loss'),
    ],
)
def test_commands_that_cannot_be_understood(words: tuple[str, ...], seen: str, shell: Shell) -> None:
    said = shell("exercise", *words)
    assert said.code == 2
    assert seen in said.line


def test_a_file_of_another_kind(shell: Shell) -> None:
    assert "WG701" in shell(*ONE, "--out", "sheet.pdf").line
    assert "WG1116" in shell("exercise", "--network", "2-x").line

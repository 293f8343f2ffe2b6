"""`whygrad explain`: in the terminal, in a file, as JSON, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from whygrad import train
from whygrad.cli import main

NOTES = "examples/notes-222.toml"


def typed(*words: str) -> int:
    """The exit code of a command line."""
    with pytest.raises(SystemExit) as left:
        main(["explain", *words])
    return int(left.value.code or 0)


def test_one_weight(capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(NOTES, "--of", "w1") == 0
    out = capsys.readouterr().out
    assert "Why dE/dw1 is 0.000447976" in out
    assert "Path 2 of 2" in out
    assert max(map(len, out.splitlines())) <= 80


def test_the_whole_step_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(NOTES, "--json") == 0
    page = json.loads(capsys.readouterr().out)
    assert [section["title"] for section in page["sections"]][:2] == ["Forward pass", "Loss"]


@pytest.mark.parametrize(("ending", "begins"), [(".md", "# Why"), (".tex", "\\documentclass"), (".html", "<!doctype")])
def test_a_files_ending_says_its_format(ending: str, begins: str, tmp_path: Path) -> None:
    file = tmp_path / f"why{ending}"
    assert typed(NOTES, "--of", "w5", "--out", str(file)) == 0
    assert file.read_text(encoding="utf-8").lower().startswith(begins.lower())


def test_a_run_is_explained_where_it_stands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = train("examples/live-221.toml")
    folder = run.save(tmp_path / "run")
    assert typed(str(folder), "--of", "w1") == 0
    assert f"epoch {run.position.epoch}, batch 0" in capsys.readouterr().out
    assert typed(str(folder), "--of", "w1", "--epoch", "0") == 0
    assert "Why dE/dw1 is -0.0050752" in capsys.readouterr().out


def test_an_unknown_name_says_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(NOTES, "--of", "net_h1") == 1
    assert "did you mean 'net_H1'?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        (("--of", "w5", "--digits", "3"), "Why dE/dw5 is 0.0815"),
        (("--of", "w5", "--fixed", "--digits", "3"), "Why dE/dw5 is 0.082"),
        (("--of", "w5", "--exact"), "Why dE/dw5 is 0.08153409287327026"),
        (("--of", "w5", "--as-by-hand", "--digits", "3"), "Why dE/dw5 is 0.0812"),
        (("--as-by-hand", "--digits", "4"), "One step, worked by hand"),
        (("--of", "w5", "--nudge", "0.5", "--nudge", "-0.5"), "     -0.5"),
        (("--of", "w5", "--format", "latex-fragment"), "\\section*{Why dE/dw5 is 0.0815341}"),
    ],
)
def test_options_do_what_they_say(words: tuple[str, ...], seen: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(NOTES, *words) == 0
    out = capsys.readouterr().out
    assert seen in out
    assert "documentclass" not in out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--exact", "--fixed"), "it leaves nothing to round"),
        (("--exact", "--as-by-hand"), "it leaves nothing to round"),
        (("--of", "w5", "--nudge", "0"), "a parameter is moved by a number other than 0"),
        (("--of", "w5", "--nudge", "inf"), "a parameter is moved by a number other than 0"),
    ],
)
def test_options_that_contradict_are_refused(
    words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(NOTES, *words) == 2
    assert told in capsys.readouterr().err


def test_a_jacobian_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(NOTES, "--jacobian") == 1
    assert "WG402 this network does not learn a softmax with cross-entropy" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("--nudge", "0.1"),
            """WG403 --nudge has no place in the derivation of the whole step
  why: only a parameter can be moved
  try: ask for a parameter's gradient, such as --of w1, or leave --nudge out
""",
        ),
        (
            ("--of", "out_H1", "--paths", "2"),
            """WG403 --paths has no place in the derivation of out_H1
  why: paths lead from the loss to a quantity with a gradient
  try: ask for a gradient, such as --of w1, or leave --paths out
""",
        ),
        (
            ("--of", "net_H1", "--jacobian"),
            """WG403 --jacobian has no place in the derivation of net_H1
  why: a softmax is derived in full in a whole step or a gradient
  try: ask for one of these, or leave --jacobian out
""",
        ),
        (
            ("--of", "dE/dnet_H1", "--nudge", "0.1"),
            """WG403 --nudge has no place in the derivation of dE/dnet_H1
  why: only a parameter can be moved
  try: ask for a parameter's gradient, such as --of w1, or leave --nudge out
""",
        ),
        (
            ("--of", "w5", "--as-by-hand", "--nudge", "0.1"),
            """WG403 --nudge has no place in the derivation of dE/dw5 by hand
  why: what is worked by hand is the derivation alone
  try: leave --as-by-hand out, or leave --nudge out
""",
        ),
    ],
)
def test_an_option_without_a_place_in_the_answer_is_refused(
    words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(NOTES, *words) == 1
    assert capsys.readouterr().err == told


def test_a_file_of_an_unknown_kind_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "why.pdf"
    assert typed(NOTES, "--of", "w5", "--out", str(file)) == 1
    told = " ".join(capsys.readouterr().err.split())
    assert "WG701 no derivation can be written to" in told
    assert "the suffix says the format: .txt, .md, .tex, .html; here it is '.pdf'" in told
    assert not file.exists()

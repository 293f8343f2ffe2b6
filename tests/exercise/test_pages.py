"""The sheet, filled in, and the key are right throughout; a blank is no error."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.exercise.sheets import (
    EXAMPLES,
    FEW,
    MORE,
    NOTES_222,
    Case,
    answers,
    checked,
    filled,
    of_sizes,
    verdicts,
)
from whygrad.pipeline.exercising import Page, exercise
from whygrad.spec import parse_experiment

if TYPE_CHECKING:
    from pathlib import Path

RIGHT = {"right", "right by rounding"}


def is_right_throughout(case: Case, seed: int) -> None:
    found = of_sizes(*case, seed)
    key, sheet = found.markdown(Page.KEY), found.markdown(Page.SHEET)
    asked = len(found.answers())
    assert set(verdicts(key)) <= RIGHT
    assert len(verdicts(key)) > asked
    empty = checked(sheet)
    assert sum(each.verdict.value == "not filled in" for each in empty.marks) == asked == sheet.count("____")
    assert not empty.errors
    full = verdicts(filled(sheet, answers(found)))
    assert set(full) <= RIGHT
    assert len(full) == len(empty.marks)


@pytest.mark.parametrize("case", FEW, ids=str)
def test_key_and_filled_sheet_are_right(case: Case) -> None:
    is_right_throughout(case, 1)


@pytest.mark.long
@pytest.mark.parametrize("case", MORE, ids=str)
def test_many_keys_and_filled_sheets_are_right(case: Case) -> None:
    for seed in range(12):
        is_right_throughout(case, seed)


@pytest.mark.parametrize("name", ["notes-222", "live-221", "xor", "students", "concepts/relu"])
def test_the_network_of_a_file_with_other_numbers(name: str) -> None:
    found = exercise(EXAMPLES / f"{name}.toml", seed=5)
    assert set(verdicts(found.markdown(Page.KEY))) <= RIGHT
    parse_experiment(found.toml(), "exercise")


def test_the_numbers_of_a_file_may_stay() -> None:
    found = exercise(NOTES_222, keep_numbers=True)
    assert "w1 = 0.15 from x1, w2 = 0.2 from x2, b1 = 0.35" in found.markdown(Page.SHEET)
    assert answers(found)["net_H1"] == "0.3775"
    assert answers(found)["out_Y1"] == "0.7569"


@pytest.mark.parametrize(
    ("part", "asked", "given"),
    [
        ("forward", "net_h1 = ____", "dE/dnet_o1"),
        ("backward", "dE/dw1 = ____", "w1_new"),
        ("update", "w1_new = ____", "dE/dw1 = ____"),
    ],
)
def test_a_part_of_a_step(part: str, asked: str, given: str) -> None:
    found = of_sizes(*FEW[0], 3, part)
    sheet = found.markdown(Page.SHEET)
    assert asked in sheet
    assert given not in sheet
    assert ("- net_h1 = ____" in sheet) == (part == "forward")
    assert set(verdicts(filled(sheet, answers(found)))) <= RIGHT


def test_the_sheet_as_it_is_printed() -> None:
    text = of_sizes(*FEW[0], 7).markdown(Page.SHEET)
    assert text.startswith("# Exercise 7\n\nOne step of training of a 2-2-1 network with sigmoid units.")
    assert re.search(r"- into h1 \(sigmoid\): w1 = \S+ from x1, w2 = \S+ from x2, b1 = \S+\n", text)
    assert "Fill in every blank with 4 decimals." in text
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert headings == [
        "Given",
        "Forward pass",
        "Loss",
        "Backward pass",
        "Gradients of the weights and biases",
        "Update",
        "For the checker",
    ]


def test_a_sheet_on_paper_has_no_answer_in_it() -> None:
    found = of_sizes(*FEW[0], 7)
    sheet = found.html(Page.SHEET)
    assert sheet.count('class="blank"') == len(found.answers())
    assert "<svg" in sheet
    for each in found.answers():
        assert f'value="{float(each.value)}"' not in sheet
        assert each.value not in sheet
    assert found.html(Page.KEY).count('class="blank"') == 0


@pytest.mark.long
@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
@pytest.mark.parametrize("case", FEW, ids=str)
def test_latex_compiles_within_its_margins(case: Case, tmp_path: Path) -> None:
    found = of_sizes(*case, 1)
    for page in (Page.SHEET, Page.KEY):
        (tmp_path / "page.tex").write_text(found.latex(page), encoding="utf-8")
        command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "page.tex"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-2000:]
        assert "Overfull" not in done.stdout

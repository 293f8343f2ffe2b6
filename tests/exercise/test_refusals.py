"""Every error of an exercise by its words."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import pytest

from tests.exercise.sheets import EXAMPLES
from whygrad.errors import exercise as errors
from whygrad.errors.exercise import ExerciseError, ExerciseThere
from whygrad.pipeline.exercising import Asking, exercise

if TYPE_CHECKING:
    from pathlib import Path


def said(what: Asking | str, **more: object) -> str:
    with pytest.raises(ExerciseError) as caught:
        exercise(what if isinstance(what, Asking) else EXAMPLES / what, **more)  # type: ignore[arg-type]
    return str(caught.value).replace(f"{EXAMPLES}/", "")


def test_networks_that_nobody_works_out() -> None:
    assert said("penguins.toml") == (
        "WG1115 penguins.toml makes no exercise for paper\n"
        "  why: it has 227 weights and biases, and nobody works out more than 60\n"
        '  try: take a smaller one, such as --network "2-3-2"'
    )
    assert "layers that are not dense" in said("deep-norm.toml")
    assert "notes with elu cannot be checked" in said(Asking("2-2-1", "elu"))
    assert "nobody calculates with that on paper" in said("xor.toml", keep_numbers=True)


def test_numbers_of_a_step_of_several_rows_do_not_stay(tmp_path: Path) -> None:
    text = (EXAMPLES / "live-221.toml").read_text(encoding="utf-8").replace("[0.5]", "[0.5, 0.1]")
    text = text.replace("[0.8]", "[0.8, 0.2]").replace("y = [1]", "y = [1, 0]").replace('"per row"', '"all"')
    (tmp_path / "two.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ExerciseError, match="WG1115") as caught:
        exercise(tmp_path / "two.toml", keep_numbers=True)
    assert "its first step sees 2 rows" in str(caught.value)


@pytest.mark.parametrize("text", ["2-x", "5", "", "2 2 1"])
def test_no_network(text: str) -> None:
    assert said(Asking(text)) == (
        f'WG1116 "{text}" is no network\n'
        "  why: a network is given by the sizes of its layers, inputs first, or as an experiment has it\n"
        '  try: for example --network "2-2-1", or --network "2 -> 2 relu -> 1 sigmoid"'
    )


def test_no_friendly_numbers() -> None:
    assert said(Asking("1-1-1-1-1"), digits=2) == (
        "WG1117 the network 1-1-1-1-1: no friendly numbers were found in 600 tries\n"
        "  why: with 2 decimals some gradient is always too small to be worked out, or a unit saturated\n"
        "  try: --digits 3, fewer layers, or another activation"
    )


def test_no_such_misconception_and_none_that_fits() -> None:
    lines = said(Asking("1-1"), seed=1, part="update", plant="rate-left").split("\n")
    assert lines[0] == "WG1118 --plant rate-left: no such misconception"
    assert lines[1].startswith("  why: those that can are rate-left-out, rate-twice")
    assert lines[2] == "  try: did you mean rate-left-out?"
    lines = said(Asking("1-1"), seed=1, part="update", plant="gate-ignored").split("\n")
    assert lines[0] == "WG1118 --plant gate-ignored: it cannot be made in this exercise so that it alone shows"
    assert lines[2] == "  try: --plant rate-left-out"


def test_a_file_that_says_something_else() -> None:
    assert str(ExerciseThere("exercise-7.md")) == (
        "WG1119 exercise-7.md is there already and says something else\n"
        "  why: it may be a sheet that somebody has filled in\n"
        "  try: name another place with --out, or write over it with --force"
    )


def test_every_error_is_tested_here() -> None:
    codes = {each.code for _, each in inspect.getmembers(errors, inspect.isclass) if issubclass(each, ExerciseError)}
    assert codes - {"WG000"} == {f"WG11{number}" for number in range(15, 20)}

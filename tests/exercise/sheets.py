"""Exercises for the tests, and what somebody does with a sheet."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from whygrad.pipeline.exercising import Asking, Exercise, Page, exercise
from whygrad.pipeline.marking import check
from whygrad.spec import Loss

if TYPE_CHECKING:
    from collections.abc import Mapping

    from whygrad.check.marking import Marked
    from whygrad.spec import Activation

EXAMPLES = Path(__file__).parents[2] / "examples"
NOTES_222 = EXAMPLES / "notes-222.toml"
HALF = Loss("half-squared-error", "sum")
SQUARED = Loss("squared-error", "sum")
MEAN = Loss("squared-error", "mean")
TWO_CLASSES = Loss("binary-cross-entropy", "sum")
CLASSES = Loss("cross-entropy", "sum")
Case = tuple[str, "Activation", Loss]
FEW: tuple[Case, ...] = (
    ("2-2-1", "sigmoid", HALF),
    ("2-2-1", "relu", SQUARED),
    ("2-2-2", "tanh", MEAN),
    ("2-2-1", "sigmoid", TWO_CLASSES),
    ("2-2-3", "tanh", CLASSES),
    ("1-1", "sigmoid", HALF),
)
MORE: tuple[Case, ...] = (
    *FEW,
    ("2-2-2", "sigmoid", HALF),
    ("3-3-2", "relu", MEAN),
    ("2-3-2", "sigmoid", MEAN),
    ("1-2-1", "tanh", HALF),
    ("2-2-2-1", "sigmoid", HALF),
    ("2-3-3-1", "relu", HALF),
    ("2-2-2-2-1", "sigmoid", HALF),
    ("4-4-3", "sigmoid", HALF),
    ("3-5-2", "relu", SQUARED),
    ("2 -> 3 tanh -> 2 sigmoid", "sigmoid", SQUARED),
)


@cache
def of_sizes(sizes: str, activation: Activation, loss: Loss, seed: int, part: str = "all") -> Exercise:
    return exercise(Asking(sizes, activation, loss), seed=seed, part=part)


def checked(text: str) -> Marked:
    return check(text.encode()).marked


def verdicts(text: str) -> list[str]:
    return [each.verdict.value for each in checked(text).marks]


def filled(sheet: str, answers: Mapping[str, str]) -> str:
    """A sheet with every blank filled in by name."""
    lines = [filled_line(line, answers) for line in sheet.split("\n")]
    return "\n".join(lines)


def filled_line(line: str, answers: Mapping[str, str]) -> str:
    name, sign, blank = line.removeprefix("- ").partition(" = ")
    return f"- {name} = {answers[name]}" if sign and blank == "____" else line


def answers(found: Exercise) -> dict[str, str]:
    return {each.name: each.value for each in found.answers()}


__all__ = ["Page"]

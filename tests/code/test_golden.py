"""Whole programs, read by eye: what a person gets to read for the small examples."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.code.printed import COMMANDS, trained
from tests.examples.trained import asked_for
from whygrad.pipeline.program import printed_by, program

if TYPE_CHECKING:
    from whygrad import Run
    from whygrad.code import Language

WHOLE: list[tuple[str, Language]] = [
    ("xor", "python"),
    ("students", "python"),
    ("notes-222", "python"),
    ("notes-222", "numpy"),
    ("notes-222", "pytorch"),
    ("notes-222", "jax"),
    ("chain-depth", "python"),
]
MOST_COLUMNS = 100


@cache
def example(name: str) -> Run:
    return trained(asked_for(name))


def text(name: str, language: Language) -> str:
    run = example(name)
    return program(run, language, printed_by(run), COMMANDS).text


@pytest.mark.parametrize(("name", "language"), WHOLE)
def test_a_whole_program(name: str, language: Language, golden: Callable[[str, str], None]) -> None:
    golden(f"code/{name}_{language}.txt", text(name, language))


@pytest.mark.parametrize("language", ["python", "numpy", "pytorch", "jax"])
@pytest.mark.parametrize("name", ["xor", "overfit-cured", "sine"])
def test_its_lines_fit(name: str, language: Language) -> None:
    assert max(map(len, text(name, language).splitlines())) <= MOST_COLUMNS


def test_the_tutorial_is_about_sixty_lines() -> None:
    assert len(text("xor", "python").splitlines()) < 75


def test_no_line_computes_what_nobody_reads() -> None:
    """Each name that a step of the program gives to a value is used again."""
    import re

    for name, language in WHOLE:
        words = re.findall(r"\b[A-Za-z_]\w*\b", text(name, language))
        given = re.findall(r"^ +(\w+) = ", text(name, language), re.MULTILINE)
        assert [each for each in given if words.count(each) < 2] == []

"""From a recipe to the text of a program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.code.in_numpy import NumpyProgram

if TYPE_CHECKING:
    from whygrad.code.recipe import Language, Recipe
    from whygrad.code.whole import Program

PROGRAMS: dict[Language, type[Program]] = {"numpy": NumpyProgram}


def program(recipe: Recipe, language: Language) -> str:
    """The experiment as a program that stands by itself, in one of the languages."""
    return PROGRAMS[language](recipe).text()

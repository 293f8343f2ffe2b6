"""From a recipe to the text of a program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.code.in_jax import JaxProgram
from whygrad.code.in_lists import ListProgram
from whygrad.code.in_numpy import NumpyProgram
from whygrad.code.in_pytorch import TorchProgram
from whygrad.code.in_scalars import ScalarProgram, fits

if TYPE_CHECKING:
    from whygrad.code.recipe import Language, Recipe
    from whygrad.code.whole import Program

PROGRAMS: dict[Language, type[Program]] = {"numpy": NumpyProgram, "pytorch": TorchProgram, "jax": JaxProgram}


def program(recipe: Recipe, language: Language) -> str:
    """The experiment as a program that stands by itself, in one of the languages."""
    if language == "python":
        small = recipe.single if fits(recipe) else None
        return (ScalarProgram(recipe, small) if small else ListProgram(recipe)).text()
    return PROGRAMS[language](recipe).text()

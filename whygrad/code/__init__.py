"""A step graph and its names as the source of a program: for reading.

The names load when they are first used: the engines take a few lines of layout from here, and no writer of programs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whygrad.code.recipe import (
        LANGUAGES,
        ROWS,
        Augmentation,
        Drawing,
        Language,
        Loop,
        Printed,
        Recipe,
        Rows,
        Rule,
        Start,
    )
    from whygrad.code.write import program

__all__ = [
    "LANGUAGES",
    "ROWS",
    "Augmentation",
    "Drawing",
    "Language",
    "Loop",
    "Printed",
    "Recipe",
    "Rows",
    "Rule",
    "Start",
    "program",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("whygrad.code.write" if name == "program" else "whygrad.code.recipe"), name)

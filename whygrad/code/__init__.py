"""A step graph and its names as the source of a program: for reading."""

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

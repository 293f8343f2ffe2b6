"""Names for a program: what people call a thing, in the letters that a language allows, each taken once."""

from __future__ import annotations

import builtins
import keyword
import re

from whygrad.code.imports import IMPORTS
from whygrad.graph import Composite, Kind
from whygrad.primitive import PRIMITIVES

FUNCTIONS = frozenset(
    each.name for each in PRIMITIVES if isinstance(each, Composite) and each.kind is not Kind.CONTRACTION
)
WORDS = frozenset({*keyword.kwlist, *keyword.softkwlist, *dir(builtins), *IMPORTS, *FUNCTIONS})


class Identifiers:
    """Gives each name once; what a program uses for itself is taken from the start."""

    def __init__(self, taken: frozenset[str] = frozenset()) -> None:
        self.taken = {*WORDS, *taken}

    def __call__(self, name: str) -> str:
        """The name itself where it can be one, else the nearest that is free."""
        word = plain(name)
        free, number = word, 2
        while free in self.taken:
            free, number = f"{word}_{number}", number + 1
        self.taken.add(free)
        return free


def plain(name: str) -> str:
    """A name in letters, digits and underscores: hidden.W becomes hidden_W, island=Biscoe island_Biscoe."""
    word = re.sub(r"\W+", "_", name).strip("_") or "x"
    return f"_{word}" if word[0].isdigit() else word

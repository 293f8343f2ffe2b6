"""The two ways of writing, text and TeX: everything in which they differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import TYPE_CHECKING

from whygrad.notation.symbol import Symbol, name_tex, number_tex, number_text

if TYPE_CHECKING:
    from whygrad.graph import Notation


@dataclass(frozen=True)
class Form:
    """How one operation is written in one style: a template cut into words and slots, and how tightly it binds."""

    parts: tuple[tuple[str, str | None], ...]
    level: int
    needs: tuple[int, ...]

    @property
    def leaves_no_ink(self) -> bool:
        """Whether nothing is written but the input, as for spread and reshape."""
        return self.parts == (("", "0"),)


@dataclass(frozen=True)
class Style:
    """A way of writing: forms of operations, brackets, numbers, names, the mark where a formula is cut short."""

    form: Callable[[Notation], Form]
    brackets: tuple[str, str]
    list_brackets: tuple[str, str]
    below: tuple[str, str]
    number: Callable[[float], Symbol]
    name: Callable[[str], str]
    cut: str


@cache
def parts_of(template: str) -> tuple[tuple[str, str | None], ...]:
    """A template as pairs of the words before a slot and the slot, which is None at the end."""
    return tuple((words, slot) for words, slot, _, _ in Formatter().parse(template))


@cache
def text_form(notation: Notation) -> Form:
    """How an operation is written as text."""
    return Form(parts_of(notation.text), notation.level, notation.needs)


@cache
def tex_form(notation: Notation) -> Form:
    """How an operation is written in TeX."""
    level = notation.level if notation.tex_level is None else notation.tex_level
    needs = notation.needs if notation.tex_needs is None else notation.tex_needs
    return Form(parts_of(notation.tex), level, needs)


TEXT = Style(text_form, ("(", ")"), ("[", "]"), ("[", "]"), number_text, lambda name: name, "…")
TEX = Style(tex_form, (r"\left(", r"\right)"), (r"\left[", r"\right]"), ("_{", "}"), number_tex, name_tex, r"\dots ")

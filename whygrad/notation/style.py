"""The ways of writing, text, TeX (for a browser and for LaTeX) and MathML: everything in which they differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from string import Formatter
from typing import TYPE_CHECKING

from whygrad.notation.mathml import fitted, name_mathml, number_mathml
from whygrad.notation.symbol import Symbol, name_latex, name_tex, name_text, number_tex, number_text

if TYPE_CHECKING:
    from whygrad.graph import Apply, Notation
    from whygrad.notation.symbol import Sourced


@dataclass(frozen=True)
class Form:
    """How one operation is written in one style: a template cut into words and slots, and how tightly it binds.

    `gathers`: whether of itself it is written with all inputs between one pair of brackets.
    """

    parts: tuple[tuple[str, str | None], ...]
    level: int
    needs: tuple[int, ...]
    gathers: bool = False

    @property
    def leaves_no_ink(self) -> bool:
        """Whether nothing is written but the input, as for spread and reshape."""
        return self.parts == (("", "0"),)


Number = Callable[[str, "Sourced | None"], Symbol]


@dataclass(frozen=True)
class Style:
    """A way of writing: forms of operations, brackets, numbers, names, the mark where a formula is cut short.

    - `form`: how one operation is written.
    - `below`: what stands before, between and after a formula and the index of one of its elements.
    - `number`: writes a number given in plain characters, with the element of a trace that it came from.
    - `blank`: a place that is left free, for somebody to write in.
    - `finish`: what is done to the whole formula in the end.
    """

    form: Callable[[Apply], Form]
    brackets: tuple[str, str]
    list_brackets: tuple[str, str]
    below: tuple[str, str, str]
    comma: str
    number: Number
    name: Callable[[str], Symbol]
    cut: str
    blank: str
    finish: Callable[[str], str] = str


@cache
def parts_of(template: str) -> tuple[tuple[str, str | None], ...]:
    """A template as pairs of the words before a slot and the slot, which is None at the end."""
    return tuple((words, slot) for words, slot, _, _ in Formatter().parse(template))


@cache
def text_form(notation: Notation) -> Form:
    """How an operation is written as text."""
    return Form(parts_of(notation.text), notation.level, notation.needs, notation.gathers)


@cache
def tex_form(notation: Notation) -> Form:
    """How an operation is written in TeX."""
    return drawn_form(notation, notation.tex)


@cache
def mathml_form(notation: Notation) -> Form:
    """How an operation is written in MathML, which is drawn as TeX is."""
    return drawn_form(notation, notation.mathml)


def drawn_form(notation: Notation, template: str) -> Form:
    """How an operation is written where fractions have bars and exponents stand above."""
    level = notation.level if notation.tex_level is None else notation.tex_level
    needs = notation.needs if notation.tex_needs is None else notation.tex_needs
    return Form(parts_of(template), level, needs, notation.gathers)


def by_notation(form: Callable[[Notation], Form]) -> Callable[[Apply], Form]:
    """The form of an operation where its record decides, whatever its settings and inputs."""
    return lambda node: form(node.primitive.notation)


TEXT = Style(by_notation(text_form), ("(", ")"), ("[", "]"), ("", "[", "]"), ", ", number_text, name_text, "…", "____")
TEX = Style(
    by_notation(tex_form),
    (r"\left(", r"\right)"),
    (r"\left[", r"\right]"),
    ("", "_{", "}"),
    ", ",
    number_tex,
    name_tex,
    r"\dots ",
    r"\underline{\hspace{9em}}\rule{0pt}{4.5ex}",
)
LATEX = replace(TEX, name=name_latex)
MATHML = Style(
    by_notation(mathml_form),
    ("<mrow><mo>(</mo><mrow>", "</mrow><mo>)</mo></mrow>"),
    ("<mrow><mo>[</mo><mrow>", "</mrow><mo>]</mo></mrow>"),
    ("<msub><mrow>", "</mrow><mn>", "</mn></msub>"),
    "<mo>,</mo>",
    number_mathml,
    name_mathml,
    "<mo>…</mo>",
    '<mspace class="blank" width="9em" height="1.6em"/>',
    fitted,
)

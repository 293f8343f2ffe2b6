"""How operations are written in a program: with the words that their records have for each language."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from whygrad.graph import Apply, Composite, Name, Names
from whygrad.notation import TEXT, Writing, written
from whygrad.notation.numeral import exact
from whygrad.notation.style import Form, Style, parts_of
from whygrad.notation.symbol import ATOM, SIGN, SUM, Symbol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from whygrad.code.recipe import Language
    from whygrad.graph import Expr, Phrase
    from whygrad.notation.symbol import Sourced

KEYS: Final[dict[Language, str]] = {"python": "python", "numpy": "numpy", "pytorch": "torch", "jax": "jax"}
SHORT_NUMBER: Final = 10


def phrase_of(node: Apply, language: Language) -> Phrase | None:
    """What a language has for an operation, if its record says so."""
    return node.primitive.notation.source.get(KEYS[language])


def is_spelt(primitive: Composite, language: Language) -> bool:
    """Whether a language has a word of its own for a composite."""
    return KEYS[language] in primitive.notation.source


def number(shown: str, source: Sourced | None = None) -> Symbol:  # noqa: ARG001 (a program has no place for it)
    """A number; one that is 1 minus a short one is written so, as a person would: 1 - 0.999."""
    value = float(shown)
    if shown.lstrip("-") in ("inf", "nan"):
        return Symbol(f'float("{shown}")')
    rest = exact(round(1 - value, SHORT_NUMBER))
    if len(shown) > SHORT_NUMBER and 1 - float(rest) == value:
        return Symbol(f"1 - {rest}", SUM)
    return Symbol(shown, SIGN if value < 0 else ATOM, value < 0)


def style(form: Callable[[Apply], Form]) -> Style:
    """A way of writing that a compiler can read."""
    return replace(TEXT, form=form, number=number, name=Symbol)


def source(expr: Expr, names: Mapping[Expr, str], form: Callable[[Apply], Form]) -> str:
    """An expression down to the nearest named nodes."""
    known = Names({node: Name(name) for node, name in names.items()})
    return written(expr, Writing(style(form), known))


def scalar_form(node: Apply) -> Form:
    """How an operation on single numbers is written in Python."""
    return form_of(node, "python")


def form_of(node: Apply, language: Language, axes: str = "") -> Form:
    """How an operation is written where neither shapes nor types matter; `axes` stands for those summed over."""
    primitive, attributes = node.primitive, dict(node.attributes)
    notation = primitive.notation
    if (phrase := phrase_of(node, language)) is not None:
        template, level, needs = phrase.template, phrase.level, phrase.needs
    elif isinstance(primitive, Composite):
        inputs = [f"{{{place}}}" for place in range(len(node.arguments))]
        settings = [f"{{{name}}}" for name, value in node.attributes if isinstance(value, float)]
        template, level, needs = f"{primitive.name}({', '.join([*inputs, *settings])})", ATOM, (0,) * len(inputs)
    else:
        template, level, needs = notation.text, notation.level, notation.needs
    settings_text = {name: exact(value) for name, value in attributes.items() if isinstance(value, float)}
    filled = re.sub(r"\{([a-z]\w*)\}", lambda found: axes if found[1] == "axes" else settings_text[found[1]], template)
    return Form(parts_of(filled), level, needs)


def composites(nodes: Iterable[Expr], language: Language) -> list[Apply]:
    """The composites among some nodes that a program must define, one node of each, in order of appearance."""
    found: dict[Composite, Apply] = {}
    for node in nodes:
        if isinstance(node, Apply) and isinstance(node.primitive, Composite) and not is_spelt(node.primitive, language):
            found.setdefault(node.primitive, node)
    return list(found.values())

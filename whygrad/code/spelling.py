"""How operations are written in a program: with the words that their records have for each language."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from whygrad.graph import UPDATES, Apply, Composite, Constant, Input, Kind, Name, Names, State, topological
from whygrad.notation import TEXT, Writing, written
from whygrad.notation.numeral import exact
from whygrad.notation.style import Form, Style, parts_of
from whygrad.notation.symbol import ATOM, SIGN, SUM, Symbol
from whygrad.primitive import spread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from whygrad.code.recipe import Language
    from whygrad.graph import Expr, Phrase, Shape
    from whygrad.notation.symbol import Sourced

KEYS: Final[dict[Language, str]] = {"python": "python", "numpy": "numpy", "pytorch": "torch", "jax": "jax"}
MODULES: Final[dict[Language, str]] = {"numpy": "np", "pytorch": "torch", "jax": "jnp"}
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


class ArrayForms:
    """How operations are written in a library of arrays, which stretches arrays where they meet larger ones.

    - `language`: "numpy", "pytorch" or "jax".
    - `float32`: whether arrays are of single precision, which a NumPy number of double precision would spoil.
    """

    def __init__(self, language: Language, *, float32: bool = False) -> None:
        self.language = language
        self.float32 = float32
        # NumPy's own powers and cosines differ from Python's in the last bit, which long trainings enlarge.
        self.counter = "" if language == "numpy" and not float32 else UPDATES
        self.plain: dict[Expr, bool] = {}
        self.stretched: dict[Expr, Shape] = {}

    def __call__(self, node: Apply) -> Form:
        """How one operation is written."""
        if node.primitive is spread:
            return self.spread_form(node)
        if node.shape == () and self.is_plain(node):
            return form_of(node, "python")
        return form_of(node, self.language, self.axes(node))

    def axes(self, node: Apply) -> str:
        """The axes that an operation drops, with the word for them; nothing for all of them."""
        axes = dict(node.attributes).get("axes", ())
        if len(axes) == len(node.arguments[0].shape):
            return ""
        word = "dim" if self.language == "pytorch" else "axis"
        return f", {word}={axes[0] if len(axes) == 1 else axes}"

    def spread_form(self, node: Apply) -> Form:
        """Nothing where the library spreads by itself; else new axes as an index, and single precision if need be."""
        inner, attributes = node.arguments[0], dict(node.attributes)
        shape, axes = attributes["shape"], attributes["axes"]
        if inner.shape == ():
            strong = self.float32 and self.language == "numpy" and not self.is_plain(inner)
            return Form(parts_of("np.float32({0})" if strong else "{0}"), ATOM, (0,) if strong else (ATOM,))
        if axes == tuple(range(len(axes))) or self.written_shape(inner) == ():
            return Form(parts_of("{0}"), ATOM, (ATOM,))
        index = ", ".join("None" if axis in axes else ":" for axis in range(len(shape)))
        return Form(parts_of(f"{{0}}[{index}]"), ATOM, (ATOM,))

    def written_shape(self, node: Expr) -> Shape:
        """The shape of what is written for a node: a spread that the library does by itself is not there yet."""
        for each in topological([node], self.stretched):
            shape = each.shape
            if isinstance(each, Apply) and each.primitive is spread:
                inner = self.stretched[each.arguments[0]]
                leading = len(shape) - len(each.arguments[0].shape)
                is_bare = inner == () or dict(each.attributes)["axes"] == tuple(range(leading))
                shape = inner if is_bare else shape
            elif isinstance(each, Apply) and each.primitive.kind is Kind.ELEMENTWISE:
                shape = max((self.stretched[x] for x in each.arguments), key=len)
            self.stretched[each] = shape
        return self.stretched[node]

    def is_plain(self, node: Expr) -> bool:
        """Whether a single number is made of nothing but numbers, the count of updates and the learning rate."""
        for each in topological([node], self.plain):
            made_of_plain = isinstance(each, Apply) and all(self.plain[x] for x in each.arguments)
            leaf = isinstance(each, Constant | Input) or (isinstance(each, State) and each.name == self.counter)
            self.plain[each] = each.shape == () and (made_of_plain or leaf)
        return self.plain[node]


def composites(nodes: Iterable[Expr], language: Language) -> list[Apply]:
    """The composites among some nodes that a program must define, one node of each, in order of appearance."""
    found: dict[Composite, Apply] = {}
    for node in nodes:
        if isinstance(node, Apply) and isinstance(node.primitive, Composite) and not is_spelt(node.primitive, language):
            found.setdefault(node.primitive, node)
    return list(found.values())

"""Functions that a program defines for composites its language has no word for, printed from their lowering."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

from whygrad.code.identifier import Identifiers
from whygrad.code.layout import fitted, indented
from whygrad.code.merge import named_leaf
from whygrad.code.script import in_order, name_what_is_shared
from whygrad.code.spelling import composites
from whygrad.graph import Composite, Input, topological

if TYPE_CHECKING:
    from collections.abc import Iterable

    from whygrad.code.writer import Writer
    from whygrad.graph import Apply, Expr


def functions(nodes: Iterable[Expr], writer: Writer) -> list[str]:
    """The definitions of all functions that some formulas call, those that others call first."""
    found: dict[str, list[str]] = {}
    stack = list(reversed(composites(nodes, writer.language)))
    while stack:
        node = stack[-1]
        inner, lines = definition(node, writer)
        missing = [each for each in composites(inner, writer.language) if each.primitive.name not in found]
        if missing:
            stack.extend(reversed(missing))
        else:
            found.setdefault(node.primitive.name, lines)
            stack.pop()
    return [line for lines in found.values() for line in ("", "", *lines)]


def definition(node: Apply, writer: Writer) -> tuple[list[Expr], list[str]]:
    """The nodes that a composite is made of, and the function that computes them."""
    primitive = node.primitive
    if not isinstance(primitive, Composite):
        raise TypeError(f"{primitive!r} needs no function")
    words = [name for name, each in signature(primitive) if each is not inspect.Parameter.KEYWORD_ONLY]
    inputs = [Input(writer.shape(node, x.shape), word) for word, x in zip(words, node.arguments, strict=True)]
    settings = {name: named_leaf(name) if isinstance(value, float) else value for name, value in node.attributes}
    leaves = [*inputs, *(value for value in settings.values() if isinstance(value, Input))]
    inner = writer.inside(words[0])
    value = inner.merge()(primitive.lowering(*inputs, **settings))
    names: dict[Expr, str] = {leaf: leaf.name for leaf in leaves}
    identifiers = Identifiers(frozenset(names.values()))
    for each in inner.forced([value], names):
        names.setdefault(each, identifiers(each.primitive.notation.word))
    name_what_is_shared([value], names, identifiers)
    names.pop(value, None)
    head = f"def {primitive.name}({', '.join(leaf.name for leaf in leaves)}):"
    body = [f"{names[each]} = {inner.formula(each, names)}" for each in in_order([value], names)]
    lines = [line for each in [*body, f"return {inner.formula(value, names)}"] for line in fitted(each, 1)]
    return topological([value]), [head, *indented(lines)]


def signature(primitive: Composite) -> list[tuple[str, inspect._ParameterKind]]:
    """The names of a lowering's inputs and settings, and which they are."""
    return [(name, each.kind) for name, each in inspect.signature(primitive.lowering).parameters.items()]

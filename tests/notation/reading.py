"""The way back: from text to an expression, so that what the printer wrote can be held against what it meant.

Python reads the text (the notation is Python's, precedence included) and the records say what its calls mean.
"""

from __future__ import annotations

import ast
from functools import reduce
from string import Formatter
from typing import TYPE_CHECKING, Any

from whygrad.graph import Constant, constant
from whygrad.primitive import BY_NAME, PRIMITIVES, transpose

if TYPE_CHECKING:
    from collections.abc import Mapping

    from whygrad.graph import Expr, Primitive

INFIX: dict[type[ast.AST], str] = {
    ast.Add: "add",
    ast.Sub: "subtract",
    ast.Mult: "multiply",
    ast.Div: "divide",
    ast.Pow: "power",
    ast.MatMult: "matmul",
    ast.Gt: "greater",
    ast.Eq: "equal",
}
CALLS: dict[str, Primitive] = {p.notation.text.partition("(")[0]: p for p in PRIMITIVES if "(" in p.notation.text}


def parse(text: str, leaves: Mapping[str, Expr]) -> Expr:
    """The expression that a text means, with leaves by name."""
    return read(ast.parse(text, mode="eval").body, leaves)


def read(tree: ast.AST, leaves: Mapping[str, Expr]) -> Expr:
    match tree:
        case ast.Constant() | ast.Name() | ast.Attribute():
            return word(tree, leaves)
        case ast.Subscript(value=inner, slice=index):
            return BY_NAME["gather"](read(inner, leaves), read(index, leaves))
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return negative(read(inner, leaves))
        case ast.BinOp(left=left, op=op, right=right) | ast.Compare(left=left, ops=[op], comparators=[right]):
            return BY_NAME[INFIX[type(op)]](read(left, leaves), read(right, leaves))
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return call(CALLS[name], arguments, leaves)
    raise ValueError(ast.dump(tree))


def word(tree: ast.Constant | ast.Name | ast.Attribute, leaves: Mapping[str, Expr]) -> Expr:
    """A number, a name (with dots or without), or the transpose of anything."""
    if isinstance(tree, ast.Constant):
        return constant(tree.value)
    if isinstance(tree, ast.Attribute) and tree.attr == "T":
        x = read(tree.value, leaves)
        return transpose(x, order=tuple(range(len(x.shape)))[::-1])
    name = ast.unparse(tree)
    return constant(float(name)) if name in {"inf", "nan"} else leaves[name]


def negative(x: Expr) -> Expr:
    """Minus a number is a number, minus anything else an operation."""
    return constant(-x.value) if isinstance(x, Constant) else -x


def call(primitive: Primitive, arguments: list[ast.expr], leaves: Mapping[str, Expr]) -> Expr:
    """A primitive called with its inputs and attributes in the order in which its notation writes them."""
    if primitive.arity is None:
        return primitive(*(read(argument, leaves) for argument in arguments))
    if primitive.notation.gathers:
        return reduce(primitive, [read(argument, leaves) for argument in arguments])
    slots = [slot for _, slot, _, _ in Formatter().parse(primitive.notation.text) if slot is not None]
    inputs: list[Expr] = []
    attributes: dict[str, Any] = {}
    for slot, argument in zip(slots, arguments, strict=True):
        if slot.isdecimal():
            inputs.append(read(argument, leaves))
        else:
            attributes[slot] = ast.literal_eval(argument)
    return primitive(*inputs, **attributes)

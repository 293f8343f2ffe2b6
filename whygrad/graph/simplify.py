"""Shorter expressions of the same value, bit for bit except for the sign of nothing: what is shown, never what runs.

Zero times anything is not among them, since anything may be infinite.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeGuard

from whygrad.graph.expr import Apply, Constant, Expr, constant
from whygrad.graph.operators import OPERATORS
from whygrad.graph.traverse import topological, with_inputs

if TYPE_CHECKING:
    from collections.abc import Callable, Collection


def simplified(expr: Expr, keep: Collection[Expr] = ()) -> Expr:
    """The expression with every rewrite applied, inputs first; nodes to `keep` stay as they are, named ones for one."""
    new: dict[Expr, Expr] = {node: node for node in keep if node is not expr}
    for node in topological([expr], new):
        new[node] = simpler(with_inputs(node, tuple(new[x] for x in node.inputs)))
    return new[expr]


def simpler(node: Expr) -> Expr:
    """A node whose inputs are simple already, made as simple; itself if it is."""
    while isinstance(node, Apply) and node.primitive.name in REWRITES:
        shorter = next(
            (found for rewrite in REWRITES[node.primitive.name] if (found := rewrite(node)) is not None), None
        )
        if shorter is None:
            break
        node = shorter
    return node


def without_one_before(node: Apply) -> Expr | None:
    """For 1 * x: x."""
    return node.arguments[1] if is_number(node.arguments[0], 1.0) else None


def without_one_behind(node: Apply) -> Expr | None:
    """For x * 1, x / 1 and x ** 1: x."""
    return node.arguments[0] if is_number(node.arguments[1], 1.0) else None


def without_nothing_before(node: Apply) -> Expr | None:
    """For 0 + x: x."""
    return node.arguments[1] if is_number(node.arguments[0], 0.0) else None


def without_nothing_behind(node: Apply) -> Expr | None:
    """For x + 0 and x - 0: x."""
    return node.arguments[0] if is_number(node.arguments[1], 0.0) else None


def sign_before(node: Apply) -> Expr | None:
    """For -1 * x: -x."""
    return -node.arguments[1] if is_number(node.arguments[0], -1.0) else None


def sign_behind(node: Apply) -> Expr | None:
    """For x * -1 and x / -1: -x."""
    return -node.arguments[0] if is_number(node.arguments[1], -1.0) else None


def from_nothing(node: Apply) -> Expr | None:
    """For 0 - x: -x."""
    return -node.arguments[1] if is_number(node.arguments[0], 0.0) else None


def less_a_negative(node: Apply) -> Expr | None:
    """For x - (-y): x + y."""
    first, second = node.arguments
    return first + second.inputs[0] if is_negated(second) else None


def plus_a_negative(node: Apply) -> Expr | None:
    """For x + (-y): x - y."""
    first, second = node.arguments
    return first - second.inputs[0] if is_negated(second) else None


def twice(node: Apply) -> Expr | None:
    """For x + x: 2 x."""
    return 2.0 * node.arguments[0] if node.arguments[0] is node.arguments[1] else None


def twice_negated(node: Apply) -> Expr | None:
    """For -(-x): x."""
    return node.arguments[0].inputs[0] if is_negated(node.arguments[0]) else None


def negative_number(node: Apply) -> Expr | None:
    """For the negative of a number: that number."""
    return constant(-node.arguments[0].value) if is_single(node.arguments[0]) else None


REWRITES: Final[dict[str, tuple[Callable[[Apply], Expr | None], ...]]] = {
    "multiply": (without_one_before, without_one_behind, sign_before, sign_behind),
    "divide": (without_one_behind, sign_behind),
    "power": (without_one_behind,),
    "add": (without_nothing_before, without_nothing_behind, plus_a_negative, twice),
    "subtract": (without_nothing_behind, from_nothing, less_a_negative),
    "negate": (twice_negated, negative_number),
}


def is_single(node: Expr) -> TypeGuard[Constant]:
    """Whether a node is a single number."""
    return isinstance(node, Constant) and node.shape == ()


def is_number(node: Expr, value: float) -> bool:
    """Whether a node is this number, by itself or spread over an array."""
    while isinstance(node, Apply) and node.primitive is OPERATORS.spread:
        node = node.arguments[0]
    return is_single(node) and bool(node.value == value)


def is_negated(node: Expr) -> bool:
    """Whether a node is something with its sign turned."""
    return isinstance(node, Apply) and node.primitive.name == "negate"


def settled(node: Expr) -> Expr:
    """A single number's formula without what says nothing on paper: a choice that is made, a product with nothing.

    Where no weight joins two units the graph has a zero in its place; on paper nothing stands there, nor its size.
    That is no exact rewrite, since anything may be infinite, but of a step that ran every value is known, and finite.
    Numbers that multiply each other are one.
    """
    if isinstance(node, Apply):
        match node.primitive.name, node.arguments:
            case "where", (Constant(shape=(), value=chosen), then, otherwise):
                return then if chosen else otherwise
            case "absolute", (size,) if is_number(size, 0.0):
                return size
            case "multiply", (one, other) if is_number(one, 0.0) or is_number(other, 0.0):
                return one if is_number(one, 0.0) else other
            case "multiply", (one, Apply(arguments=(two, rest), primitive=inner)) if (
                is_single(one) and inner is node.primitive and is_single(two)
            ):
                return settled((one.value * two.value) * rest)
    return node


def squared(node: Expr) -> Expr:
    """For x * x: x ** 2, which in NumPy is the same to the last bit."""
    if isinstance(node, Apply) and node.primitive is OPERATORS.multiply:
        first, second = node.arguments
        if first is second and not isinstance(first, Constant):
            return first**2.0
    return node

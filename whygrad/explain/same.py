"""Equal expressions made one, so that what was already computed is recognised and shown by its name."""

from __future__ import annotations

from typing import Any

from whygrad.graph import Apply, Constant, Expr
from whygrad.graph.simplify import is_number, is_single, simpler
from whygrad.graph.traverse import with_inputs


class Canon:
    """Maps an expression to the first equal one it has seen; leaves are equal only to themselves."""

    def __init__(self) -> None:
        self.first: dict[Any, Expr] = {}
        self.known: dict[Expr, Expr] = {}

    def __call__(self, expr: Expr) -> Expr:
        """The expression that stands for this one."""
        stack = [expr]  # a walk of its own: what is known from earlier calls is looked up, not copied
        while stack:
            node = stack[-1]
            missing = [x for x in node.inputs if x not in self.known]
            if node in self.known or not missing:
                stack.pop()
                self._settle(node)
            else:
                stack.extend(missing)
        return self.known[expr]

    def _settle(self, node: Expr) -> None:
        """Know a node whose inputs are known."""
        if node not in self.known:
            rebuilt = with_inputs(node, tuple(self.known[x] for x in node.inputs))
            shorter = shortened(rebuilt)
            one = self.first.setdefault(key(rebuilt), rebuilt) if shorter is rebuilt else self(shorter)
            self.known[node] = self.known[one] = one


def key(node: Expr) -> Any:
    """What two equal nodes share, given that their inputs are already one."""
    if isinstance(node, Apply):
        return node.primitive.name, node.arguments, node.attributes
    if isinstance(node, Constant) and node.shape == ():
        return "constant", node.value
    return node


def shortened(node: Expr) -> Expr:
    """A node as short as on paper: a choice that is made, a product with nothing or of numbers, and `simpler`'s.

    Where no weight joins two units the graph has a zero in its place; on paper nothing stands there, nor its size.
    That is no exact rewrite, since anything may be infinite, but of a step that ran every value is known, and finite.
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
                return shortened((one.value * two.value) * rest)
    return simpler(node)

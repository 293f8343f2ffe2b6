"""Equal expressions made one, so that what was already computed is recognised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whygrad.graph.expr import Apply, Constant, Expr
from whygrad.graph.traverse import with_inputs

if TYPE_CHECKING:
    from collections.abc import Callable


class Canon:
    """Maps an expression to the first equal one it has seen, made shorter; leaves are equal only to themselves.

    `shorter` makes a node shorter whose inputs are as short as they can be, and gives the node itself where it is.
    """

    def __init__(self, shorter: Callable[[Expr], Expr]) -> None:
        self.shorter = shorter
        self.first: dict[Any, Expr] = {}
        self.known: dict[Expr, Expr] = {}

    def __call__(self, expr: Expr) -> Expr:
        """The expression that stands for this one."""
        stack = [expr]  # a walk of its own: what is known from earlier calls is looked up, not copied
        while stack:
            node = stack[-1]
            missing = [] if node in self.known else [x for x in node.inputs if x not in self.known]
            if missing:
                stack.extend(missing)
            else:
                stack.pop()
                self._settle(node)
        return self.known[expr]

    def keep(self, node: Expr) -> None:
        """Let a node stand for itself, and for no other that is equal to it."""
        self.known[node] = node

    def _settle(self, node: Expr) -> None:
        """Know a node whose inputs are known."""
        if node not in self.known:
            rebuilt = with_inputs(node, tuple(self.known[x] for x in node.inputs))
            shorter = self.shorter(rebuilt)
            one = self.first.setdefault(key(rebuilt), rebuilt) if shorter is rebuilt else self(shorter)
            self.known[node] = self.known[one] = one


def key(node: Expr) -> Any:
    """What two equal nodes share, given that their inputs are already one."""
    if isinstance(node, Apply):
        return node.primitive, node.arguments, node.attributes
    if isinstance(node, Constant):
        return "constant", node.shape, node.value if node.shape == () else node.value.tobytes()
    return node

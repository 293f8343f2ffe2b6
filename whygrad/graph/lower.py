"""Lowering: composites replaced by the smaller primitives that give their value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.graph.expr import Apply, Expr
from whygrad.graph.primitive import Composite
from whygrad.graph.traverse import topological, with_inputs

if TYPE_CHECKING:
    from collections.abc import Iterable


def lowered(roots: Iterable[Expr], known: Iterable[Expr] = ()) -> dict[Expr, Expr]:
    """For every node the roots depend on, the node that computes it with basic primitives only.

    `known` nodes stand for themselves. The recursion is as deep as composites are nested in one another's
    lowering (three at most), not as deep as the graph.
    """
    new: dict[Expr, Expr] = {node: node for node in known}
    for node in topological(roots, new):
        replaced = with_inputs(node, tuple(new[x] for x in node.inputs))
        if isinstance(replaced, Apply) and isinstance(replaced.primitive, Composite):
            inner = replaced.primitive.lowering(*replaced.arguments, **dict(replaced.attributes))
            replaced = lowered([inner], replaced.arguments)[inner]
        new[node] = replaced
    return new

"""Walking a graph without recursion, so that a chain of many thousand nodes is no deeper than a short one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.graph.expr import Apply, Expr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence


def topological(roots: Iterable[Expr], known: Iterable[Expr] = ()) -> list[Expr]:
    """Every node the roots depend on, once, each after its inputs; the order is the same at every call.

    The walk does not enter `known` nodes, nor list them.
    """
    order: list[Expr] = []
    seen: set[Expr] = set(known)
    stack = [(root, False) for root in reversed(list(roots))]
    while stack:
        node, inputs_are_done = stack.pop()
        if inputs_are_done:
            order.append(node)
        elif node not in seen:
            seen.add(node)
            stack.append((node, True))
            stack.extend((x, False) for x in reversed(node.inputs) if x not in seen)
    return order


def depending_on(order: Sequence[Expr], leaves: Iterable[Expr]) -> set[Expr]:
    """The nodes of a topological order that read any of `leaves`, directly or not; the leaves included."""
    found = set(leaves)
    for node in order:
        if any(x in found for x in node.inputs):
            found.add(node)
    return found


def rebuild(roots: Sequence[Expr], change: Callable[[Expr], Expr]) -> tuple[Expr, ...]:
    """The same graph with `change` applied to every node, inputs first; unchanged parts stay shared."""
    new: dict[Expr, Expr] = {}
    for node in topological(roots):
        new[node] = change(with_inputs(node, tuple(new[x] for x in node.inputs)))
    return tuple(new[root] for root in roots)


def replaced(roots: Iterable[Expr], new: Mapping[Expr, Expr]) -> dict[Expr, Expr]:
    """For every node the roots depend on, the same with some nodes put in the place of others."""
    found = dict(new)
    for node in topological(roots, found):
        found[node] = with_inputs(node, tuple(found[x] for x in node.inputs))
    return found


def with_inputs(node: Expr, inputs: tuple[Expr, ...]) -> Expr:
    """The node reading other inputs; itself when nothing changed."""
    if not isinstance(node, Apply) or all(a is b for a, b in zip(node.arguments, inputs, strict=True)):
        return node
    return node.primitive(*inputs, **dict(node.attributes))

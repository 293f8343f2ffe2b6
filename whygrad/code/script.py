"""A step as lines of a program: which quantities get a name, in which order, and in which of the moves they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from whygrad.graph import Apply, Composite, Constant, Expr, topological
from whygrad.primitive import spread

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from whygrad.code.identifier import Identifiers

FORWARD: Final = "Forward pass"
LOSS: Final = "Loss"
OUTPUT: Final = "Output gradients"
BACKWARD: Final = "Backward pass"
UPDATE: Final = "Update"


@dataclass(frozen=True, eq=False)
class Quantity:
    """Something that people have a name for: a value of the forward pass, an adjoint, a gradient that was bounded."""

    name: str
    node: Expr


@dataclass(frozen=True, eq=False)
class Move:
    """One of the moves of a step, the nodes that are computed in it, in order, and the names that it may use."""

    title: str
    nodes: tuple[Expr, ...]
    names: Mapping[Expr, str]


def needed(quantities: Iterable[Quantity], roots: Sequence[Expr]) -> list[Quantity]:
    """The quantities that any root depends on."""
    below = set(topological(roots))
    return [each for each in quantities if each.node in below]


def named(
    quantities: Iterable[Quantity],
    roots: Sequence[Expr],
    names: dict[Expr, str],
    identifiers: Identifiers,
    forced: Callable[[Sequence[Expr], Mapping[Expr, str]], list[Apply]] = lambda *_: [],
) -> None:
    """Enter a name for every quantity that is computed, for what must have one, and for what is needed twice.

    A second quantity that is the same keeps the first's name. `names` holds those of the leaves before.
    """
    for each in quantities:
        node = past_spread(each.node, names)  # one number for every element is named once
        if isinstance(node, Apply) and node not in names and not is_number(node):
            names[node] = identifiers(each.name)
    for node in forced(roots, names):
        names[node] = identifiers(node.primitive.notation.word)
    name_what_is_shared(roots, names, identifiers)


def name_what_is_shared(roots: Sequence[Expr], names: dict[Expr, str], identifiers: Identifiers) -> None:
    """Give a name to each node without one that is read twice and costs more than one operation."""
    readers: dict[Expr, int] = {}
    order = topological(roots)
    for node in order:
        for x in node.inputs:
            source = past_spread(x, names)
            readers[source] = readers.get(source, 0) + 1
    for root in roots:
        readers[root] = readers.get(root, 0) + 1
    for node in order:
        if readers.get(node, 0) > 1 and node not in names and isinstance(node, Apply) and is_costly(node, names):
            names[node] = identifiers(node.primitive.notation.word)


def past_spread(node: Expr, names: Mapping[Expr, str]) -> Expr:
    """What a node is spread from."""
    while isinstance(node, Apply) and node.primitive is spread and node not in names:
        node = node.arguments[0]
    return node


def is_costly(node: Apply, names: Mapping[Expr, str]) -> bool:
    """Whether a node is a function's value or more than one operation on what has a name."""
    if node.primitive is spread:
        return False
    if node.primitive.notation.source or isinstance(node.primitive, Composite) or node.primitive.name == "matmul":
        return True
    inside = (past_spread(x, names) for x in node.arguments)
    return any(isinstance(x, Apply) and x not in names for x in inside)


def in_order(nodes: Iterable[Expr], names: Mapping[Expr, str]) -> list[Expr]:
    """The named nodes that are computed below some nodes, each after what it reads."""
    return [node for node in topological(nodes) if node in names and isinstance(node, Apply)]


def moves(parts: Sequence[tuple[str, Sequence[Expr]]], names: Mapping[Expr, str], late: Collection[Expr]) -> list[Move]:
    """The moves in order; each computes what its own nodes depend on and no move before it has.

    A quantity that comes `late` may be part of the forward pass, which then writes it out.
    """
    done: set[Expr] = set()
    found: list[Move] = []
    for title, nodes in parts:
        early = title in (FORWARD, LOSS)
        known = {node: name for node, name in names.items() if not (early and node in late)}
        new = tuple(node for node in in_order(nodes, known) if node not in done)
        done.update(new)
        found.append(Move(title, new, known))
    return [move for move in found if move.nodes]


def is_number(node: Expr) -> bool:
    """Whether a node is a number known beforehand, by itself or spread."""
    return isinstance(past_spread(node, {}), Constant)

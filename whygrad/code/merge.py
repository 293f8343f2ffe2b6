"""Equal expressions made one, and each as short as it can be, so that a program computes and names a thing once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whygrad.code.recipe import ROWS
from whygrad.graph import Apply, Composite, Constant, Expr, Input, Kind, constant, topological
from whygrad.graph.simplify import simpler
from whygrad.graph.traverse import with_inputs
from whygrad.primitive import power, spread, where

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

MOST_INLINE = 4  # operations of a composite that is written out instead of being called


class Merge:
    """Maps expressions to the first equal one that it has seen, shortened; leaves are equal only to themselves.

    - `spelt`: whether the language has a word for a composite, which is then kept.
    - `rows`: what stands for the number of rows.
    - `on_paper`: of one element each, so that what is chosen or multiplied by nothing is known beforehand.
    """

    def __init__(self, spelt: Callable[[Composite], bool], rows: Expr, *, on_paper: bool = False) -> None:
        self.spelt = spelt
        self.rows = rows
        self.on_paper = on_paper
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
            elif node not in self.known:
                settled = self.short(with_inputs(node, tuple(self.known[x] for x in node.inputs)))
                self.known[node] = self.known.setdefault(settled, settled)
            else:
                stack.pop()
        return self.known[expr]

    def short(self, node: Expr) -> Expr:
        """A node whose inputs are settled, shortened, and one with those equal to it."""
        if isinstance(node, Constant) and (counted := count_of_rows(node, self.rows)) is not None:
            return self(counted)
        if isinstance(node, Apply):
            if (written := self.written_out(node)) is not None:
                return self(written)
            shorter = on_paper(node) if self.on_paper else node
            shorter = squared(simpler(shorter))
            if shorter is not node:
                return self(shorter)
        return self.first.setdefault(key(node), node)

    def written_out(self, node: Apply) -> Expr | None:
        """A mean, or a composite of few operations and no choice, as these; None for one that is called by its name."""
        primitive = node.primitive
        if not isinstance(primitive, Composite) or primitive.kind is Kind.ROW or self.spelt(primitive):
            return None
        inner = primitive.lowering(*node.arguments, **dict(node.attributes))
        inside = [each for each in topological([inner], node.arguments) if isinstance(each, Apply)]
        plain = [each for each in inside if each.primitive is not spread]
        if primitive.kind is Kind.CONTRACTION:
            return inner
        if len(plain) > MOST_INLINE or any(
            each.primitive is where or isinstance(each.primitive, Composite) for each in inside
        ):
            return None
        return inner


def key(node: Expr) -> Any:
    """What two equal nodes share, given that their inputs are already one."""
    if isinstance(node, Apply):
        return node.primitive, node.arguments, node.attributes
    if isinstance(node, Constant):
        return "constant", node.shape, node.value if node.shape == () else node.value.tobytes()
    return node


def squared(node: Expr) -> Expr:
    """For x * x: x ** 2, the same to the last bit in NumPy."""
    if isinstance(node, Apply) and node.primitive.name == "multiply" and node.arguments[0] is node.arguments[1]:
        return power(node.arguments[0], 2.0)
    return node


def on_paper(node: Apply) -> Expr:
    """A node without a choice that is made and a product with nothing: where no weight is, nothing is written."""
    match node.primitive.name, node.arguments:
        case "where", (Constant(value=chosen), then, otherwise):
            return then if chosen else otherwise
        case "multiply", (Constant(value=0.0) as nothing, _) | (_, Constant(value=0.0) as nothing):
            return nothing
    return node


def count_of_rows(node: Constant, rows: Expr) -> Expr | None:
    """A number that the number of rows decides, made of that; None for any other."""
    if node.shape != () or rows is node:
        return None
    if node.value > 0 and node.value % ROWS == 0:
        times = node.value / ROWS
        return rows if times == 1 else constant(times) * rows
    return rows / (rows - 1.0) if node.value == ROWS / (ROWS - 1.0) else None


def replaced(roots: Iterable[Expr], known: Mapping[Expr, Expr]) -> dict[Expr, Expr]:
    """For every node below the roots the same with some nodes put in place of others."""
    new = dict(known)
    for node in topological(roots, new):
        new[node] = with_inputs(node, tuple(new[x] for x in node.inputs))
    return new


def named_leaf(name: str) -> Input:
    """A single number that is called so."""
    return Input((), name)

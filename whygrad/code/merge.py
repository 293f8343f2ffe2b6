"""Equal expressions made one, and each as short as it can be, so that a program computes and names a thing once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.code.recipe import ROWS
from whygrad.graph import Apply, Composite, Constant, Expr, Input, Kind, constant, topological
from whygrad.graph.canon import Canon
from whygrad.graph.simplify import settled, simpler, squared
from whygrad.primitive import spread, where

if TYPE_CHECKING:
    from collections.abc import Callable

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
        self.canon = Canon(self.shorter)

    def __call__(self, expr: Expr) -> Expr:
        """The expression that stands for this one."""
        return self.canon(expr)

    def shorter(self, node: Expr) -> Expr:
        """A node whose inputs are settled, shortened; itself where it is as short as it can be."""
        if isinstance(node, Constant):
            counted = count_of_rows(node, self.rows)
            return node if counted is None else counted
        if isinstance(node, Apply) and (written := self.written_out(node)) is not None:
            return written
        return squared(simpler(settled(node) if self.on_paper else node))

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


def count_of_rows(node: Constant, rows: Expr) -> Expr | None:
    """A number that the number of rows decides, made of that; None for any other."""
    if node.shape != () or rows is node:
        return None
    if node.value > 0 and node.value % ROWS == 0:
        times = node.value / ROWS
        return rows if times == 1 else constant(times) * rows
    return rows / (rows - 1.0) if node.value == ROWS / (ROWS - 1.0) else None


def named_leaf(name: str) -> Input:
    """A single number that is called so."""
    return Input((), name)

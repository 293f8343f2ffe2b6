"""Rewrites for code on single numbers: what a history counts of every update costs next to nothing there."""

from __future__ import annotations

from math import sqrt as root_of
from typing import TYPE_CHECKING, Final

from whygrad.graph import Apply, Constant, constant
from whygrad.primitive import absolute, add, fold, matmul, multiply, spread, sqrt, where
from whygrad.run.fast.rewrites import above_zero

if TYPE_CHECKING:
    from whygrad.graph import Expr
    from whygrad.run.fast.rewrites import Rewrite


def of_the_same_gate(node: Expr) -> Expr:
    """For y > 0 where y is x for x > 0, else 0: x > 0."""
    match above_zero(node):
        case Apply(primitive=primitive, arguments=(condition, then, _)) if (
            primitive is where and above_zero(condition) is then
        ):
            return condition
    return node


def of_column_and_row(node: Expr) -> Expr:
    """For the sum of the squares of a column times a row: that of the column's squares times that of the row's."""
    match node:
        case Apply(primitive=outer, shape=(), arguments=(Apply(primitive=inner, arguments=(one, other)),)) if (
            outer is fold and inner is multiply and one is other and isinstance(one, Apply) and one.primitive is matmul
        ):
            column, row = one.arguments
            if column.shape[1:] == (1,) == row.shape[:1]:
                return fold(column * column, axes=(0, 1)) * fold(row * row, axes=(0, 1))
    return node


def of_scaled_product(node: Expr) -> Expr:
    """For k times a column times a row, with a single number k: the column times k times the row, which is shorter."""
    match node:
        case Apply(primitive=outer, arguments=(Apply(primitive=inner, arguments=(single,)), product)) if (
            outer is multiply and inner is spread and single.shape == () and isinstance(product, Apply)
        ):
            if product.primitive is matmul and (column := product.arguments[0]).shape[1:] == (1,):
                row = product.arguments[1]
                return matmul(column, spread(single, shape=row.shape, axes=(0, 1)) * row)
    return node


def of_inner_factor(node: Expr) -> Expr:
    """For x (q y) of single numbers, q a constant or a square: q (x y)."""
    match node:
        case Apply(primitive=outer, shape=(), arguments=(x, Apply(primitive=inner, arguments=(factor, y)))) if (
            outer is multiply is inner and is_factor(factor) and not is_factor(x)
        ):
            return factor * (x * y)
    return node


def is_factor(node: Expr) -> bool:
    """Whether a single number is a constant or a square."""
    is_square = isinstance(node, Apply) and node.primitive is multiply and node.arguments[0] is node.arguments[1]
    return isinstance(node, Constant) or is_square


def of_common_factor(node: Expr) -> Expr:
    """For s x + s y of single numbers: s (x + y)."""
    match node:
        case Apply(primitive=outer, shape=(), arguments=(Apply(arguments=(one, x)) as left, Apply() as right)) if (
            outer is add and left.primitive is multiply is right.primitive and right.arguments[0] is one
        ):
            return one * (x + right.arguments[1])
    return node


def of_scaled_root(node: Expr) -> Expr:
    """For the root of s s x: s, without its sign, times the root of x."""
    match node:
        case Apply(primitive=outer, shape=(), arguments=(Apply(primitive=inner, arguments=(factor, x)),)) if (
            outer is sqrt and inner is multiply and is_factor(factor)
        ):
            if isinstance(factor, Apply):
                return absolute(factor.arguments[0]) * sqrt(x)
            if isinstance(factor, Constant) and factor.value > 0:
                return constant(root_of(factor.value)) * sqrt(x)
    return node


SAME_GATE: Final[tuple[Rewrite, ...]] = (of_the_same_gate,)
SHORTER: Final[tuple[Rewrite, ...]] = (
    *(of_column_and_row, of_scaled_product, of_inner_factor, of_common_factor, of_scaled_root),
)

"""Sums and products taken apart and put together again: what a rule drops, adds, replaces or exchanges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.graph import Apply, Constant, Expr, constant, topological
from whygrad.graph.traverse import replaced as rebuilt

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def is_of(expr: Expr, *names: str) -> bool:
    """Whether an expression is made by a primitive of one of these names."""
    return isinstance(expr, Apply) and expr.primitive.name in names


def terms(expr: Expr) -> list[Expr]:
    """The summands of a sum, in order; what is subtracted is a negated summand."""
    if is_of(expr, "add"):
        first, second = expr.inputs
        return [*terms(first), *terms(second)]
    if is_of(expr, "subtract"):
        first, second = expr.inputs
        return [*terms(first), *(-each for each in terms(second))]
    return [expr]


def total(parts: Sequence[Expr]) -> Expr:
    """The sum of some summands; of none it is nothing."""
    if not parts:
        return constant(0.0)
    sum_ = parts[0]
    for each in parts[1:]:
        sum_ = sum_ - each.inputs[0] if is_of(each, "negate") else sum_ + each
    return sum_


def factors(expr: Expr) -> list[Expr]:
    """The factors of a product, in order; of a negated one the sign is the first."""
    if is_of(expr, "multiply"):
        first, second = expr.inputs
        return [*factors(first), *factors(second)]
    if is_of(expr, "negate"):
        return [constant(-1.0), *factors(expr.inputs[0])]
    return [expr]


def product(parts: Sequence[Expr]) -> Expr:
    """The product of some factors; of none it is one."""
    if not parts:
        return constant(1.0)
    whole = parts[0]
    for each in parts[1:]:
        whole = whole * each
    return whole


def without(parts: Sequence[Expr], part: Expr) -> list[Expr]:
    """The parts but one."""
    return [each for each in parts if each is not part]


def replaced(expr: Expr, new: Mapping[Expr, Expr]) -> Expr:
    """An expression with others in the place of some nodes, all at once, so that two can be exchanged."""
    return rebuilt([expr], new)[expr]


def reads(expr: Expr, leaf: Expr) -> bool:
    """Whether an expression is made of a leaf, among others."""
    return any(node is leaf for node in topological([expr]))


def number(expr: Expr) -> float | None:
    """The value of a constant."""
    return float(expr.value) if isinstance(expr, Constant) and expr.shape == () else None

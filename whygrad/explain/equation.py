"""A named quantity as an equation: its name, the symbols that give it, the numbers in their place, its value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.document import Called, Derivative, Equation, Formula, Quantity, Side
from whygrad.graph import Apply, Composite
from whygrad.primitive import absolute_error, half_squared_error, squared_error

if TYPE_CHECKING:
    from whygrad.explain.chart import Chart, Element
    from whygrad.graph import Expr


WRITTEN_OUT = (squared_error, half_squared_error, absolute_error)


def definition(chart: Chart, element: Element, note: str = "") -> Equation:
    """An element with its formula in symbols, then in numbers, then its value; a leaf is only its value."""
    left, value = name_of(element), Quantity(element.value, element.ref)
    if not isinstance(element.expr, Apply):
        return Equation((left, value), ("=",), note)
    expr = opened(element.expr)
    made = (Formula(expr, chart.names), in_numbers(chart, expr))
    return Equation((left, *made, value), ("=",) * 3, note)


def opened(expr: Expr) -> Expr:
    """A plain loss written out, as on paper: half the squared difference, not the name of a function."""
    if isinstance(expr, Apply) and isinstance(expr.primitive, Composite) and expr.primitive in WRITTEN_OUT:
        return expr.primitive.lowering(*expr.arguments, **dict(expr.attributes))
    return expr


def name_of(element: Element) -> Side:
    """The name of an element: a derivative of the loss where it is an adjoint."""
    return Derivative("E", element.name) if element.adjoint else Called(element.name)


def symbols(chart: Chart, expr: Expr) -> Side:
    """An expression down to the nearest names; by its own name where it is a quantity, and no adjoint."""
    return name_of(chart.of[expr]) if is_quantity(chart, expr) else Formula(expr, chart.names)


def numbers(chart: Chart, expr: Expr) -> Side:
    """The same with the number of each named quantity in its place."""
    if is_quantity(chart, expr):
        return Quantity(chart.of[expr].value, chart.of[expr].ref)
    return in_numbers(chart, expr)


def is_quantity(chart: Chart, expr: Expr) -> bool:
    """Whether people have a name for this expression itself, apart from what it does to the loss."""
    return expr in chart.of and not chart.of[expr].adjoint


def in_numbers(chart: Chart, expr: Expr) -> Formula:
    """How an expression is made, with numbers for names."""
    return Formula(expr, chart.names, {each.expr: Quantity(each.value, each.ref) for each in chart.below(expr)})

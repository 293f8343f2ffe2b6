"""Axes inserted and axes dropped: spread and fold are exact adjoints; mean and largest build on them.

A size never stretches: reductions drop their axes, spread inserts axes by name, and there is no size-1 broadcasting.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any

from whygrad.errors.graph import ShapeMismatch
from whygrad.graph.primitive import Basic, Composite, Domain, Kind, Notation, Phrase, called, in_arrays
from whygrad.primitive.compare import equal, where

if TYPE_CHECKING:
    from whygrad.graph.expr import Expr, Shape
    from whygrad.graph.primitive import Adjoints

Axes = tuple[int, ...]


def every_axis(x: Expr) -> Axes:
    """All axes of an expression, first to last."""
    return tuple(range(len(x.shape)))


def last_axis(x: Expr) -> Axes:
    """The last axis of an expression: a row."""
    return (len(x.shape) - 1,)


def back_over(y: Expr, x: Expr, axes: Axes) -> Expr:
    """A reduction `y` of `x` spread again over the axes it lost."""
    return spread(y, shape=x.shape, axes=axes) if axes else y


def within(axes: Axes, count: int) -> bool:
    """Whether these are different axes of an array that has `count` of them."""
    return len(set(axes)) == len(axes) and all(0 <= axis < count for axis in axes)


def _spread_shape(given: Shape, *, shape: Shape, axes: Axes) -> Shape:
    if not within(axes, len(shape)):
        raise ShapeMismatch("spread", (given,), f"axes {axes} must be different ones of {shape}, counted from 0")
    kept = tuple(size for axis, size in enumerate(shape) if axis not in axes)
    if kept != given:
        expected = f"inserting axes {axes} into it must give {shape}, so it has to be {kept}"
        raise ShapeMismatch("spread", (given,), expected)
    return shape


def _spread_forward(xp: Any, x: Any, *, shape: Shape, axes: Axes) -> Any:
    seen = tuple(1 if axis in axes else size for axis, size in enumerate(shape))
    return xp.broadcast_to(xp.reshape(x, seen), shape)


def _reduced_shape(operation: str) -> Any:
    def rule(given: Shape, *, axes: Axes) -> Shape:
        if not within(axes, len(given)):
            raise ShapeMismatch(operation, (given,), f"axes {axes} must be different ones of it, counted from 0")
        return tuple(size for axis, size in enumerate(given) if axis not in axes)

    return rule


def _reduced_window(index: tuple[int, ...], given: Shape, *, axes: Axes) -> tuple[tuple[slice, ...]]:
    kept = iter(index)
    return (tuple(slice(0, n) if axis in axes else slice(i := next(kept), i + 1) for axis, n in enumerate(given)),)


def _mean(x: Expr, *, axes: Axes) -> Expr:
    return fold(x, axes=axes) / float(prod(x.shape[axis] for axis in axes))


def _mean_vjp(adjoint: Expr, output: Expr, x: Expr, *, axes: Axes) -> Adjoints:
    return (back_over(adjoint / float(prod(x.shape[axis] for axis in axes)), x, axes),)


def _largest_vjp(adjoint: Expr, output: Expr, x: Expr, *, axes: Axes) -> Adjoints:
    reached = equal(x, back_over(output, x, axes))
    winners = fold(where(reached, 1.0, 0.0), axes=axes)
    return (where(reached, back_over(adjoint / winners, x, axes), 0.0),)


spread: Basic = Basic(
    "spread",
    1,
    Kind.MOVER,
    _spread_shape,
    lambda adjoint, output, x, *, shape, axes: (fold(adjoint, axes=axes),),
    Notation("{0}", "{0}", "{0}", 9, (9,)),
    (Domain.REAL,),
    "linear; the adjoint of repeating is summing",
    forward=_spread_forward,
)
fold: Basic = Basic(
    "fold",
    1,
    Kind.CONTRACTION,
    _reduced_shape("fold"),
    lambda adjoint, output, x, *, axes: (back_over(adjoint, x, axes),),
    called("sum", r"\sum", "<mo>∑</mo>", source=in_arrays("sum", "{0}{axes}"), word="total"),
    (Domain.REAL,),
    "linear; the adjoint of summing is repeating",
    forward=lambda xp, x, *, axes: xp.sum(x, axis=axes),
    window=_reduced_window,
)
mean: Composite = Composite(
    "mean",
    1,
    Kind.CONTRACTION,
    _reduced_shape("mean"),
    _mean_vjp,
    called("mean", r"\operatorname{{mean}}", "mean", source=in_arrays("mean", "{0}{axes}"), word="mean"),
    (Domain.REAL,),
    "linear",
    lowering=_mean,
    window=_reduced_window,
)
largest: Basic = Basic(
    "largest",
    1,
    Kind.ROW,
    _reduced_shape("largest"),
    _largest_vjp,
    called(
        "max",
        r"\max",
        "max",
        source=in_arrays("max", "{0}{axes}") | {"torch": Phrase("torch.amax({0}{axes})")},
        word="largest",
    ),
    (Domain.REAL,),
    "the adjoint goes to the element that won",
    "elements that share the maximum share the adjoint equally",
    forward=lambda xp, x, *, axes: xp.max(x, axis=axes),
    window=_reduced_window,
)

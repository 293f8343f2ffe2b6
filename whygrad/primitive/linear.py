"""The matrix product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.errors.graph import ShapeMismatch
from whygrad.graph.primitive import Basic, Domain, Kind, Notation
from whygrad.primitive.mover import transposed

if TYPE_CHECKING:
    from whygrad.graph.expr import Shape


def _matmul_shape(x: Shape, y: Shape) -> Shape:
    if len(x) < 2 or len(y) != len(x):
        expected = "both must be matrices, or stacks of matrices with as many axes"
        raise ShapeMismatch("matmul", (x, y), expected, likely=0 if len(x) < 2 else 1)
    if x[:-2] != y[:-2]:
        raise ShapeMismatch("matmul", (x, y), f"it must be a stack of {x[:-2]} matrices as well", likely=1)
    if x[-1] != y[-2]:
        raise ShapeMismatch("matmul", (x, y), f"it needs {x[-1]} rows, one for each column of the first", likely=1)
    return (*x[:-1], y[-1])


def _matmul_window(index: tuple[int, ...], x: Shape, y: Shape) -> tuple[tuple[slice, ...], ...]:
    *stack, row, column = (slice(i, i + 1) for i in index)
    summed = slice(0, x[-1])
    return (*stack, row, summed), (*stack, summed, column)


matmul: Basic = Basic(
    "matmul",
    2,
    Kind.CONTRACTION,
    _matmul_shape,
    lambda adjoint, output, x, y: (adjoint @ transposed(y), transposed(x) @ adjoint),
    Notation("{0} @ {1}", r"{0} \, {1}", '{0}<mspace width="0.17em"></mspace>{1}', 2, (2, 3)),
    (Domain.REAL, Domain.REAL),
    "Petersen and Pedersen, The Matrix Cookbook, 2.5",
    forward=lambda xp, x, y: xp.matmul(x, y),
    window=_matmul_window,
)

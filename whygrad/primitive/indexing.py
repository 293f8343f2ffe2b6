"""Rows picked by their numbers, and its adjoint: rows added at their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from whygrad.errors.graph import ShapeMismatch
from whygrad.graph.primitive import Basic, Domain, Kind, Notation, called

if TYPE_CHECKING:
    from whygrad.graph.expr import Shape


def _gather_shape(given: Shape, index: Shape) -> Shape:
    if not given:
        raise ShapeMismatch("gather", (given, index), "a single number has no rows to pick")
    return (*index, *given[1:])


def _scatter_shape(given: Shape, index: Shape, *, rows: int) -> Shape:
    if given[: len(index)] != index:
        raise ShapeMismatch("scatter", (given, index), f"its first sizes must be those of the index, {index}")
    return (rows, *given[len(index) :])


def _scatter_forward(xp: Any, x: Any, index: Any, *, rows: int) -> Any:
    total = xp.zeros((rows, *x.shape[index.ndim :]), x.dtype)
    if hasattr(total, "at"):  # arrays that cannot be written to, as JAX has them
        return total.at[index].add(x)
    np.add.at(total, index, x)
    return total


gather: Basic = Basic(
    "gather",
    2,
    Kind.MOVER,
    _gather_shape,
    lambda adjoint, output, x, index: (scatter(adjoint, index, rows=x.shape[0]), None),
    Notation("{0}[{1}]", "{{{0}}}_{{{1}}}", "<msub><mrow>{0}</mrow><mrow>{1}</mrow></msub>", 9, (9, 0)),
    (Domain.REAL, Domain.INDEX),
    "linear; a row picked twice gets both parts back",
    forward=lambda xp, x, index: x[index],
)
scatter: Basic = Basic(
    "scatter",
    2,
    Kind.CONTRACTION,
    _scatter_shape,
    lambda adjoint, output, x, index, *, rows: (gather(adjoint, index), None),
    called("scatter", r"\operatorname{{scatter}}", "scatter", 2),
    (Domain.REAL, Domain.INDEX),
    "linear; the adjoint of gather",
    forward=_scatter_forward,
)

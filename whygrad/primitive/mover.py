"""Operations that only move elements: each output element is one input element."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any

from whygrad.errors.graph import ShapeMismatch
from whygrad.graph.expr import zeros
from whygrad.graph.primitive import Basic, Domain, Kind, Notation, called

if TYPE_CHECKING:
    from whygrad.graph.expr import Expr, Shape
    from whygrad.graph.primitive import Adjoints


def transposed(x: Expr) -> Expr:
    """The matrix, or each matrix of a stack, with rows and columns exchanged."""
    kept = tuple(range(len(x.shape) - 2))
    return transpose(x, order=(*kept, len(x.shape) - 1, len(x.shape) - 2))


def _transpose_shape(given: Shape, *, order: tuple[int, ...]) -> Shape:
    if sorted(order) != list(range(len(given))):
        raise ShapeMismatch("transpose", (given,), f"the order {order} does not name each of its axes once")
    return tuple(given[axis] for axis in order)


def _reshape_shape(given: Shape, *, shape: Shape) -> Shape:
    if prod(given) != prod(shape):
        raise ShapeMismatch("reshape", (given, shape), f"it must hold {prod(given)} elements as well", likely=1)
    return shape


def _concatenate_shape(*shapes: Shape, axis: int) -> Shape:
    first = shapes[0]
    if not 0 <= axis < len(first):
        raise ShapeMismatch("concatenate", shapes, f"it has no axis {axis}, along which to join")
    for shape in shapes[1:]:
        if len(shape) != len(first) or shape[:axis] + shape[axis + 1 :] != first[:axis] + first[axis + 1 :]:
            expected = f"all sizes but that of axis {axis} must be those of {first}"
            raise ShapeMismatch("concatenate", (first, shape), expected, likely=1)
    return (*first[:axis], sum(shape[axis] for shape in shapes), *first[axis + 1 :])


def _concatenate_vjp(adjoint: Expr, output: Expr, *inputs: Expr, axis: int) -> Adjoints:
    parts, start = [], 0
    for x in inputs:
        parts.append(section(adjoint, axis=axis, start=start, stop=start + x.shape[axis]))
        start += x.shape[axis]
    return tuple(parts)


def _section_shape(given: Shape, *, axis: int, start: int, stop: int) -> Shape:
    if not (0 <= axis < len(given) and 0 <= start <= stop <= given[axis]):
        raise ShapeMismatch("slice", (given,), f"it has no elements {start} to {stop} on axis {axis}")
    return (*given[:axis], stop - start, *given[axis + 1 :])


def _section_forward(xp: Any, x: Any, *, axis: int, start: int, stop: int) -> Any:
    return x[(slice(None),) * axis + (slice(start, stop),)]


def _section_vjp(adjoint: Expr, output: Expr, x: Expr, *, axis: int, start: int, stop: int) -> Adjoints:
    before = zeros((*x.shape[:axis], start, *x.shape[axis + 1 :]))
    after = zeros((*x.shape[:axis], x.shape[axis] - stop, *x.shape[axis + 1 :]))
    parts = [part for part in (before, adjoint, after) if part.shape[axis]]
    return (concatenate(*parts or [adjoint], axis=axis),)


def _inverse(order: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(order.index(axis) for axis in range(len(order)))


transpose: Basic = Basic(
    "transpose",
    1,
    Kind.MOVER,
    _transpose_shape,
    lambda adjoint, output, x, *, order: (transpose(adjoint, order=_inverse(order)),),
    Notation("{0}.T", r"{{{0}}}^{{\top}}", "<msup><mrow>{0}</mrow><mo>⊤</mo></msup>", 9, (9,), tex_level=5),
    (Domain.REAL,),
    "linear; moved back by the inverse order",
    forward=lambda xp, x, *, order: xp.transpose(x, order),
)
reshape: Basic = Basic(
    "reshape",
    1,
    Kind.MOVER,
    _reshape_shape,
    lambda adjoint, output, x, *, shape: (reshape(adjoint, shape=x.shape),),
    Notation("{0}", "{0}", "{0}", 9, (9,)),
    (Domain.REAL,),
    "linear; the elements keep their order",
    forward=lambda xp, x, *, shape: xp.reshape(x, shape),
)
concatenate: Basic = Basic(
    "concatenate",
    None,
    Kind.MOVER,
    _concatenate_shape,
    _concatenate_vjp,
    called("concatenate", r"\operatorname{{concat}}", "concat"),
    (Domain.REAL,),
    "linear; each input gets its own part back",
    forward=lambda xp, *values, axis: xp.concatenate(values, axis=axis),
)
section: Basic = Basic(
    "slice",
    1,
    Kind.MOVER,
    _section_shape,
    _section_vjp,
    Notation(
        "slice({0}, {axis}, {start}, {stop})",
        r"{{{0}}}_{{{start}:{stop}}}",
        "<msub><mrow>{0}</mrow><mrow>{start}<mo>:</mo>{stop}</mrow></msub>",
        9,
        (0,),
        tex_needs=(9,),
    ),
    (Domain.REAL,),
    "linear; what was cut away gets nothing",
    forward=_section_forward,
)

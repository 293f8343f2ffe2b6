"""Short ways to write the records of elementwise primitives, so that a family reads as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.errors.graph import ShapeMismatch
from whygrad.graph.primitive import Basic, Composite, Domain, Forward, Kind, Lowering, Notation, VectorJacobianProduct

if TYPE_CHECKING:
    from whygrad.graph.expr import Shape
    from whygrad.graph.primitive import ShapeRule

REAL = (Domain.REAL,)
TWO_REALS = (Domain.REAL, Domain.REAL)


def same_shape(operation: str) -> ShapeRule:
    """The rule of elementwise operations: all inputs have one shape, and so has the output."""

    def rule(*shapes: Shape, **_: object) -> Shape:
        for place, shape in enumerate(shapes):
            if shape != shapes[0]:
                expected = f"elementwise inputs have one shape, and the first is {shapes[0]}"
                raise ShapeMismatch(operation, (shapes[0], shape), expected, likely=1 if place else 0)
        return shapes[0]

    return rule


def elementwise(
    name: str,
    forward: Forward,
    vjp: VectorJacobianProduct,
    notation: Notation,
    *,
    domain: tuple[Domain, ...] = REAL,
    kink: str = "",
    source: str = "elementary calculus",
) -> Basic:
    """An elementwise primitive with a value of its own."""
    return Basic(
        name, len(domain), Kind.ELEMENTWISE, same_shape(name), vjp, notation, domain, source, kink, forward=forward
    )


def elementwise_composite(
    name: str,
    lowering: Lowering,
    vjp: VectorJacobianProduct,
    notation: Notation,
    *,
    domain: tuple[Domain, ...] = REAL,
    kink: str = "",
    source: str = "elementary calculus",
) -> Composite:
    """An elementwise primitive whose value is written in smaller ones."""
    return Composite(
        name, len(domain), Kind.ELEMENTWISE, same_shape(name), vjp, notation, domain, source, kink, lowering=lowering
    )

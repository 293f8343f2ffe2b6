"""Reverse-mode differentiation as a map from graphs to graphs.

The derivative rule of a primitive is written in primitives, so the gradient of an expression is an expression,
and can be differentiated again. Source: Griewank and Walther, Evaluating Derivatives, chapter 3 (reverse mode).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.errors.graph import NotScalar
from whygrad.graph.expr import Apply, Expr, constant, zeros
from whygrad.graph.traverse import depending_on, topological

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


def gradient(
    of: Expr, with_respect_to: Sequence[Expr], *, seed: Expr | None = None, stop_at: Collection[Expr] = ()
) -> tuple[Expr, ...]:
    """The gradient of one number with respect to each of some nodes, leaves or inner ones, in their shapes.

    Nodes to `stop_at` are held fixed: nothing is passed on through them. A node that `of` does not depend on has
    gradient zero.
    Raises NotScalar (WG103) when `of` is an array and no seed (its adjoint) is given.

    >>> from whygrad.graph import Input, gradient
    >>> from whygrad.primitive import tanh
    >>> x = Input((), "x")
    >>> (slope,) = gradient(x * tanh(x), [x])
    >>> (curvature,) = gradient(slope, [x])
    """
    found = adjoints(of, with_respect_to, seed=seed, stop_at=stop_at)
    return tuple(found[x] if x in found else zeros(x.shape) for x in with_respect_to)


def adjoints(
    of: Expr, with_respect_to: Sequence[Expr], *, seed: Expr | None = None, stop_at: Collection[Expr] = ()
) -> dict[Expr, Expr]:
    """The adjoint, d of / d node, of every node on a way from `of` to any of `with_respect_to`.

    A node read in several places gets the sum of what comes back from each. Nothing is stored on the nodes.
    """
    if seed is None:
        if of.shape:
            raise NotScalar(of.shape)
        seed = constant(1.0)
    order = topological([of])
    on_the_way = depending_on(order, with_respect_to)
    stops = set(stop_at)
    found = {of: seed} if of in on_the_way else {}
    for node in reversed(order):
        if node in found and isinstance(node, Apply) and node not in stops:
            for x, part in zip(node.arguments, pulled_back(node, found[node]), strict=True):
                if part is not None and x in on_the_way:
                    found[x] = found[x] + part if x in found else part
    return found


def pulled_back(node: Apply, adjoint: Expr) -> tuple[Expr | None, ...]:
    """What the adjoint of a node contributes to the adjoint of each of its inputs."""
    return node.primitive.vjp(adjoint, node, *node.arguments, **dict(node.attributes))

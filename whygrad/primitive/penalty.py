"""Penalties on large parameters, and bounds on large gradients."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.graph.expr import constant
from whygrad.primitive.arithmetic import absolute, maximum, minimum, sqrt
from whygrad.primitive.loss import summed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whygrad.graph.expr import Expr

# PyTorch adds it to the norm, so that a gradient of zeros does not divide by zero.
NORM_EPSILON = 1e-6


def squared_norm(x: Expr) -> Expr:
    """The sum of the squares of all elements, shape ()."""
    return summed(x * x)


def norm(xs: Sequence[Expr]) -> Expr:
    """The Euclidean length of several arrays taken as one long vector, shape ()."""
    return sqrt(sum((squared_norm(x) for x in xs[1:]), squared_norm(xs[0]))) if xs else constant(0.0)


def l1(parameter: Expr, strength: float) -> Expr:
    """The sum of |w| times strength, shape (): a pull of the same force on each element towards 0; none at 0.

    Tibshirani 1996, Regression Shrinkage and Selection via the Lasso.
    """
    return strength * summed(absolute(parameter))


def l2(parameter: Expr, strength: float) -> Expr:
    """Half the sum of w^2 times strength, shape (): its gradient is strength w, what PyTorch's SGD calls weight_decay.

    Krogh and Hertz 1991, A Simple Weight Decay Can Improve Generalization.
    """
    return (strength / 2.0) * squared_norm(parameter)


def clip_by_value(gradient: Expr, limit: float) -> Expr:
    """Each element kept between -limit and limit; the direction may change. PyTorch's clip_grad_value_."""
    return minimum(maximum(gradient, -limit), limit)


def clip_factor(length: Expr, limit: float) -> Expr:
    """What all gradients are scaled by, so that their common length stays within a limit and their direction as it is.

    min(1, limit / (length + 1e-6)), where `length` is the norm of all gradients together. Pascanu, Mikolov and Bengio
    2013, On the Difficulty of Training Recurrent Neural Networks, algorithm 1, with the 1e-6 of PyTorch's
    clip_grad_norm_: a gradient just below the limit is scaled too, by less than 1e-6 / limit.
    """
    return minimum(limit / (length + NORM_EPSILON), 1.0)

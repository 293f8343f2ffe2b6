"""How wrong the network is, as one number: the loss the user chose, in the stable form that fits the last layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from whygrad.graph import constant
from whygrad.primitive import averaged, fold, loss, sigmoid, softmax, spread, summed

if TYPE_CHECKING:
    from whygrad.build.network import Output
    from whygrad.graph import Expr
    from whygrad.spec import Loss

ClassWeights = tuple[float, ...]


def prediction(output: Output, learned: Loss) -> Expr:
    """What the network says, (rows, outputs): its out, or the probabilities when a linear layer gives logits.

    Whether it does is said by the loss that is learned from; a loss that is only reported changes nothing.
    """
    if output.activation == "linear" and learned.name == "cross-entropy":
        return softmax(output.net)
    if output.activation == "linear" and learned.name == "binary-cross-entropy":
        return sigmoid(output.net)
    return output.out


def errors(chosen: Loss, output: Output, said: Expr, target: Expr) -> Expr:
    """The loss of each output (rows, outputs), or of each row (rows,) for cross-entropy.

    Cross-entropy is taken from the net, where it is stable; every other loss from what the network says.
    """
    match chosen.name:
        case "cross-entropy":
            return loss.cross_entropy_with_softmax(output.net, target)
        case "binary-cross-entropy":
            return loss.binary_cross_entropy_with_logits(output.net, target)
        case "squared-error":
            return loss.squared_error(said, target)
        case "half-squared-error":
            return loss.half_squared_error(said, target)
        case "absolute-error":
            return loss.absolute_error(said, target)
        case "huber":
            return loss.huber(said, target, delta=chosen.delta)


def reduced(chosen: Loss, each: Expr, target: Expr, weights: ClassWeights | None) -> Expr:
    """The losses of a batch as one number, shape (): their sum, or their mean over rows (and outputs).

    Class weights multiply each row's loss; the mean still divides by the number of losses, not by the weights, so
    that a batch of one row feels its weight.
    """
    if weights is not None:
        each = each * as_many_axes(row_weights(target, weights), each)
    return summed(each) if chosen.reduction == "sum" else averaged(each)


def row_weights(target: Expr, weights: ClassWeights) -> Expr:
    """The weight of each row's class, (rows,): from one-hot targets, or from one output that is 1 for the second."""
    if target.shape[1] > 1:
        return fold(target * constant(np.array(weights)), axes=(1,))
    return fold(target * weights[1] + (1.0 - target) * weights[0], axes=(1,))


def as_many_axes(rows: Expr, each: Expr) -> Expr:
    """One number per row, in the shape of the losses."""
    return rows if len(each.shape) == 1 else spread(rows, shape=each.shape, axes=(1,))

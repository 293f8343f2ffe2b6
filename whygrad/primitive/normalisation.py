"""Normalisation and dropout: what stands between two layers and keeps their values in a workable range."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from whygrad.errors.graph import ShapeMismatch
from whygrad.primitive.arithmetic import sqrt
from whygrad.primitive.reduction import back_over, last_axis, mean

if TYPE_CHECKING:
    from whygrad.graph.expr import Expr

ROWS = (0,)


class BatchNormalised(NamedTuple):
    """A normalised batch, the mean and the (biased) variance of each unit, and how far each value is from the mean."""

    output: Expr
    mean: Expr
    variance: Expr
    centred: Expr


class LayerNormalised(NamedTuple):
    """Normalised rows, the mean and the deviation of each row, and how far each value is from the mean."""

    output: Expr
    mean: Expr
    deviation: Expr
    centred: Expr


def layer_norm(x: Expr, gain: Expr, shift: Expr, epsilon: float) -> LayerNormalised:
    """Each row brought to mean 0 and variance 1, then scaled and shifted per unit.

    gain (x - mean) / sqrt(variance + epsilon) + shift, over the last axis, variance divided by the number of units;
    `gain` and `shift` have shape (units,). Raises ShapeMismatch (WG101). Ba, Kiros and Hinton 2016, eq. 3 and 4, with
    PyTorch's epsilon under the root.
    """
    axes = last_axis(x)
    row_mean = mean(x, axes=axes)
    centred = x - back_over(row_mean, x, axes)
    deviation = sqrt(mean(centred * centred, axes=axes) + epsilon)
    output = centred / back_over(deviation, x, axes) * gain + shift
    return LayerNormalised(output, row_mean, deviation, centred)


def batch_norm_training(x: Expr, gain: Expr, shift: Expr, epsilon: float) -> BatchNormalised:
    """Each unit brought to mean 0 and variance 1 over the rows of the batch, then scaled and shifted.

    gain (x - mean) / sqrt(variance + epsilon) + shift, over axis 0, variance divided by the number of rows; `gain` and
    `shift` have shape (units,). Raises ShapeMismatch (WG101), also for a batch of one row. Ioffe and Szegedy 2015,
    algorithm 1.
    """
    require_two_rows(x.shape)
    batch_mean = mean(x, axes=ROWS)
    centred = x - batch_mean
    variance = mean(centred * centred, axes=ROWS)
    return BatchNormalised(centred / sqrt(variance + epsilon) * gain + shift, batch_mean, variance, centred)


def batch_norm_running(x: Expr, gain: Expr, shift: Expr, mean: Expr, variance: Expr, epsilon: float) -> Expr:
    """The same with the running mean and variance of each unit, for predictions: rows do not depend on each other.

    Ioffe and Szegedy 2015, algorithm 2.
    """
    return (x - mean) / sqrt(variance + epsilon) * gain + shift


def unbiased(variance: Expr, rows: int) -> Expr:
    """The variance divided by rows - 1 instead of rows, which is what the running variance averages.

    Raises ShapeMismatch (WG101) for one row. Ioffe and Szegedy 2015, algorithm 2, line 10; as in PyTorch.
    """
    require_two_rows((rows, *variance.shape))
    return variance * (rows / (rows - 1.0))


def running_average(old: Expr, new: Expr, momentum: float) -> Expr:
    """(1 - momentum) old + momentum new, PyTorch's convention: its momentum is the share of the new value."""
    return (1.0 - momentum) * old + momentum * new


def dropout(x: Expr, mask: Expr, rate: float) -> Expr:
    """Units whose mask is 0 silenced, the others scaled up, so that the mean stays: x mask / (1 - rate).

    `mask` has the shape of x and is 1 with probability 1 - rate. Srivastava et al. 2014, section 10, inverted dropout.
    """
    return x * mask / (1.0 - rate)


def require_two_rows(shape: tuple[int, ...]) -> None:
    """Raise ShapeMismatch (WG101) for a batch whose rows cannot be compared with each other."""
    if shape[0] < 2:
        expected = (
            "it takes two rows or more, as one row has no variance: choose a batch_size that leaves no single row"
        )
        raise ShapeMismatch("batch_norm", (shape,), expected)

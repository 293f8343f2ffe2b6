"""Schedules: the learning rate as a formula of the count of updates made so far, a single number.

Each takes `base`, the training's learning rate (a number, or an expression where it comes from outside), and `count`,
0 before the first update. Step, cosine and warm-up change between epochs, one-cycle at every update, as PyTorch's
schedulers do when used as their documentation says.
"""

from __future__ import annotations

from math import pi
from typing import TYPE_CHECKING

from whygrad.graph.expr import Expr, constant
from whygrad.primitive.arithmetic import cos, floor, minimum
from whygrad.primitive.compare import greater, where

if TYPE_CHECKING:
    from collections.abc import Callable


Base = Expr | float


def epoch(count: Expr, steps_per_epoch: int) -> Expr:
    """The epoch that an update belongs to, from 0."""
    return floor(count / float(steps_per_epoch))


def half_cosine(start: Base, end: Base, share: Expr) -> Expr:
    """From `start` at share 0 to `end` at share 1, level at both: end + (start - end) (1 + cos(pi share)) / 2."""
    return end + (start - end) * ((1.0 + cos(pi * share)) / 2.0)


def unchanged(base: Base, count: Expr, *, steps_per_epoch: int, epochs: int) -> Expr:
    """The same rate at every update."""
    return base if isinstance(base, Expr) else constant(base)


def step(base: Base, count: Expr, *, steps_per_epoch: int, epochs: int, every_epochs: int, factor: float) -> Expr:
    """Multiplied by `factor` once every so many epochs: base factor^floor(epoch / every_epochs).

    PyTorch's StepLR.
    """
    return base * factor ** floor(epoch(count, steps_per_epoch) / float(every_epochs))


def cosine(base: Base, count: Expr, *, steps_per_epoch: int, epochs: int, final: float) -> Expr:
    """Half a cosine from base towards final x base, which it would reach one epoch after the last.

    Loshchilov and Hutter 2017, SGDR, eq. 5 without restarts; PyTorch's CosineAnnealingLR with T_max = epochs.
    """
    return half_cosine(base, base * final, epoch(count, steps_per_epoch) / float(epochs))


def warm_up(base: Base, count: Expr, *, steps_per_epoch: int, epochs: int, warm_epochs: int, start: float) -> Expr:
    """A straight line from start x base up to base, reached after `warm_epochs` epochs and kept.

    With start 0 the rate of the whole first epoch is 0. Goyal et al. 2017, section 2.2, gradual warm-up; PyTorch's
    LinearLR, whose start must be above 0.
    """
    share = minimum(epoch(count, steps_per_epoch) / float(warm_epochs), 1.0)
    return base * (start + (1.0 - start) * share)


def one_cycle(
    base: Base,
    count: Expr,
    *,
    steps_per_epoch: int,
    epochs: int,
    warm_fraction: float,
    start_divisor: float,
    final_divisor: float,
) -> Expr:
    """Up to base, the peak, and down to almost nothing, each along half a cosine, in steps_per_epoch x epochs updates.

    It starts at base / start_divisor, is at the peak in update warm_fraction x updates (counted from 1), and ends at
    base / start_divisor / final_divisor. Smith and Topin 2018, Super-Convergence, whose lines are straight; PyTorch's
    OneCycleLR with its cosines, without cycling momentum.
    """
    updates = steps_per_epoch * epochs
    peak_at = warm_fraction * updates - 1.0
    start = base / start_divisor
    # A phase without updates has no length to divide by; no update reads its rate, so any length will do.
    rising = half_cosine(start, base, count / max(peak_at, 1.0))
    falling = half_cosine(base, start / final_divisor, (count - peak_at) / (updates - 1.0 - peak_at or 1.0))
    return where(greater(count, peak_at), falling, rising)


SCHEDULES: dict[str, Callable[..., Expr]] = {
    "constant": unchanged,
    "step": step,
    "cosine": cosine,
    "warm-up": warm_up,
    "one-cycle": one_cycle,
}

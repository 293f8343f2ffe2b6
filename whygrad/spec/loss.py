"""How wrong a prediction is, as one number."""

from __future__ import annotations

from typing import Literal

from whygrad.spec.record import AboveZero, Record

__all__ = ["CLASS_LOSSES", "Loss", "LossName", "Reduction"]

LossName = Literal[
    "squared-error", "half-squared-error", "absolute-error", "huber", "binary-cross-entropy", "cross-entropy"
]
Reduction = Literal["sum", "mean"]
CLASS_LOSSES: frozenset[LossName] = frozenset({"binary-cross-entropy", "cross-entropy"})


class Loss(Record, frozen=True):
    """A loss and how the rows and outputs of a batch are put together; in a file also a string: "sum squared-error".

    - name: which loss
    - reduction: add up or average; there is no default, since it changes what a learning rate means
    - delta: of huber: where the parabola becomes a line
    """

    name: LossName
    reduction: Reduction
    delta: AboveZero = 1.0

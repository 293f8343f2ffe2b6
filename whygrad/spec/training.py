"""How the network learns: loss, optimizer, rate, batches, and when to stop."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from whygrad.spec.loss import Loss
from whygrad.spec.optimizer import Optimizer, Sgd
from whygrad.spec.record import AboveZero, Count, NotNegative, NotNegativeInt, Record, Share
from whygrad.spec.schedule import Constant, Schedule

__all__ = ["BatchSize", "Clip", "EarlyStopping", "Order", "Split", "Training"]

Order = Literal["in order", "shuffled"]
BatchSize = Count | Literal["per row", "all"]


class Clip(Record, frozen=True, kw_only=True):
    """A bound on the gradient: exactly one of the two.

    - value: each element is kept between minus and plus this
    - norm: the gradient of all parameters together is scaled down to this length
    """

    value: AboveZero | None = None
    norm: AboveZero | None = None


class EarlyStopping(Record, frozen=True, kw_only=True):
    """Stops when the loss on the validation part no longer falls.

    - patience: epochs without improvement to wait for
    - min_delta: the least fall that counts as improvement
    - restore_best: end with the parameters of the best epoch
    """

    patience: Count
    min_delta: NotNegative = 0.0
    restore_best: bool = True


class Split(Record, frozen=True, kw_only=True):
    """The shares of the rows that are held out.

    - validation: watched during training
    - test: kept for the end
    - stratified: the same mix of classes in each part
    - seed: seed of the split; by default the training's seed
    """

    validation: Share = 0.0
    test: Share = 0.0
    stratified: bool = True
    seed: NotNegativeInt | None = None


class Training(Record, frozen=True, kw_only=True):
    """How the network learns.

    - loss: what is made small: "sum" or "mean" and a name, such as "mean cross-entropy", or a table
    - reported_loss: another loss to print and record instead; it does not change what is learned
    - optimizer: a name, or a table with its name and settings
    - learning_rate: the size of a step, above 0
    - schedule: how the learning rate changes: a name, or a table with its name and settings
    - epochs: how often all rows are used
    - batch_size: rows per update: a number, "per row" or "all"
    - order: the order of the rows in an epoch
    - seed: seed of the weights, the order of rows and dropout
    - l1: factor of the sum of absolute weights, added to the loss
    - l2: factor of half the sum of squared weights, added to the loss
    - weight_decay: the share of a weight taken off per unit of learning rate, apart from the gradient
    - clip: a bound on the gradient
    - early_stopping: stop when the validation loss no longer falls
    - split: the shares of the rows that are held out
    - class_weights: "balanced" weighs rare classes more; a table gives class = weight
    - dtype: the precision of the arithmetic
    - threshold: the probability from which a row is said to be of the second of two classes
    - stop_below: stop once the loss of an epoch is below this
    - record_every: record the figures after every so many updates too, not only after each epoch
    """

    loss: Loss
    learning_rate: AboveZero
    epochs: NotNegativeInt
    batch_size: BatchSize
    reported_loss: Loss | None = None
    optimizer: Optimizer = Sgd()
    schedule: Schedule = Constant()
    order: Order = "shuffled"
    seed: NotNegativeInt = 0
    l1: NotNegative = 0.0
    l2: NotNegative = 0.0
    weight_decay: NotNegative = 0.0
    clip: Clip | None = None
    early_stopping: EarlyStopping | None = None
    split: Split = Split()
    class_weights: Literal["none", "balanced"] | dict[str, AboveZero] = "none"
    dtype: Literal["float64", "float32"] = "float64"
    threshold: Annotated[float, msgspec.Meta(gt=0, lt=1)] = 0.5
    stop_below: AboveZero | None = None
    record_every: Count | None = None

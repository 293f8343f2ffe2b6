"""How good predictions are, in figures that people know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from whygrad.dataset import ClassTarget, class_indices

if TYPE_CHECKING:
    from whygrad.dataset import NumberTarget

Array = NDArray[Any]


def metrics(target: ClassTarget | NumberTarget, said: Array, true: Array, threshold: float) -> dict[str, float]:
    """The metrics that fit the target: accuracy, precision, recall for classes; R2, mean absolute error for numbers.

    `said` and `true` are (rows, outputs), in prepared units; the mean absolute error is in the data's own. Precision
    and recall are those of the second class of two, and the mean over the classes of more (a class without rows or
    predictions counts as 0).
    """
    return {name: float(each[0]) for name, each in metrics_of_each(target, said[None], true[None], threshold).items()}


@np.errstate(all="ignore")  # a network that has run away is judged too: its figures are infinite or NaN
def metrics_of_each(target: ClassTarget | NumberTarget, said: Array, true: Array, threshold: float) -> dict[str, Array]:
    """The same of many predictions, (predictions, rows, outputs): an array of one figure for each.

    `true` may be of one prediction alone, where it is the same for all.
    """
    if not isinstance(target, ClassTarget):
        return {"r2": r2(said, true), "mean_absolute_error": np.mean(np.abs(said - true) * target.factors, axis=(1, 2))}
    confusion = confusion_matrices(target, said, true, threshold)
    precision, recall = precision_and_recall(confusion)
    binary = len(target.classes) == 2
    right = np.trace(confusion, axis1=1, axis2=2)
    return {
        "accuracy": right / np.maximum(confusion.sum(axis=(1, 2)), 1),
        "precision": precision[:, 1] if binary else precision.mean(axis=1),
        "recall": recall[:, 1] if binary else recall.mean(axis=1),
    }


def confusion_matrix(target: ClassTarget, said: Array, true: Array, threshold: float) -> NDArray[np.int64]:
    """Counts of rows, (true class, predicted class)."""
    found: NDArray[np.int64] = confusion_matrices(target, said[None], true[None], threshold)[0]
    return found


def confusion_matrices(target: ClassTarget, said: Array, true: Array, threshold: float) -> NDArray[np.int64]:
    """Counts of rows of many predictions, (predictions, true class, predicted class)."""
    many, rows, outputs = said.shape
    size = len(target.classes)
    right = class_indices(target, true.reshape(-1, outputs)).reshape(len(true), rows)
    predicted = class_indices(target, said.reshape(-1, outputs), threshold).reshape(many, rows)
    cells = np.arange(0, many * size * size, size * size)[:, None] + size * right
    cells += predicted
    counts: NDArray[np.int64] = np.bincount(cells.ravel(), minlength=many * size * size)
    return counts.reshape(many, size, size)


def precision_and_recall(confusion: NDArray[np.int64]) -> tuple[Array, Array]:
    """Per class: the share of its predictions that are right, and the share of its rows that are found."""
    right = np.diagonal(confusion, axis1=-2, axis2=-1)
    return right / np.maximum(confusion.sum(axis=-2), 1), right / np.maximum(confusion.sum(axis=-1), 1)


def r2(said: Array, true: Array) -> Array:
    """The share of the variance that is explained: 1 is perfect, 0 is as good as the mean; NaN without variance."""
    if not true.shape[1]:
        return np.full(len(true), np.nan)
    spread = np.sum((true - true.mean(axis=1, keepdims=True)) ** 2, axis=(1, 2))
    missed = np.sum((said - true) ** 2, axis=(1, 2))
    return np.where(spread > 0, 1.0 - missed / np.where(spread > 0, spread, 1.0), np.nan)

"""How good predictions are, in figures that people know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from whygrad.dataset import ClassTarget, class_indices

if TYPE_CHECKING:
    from whygrad.dataset import NumberTarget

Array = NDArray[Any]


@np.errstate(all="ignore")  # a network that has run away is judged too: its figures are infinite or NaN
def metrics(target: ClassTarget | NumberTarget, said: Array, true: Array, threshold: float) -> dict[str, float]:
    """The metrics that fit the target: accuracy, precision, recall for classes; R2, mean absolute error for numbers.

    `said` and `true` are (rows, outputs), in prepared units; the mean absolute error is in the data's own. Precision
    and recall are those of the second class of two, and the mean over the classes of more (a class without rows or
    predictions counts as 0).
    """
    if not isinstance(target, ClassTarget):
        return {"r2": r2(said, true), "mean_absolute_error": float(np.mean(np.abs(said - true) * target.factors))}
    confusion = confusion_matrix(target, said, true, threshold)
    precision, recall = precision_and_recall(confusion)
    binary = len(target.classes) == 2
    return {
        "accuracy": float(np.trace(confusion) / max(confusion.sum(), 1)),
        "precision": float(precision[1] if binary else precision.mean()),
        "recall": float(recall[1] if binary else recall.mean()),
    }


def confusion_matrix(target: ClassTarget, said: Array, true: Array, threshold: float) -> NDArray[np.int64]:
    """Counts of rows, (true class, predicted class)."""
    size = len(target.classes)
    matrix = np.zeros((size, size), dtype=np.int64)
    np.add.at(matrix, (class_indices(target, true), class_indices(target, said, threshold)), 1)
    return matrix


def precision_and_recall(confusion: NDArray[np.int64]) -> tuple[Array, Array]:
    """Per class: the share of its predictions that are right, and the share of its rows that are found."""
    right = np.diag(confusion)
    return right / np.maximum(confusion.sum(axis=0), 1), right / np.maximum(confusion.sum(axis=1), 1)


def r2(said: Array, true: Array) -> float:
    """The share of the variance that is explained: 1 is perfect, 0 is as good as the mean; NaN without variance."""
    spread = float(np.sum((true - true.mean(axis=0)) ** 2)) if len(true) else 0.0
    return 1.0 - float(np.sum((said - true) ** 2)) / spread if spread > 0 else float("nan")

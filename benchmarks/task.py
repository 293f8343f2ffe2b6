"""A work as arrays, so that anybody can do it: this file knows nothing of whygrad, and NumPy is all that it loads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

# A training made ready: called, it gives a training from the same weights, and that gives its loss for each epoch.
Fresh = Callable[[], Callable[[], list[float]]]

BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8


@dataclass(frozen=True, eq=False)
class Task:
    """What is trained: ReLU between layers, rows in order, the same ones in every epoch.

    - `x`: (rows, inputs); `y`: (rows, outputs), with a single 1 in each row where they are classes.
    - `weights`: W (inputs, outputs) and b (outputs,) of each layer, one after the other, before the first update.
    - `size`: how many rows a batch has; the last one of an epoch may have fewer.
    - `classes`: softmax and the mean cross-entropy, by Adam; without, the sum of squared errors, by plain descent.
    """

    x: NDArray[Any]
    y: NDArray[Any]
    weights: tuple[NDArray[Any], ...]
    size: int
    epochs: int
    rate: float
    classes: bool

    @property
    def labels(self) -> NDArray[np.int64]:
        """The class of each row, as a number."""
        return np.asarray(np.argmax(self.y, axis=1), np.int64)

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many units each layer has, the inputs first."""
        return (self.x.shape[1], *(len(bias) for bias in self.weights[1::2]))

    @property
    def updates(self) -> int:
        """How many updates there are."""
        return self.epochs * -(-len(self.x) // self.size)

    def batches(self) -> list[slice]:
        """The rows of each batch."""
        return [slice(at, min(at + self.size, len(self.x))) for at in range(0, len(self.x), self.size)]

    def share(self, batch: slice) -> float:
        """What the loss of a batch counts in that of its epoch: a mean is one over rows, a sum one over all."""
        return (batch.stop - batch.start) / len(self.x) if self.classes else 1.0

    def save(self, path: Path) -> None:
        """Write it to a file."""
        settings = np.array([self.size, self.epochs, self.rate, self.classes], float)
        np.savez(path, *self.weights, x=self.x, y=self.y, settings=settings)

    @staticmethod
    def load(path: Path, epochs: int = 0) -> Task:
        """Read it from a file, with another number of epochs if one is given."""
        with np.load(path) as file:
            size, known, rate, classes = file["settings"]
            weights = tuple(file[f"arr_{place}"] for place in range(len(file.files) - 3))
            return Task(file["x"], file["y"], weights, int(size), epochs or int(known), float(rate), bool(classes))


def flat_of(task: Task) -> tuple[NDArray[Any], list[NDArray[Any]]]:
    """All weights as one vector, and each of them as a part of it, to be written to."""
    flat = np.concatenate([each.ravel() for each in task.weights])
    ends = np.cumsum([0, *(each.size for each in task.weights)])
    parts = [flat[a:b].reshape(w.shape) for a, b, w in zip(ends[:-1], ends[1:], task.weights, strict=True)]
    return flat, parts

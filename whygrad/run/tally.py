"""The figures of several steps as one row of a history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from whygrad.graph import GATE
from whygrad.run.metrics import metrics

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from whygrad.dataset import ClassTarget, NumberTarget, Part
    from whygrad.spec import Training


class Tally:
    """Adds up the figures of some steps."""

    def __init__(self, target: ClassTarget | NumberTarget, training: Training) -> None:
        self.target = target
        self.training = training
        self.said: list[Any] = []
        self.true: list[Any] = []
        self.figures: list[Mapping[str, float]] = []
        self.open: dict[str, Any] = {}

    def __len__(self) -> int:
        return len(self.said)

    def add(self, batch: Part, outputs: Mapping[str, Any]) -> None:
        """Take in the outputs of one step."""
        self.said.append(outputs["prediction"])
        self.true.append(batch.targets)
        self.figures.append({name: float(value) for name, value in outputs.items() if np.ndim(value) == 0})
        for name, value in outputs.items():
            if name.startswith(GATE):
                layer = name.removeprefix(GATE)
                self.open[layer] = (value > 0) | self.open.get(layer, False)

    def row(self) -> dict[str, float | None]:
        """The figures of these steps: the sum or mean of their losses, means of lengths, the last one's rate."""
        sizes = [len(part) for part in self.said]
        reported = self.training.reported_loss or self.training.loss
        errors = [figures["error"] for figures in self.figures]
        total = float(loss_of_epoch(errors, sizes, reported.reduction))
        last = self.figures[-1]
        row: dict[str, float | None] = {"loss": total, "learning_rate": last["learning_rate"]}
        row |= {"penalty": last["penalty"]} if "penalty" in last else {}
        row |= metrics(self.target, np.vstack(self.said), np.vstack(self.true), self.training.threshold)
        row |= {name: float(np.mean([each[name] for each in self.figures])) for name in last if "/" in name}
        return row | {f"inactive/{layer}": float(np.mean(~is_open)) for layer, is_open in self.open.items()}


def loss_of_epoch(errors: Sequence[Any] | NDArray[Any], sizes: Sequence[int], reduction: str) -> Any:
    """The sum or the mean of the losses of some steps, whose batches had so many rows; of each network, where many."""
    if reduction == "sum":
        return sum(errors)
    # One behind the other, as those of a single network lie: the order in which they are added up depends on it.
    return np.average(np.ascontiguousarray(np.moveaxis(np.asarray(errors), 0, -1)), axis=-1, weights=sizes)

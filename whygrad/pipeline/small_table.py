"""A data set small enough to be shown row by row, with what the network says of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from whygrad.data import outputs_to_labels
from whygrad.dataset import ClassTarget, NumberColumn

if TYPE_CHECKING:
    from whygrad.dataset import Preparation
    from whygrad.pipeline.trained import Trained

ROWS_AT_MOST = 12
INPUTS_AT_MOST = 6
Cell = str | float


@dataclass(frozen=True)
class SmallTable:
    """Rows for people: inputs in their own units, the target, and what the network says."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def rows_and_predictions(run: Trained) -> SmallTable | None:
    """The training rows with their targets and predictions; None when there are too many to read."""
    part, preparation = run.set_up.dataset.training, run.set_up.dataset.preparation
    if len(part) > ROWS_AT_MOST or len(preparation.columns) > INPUTS_AT_MOST:
        return None
    said = run.model.predict_prepared(part.inputs)
    truth = outputs_to_labels(preparation, part.targets)
    inputs = [tuple(raw(preparation, row)) for row in part.inputs]
    names = tuple(column.name for column in preparation.columns)
    target = preparation.target
    if isinstance(target, ClassTarget):
        chances = np.max(said.outputs, axis=1) if target.one_hot else said.outputs[:, 0]
        label = "probability" if target.one_hot else f"probability of {target.classes[1]}"
        rows = zip(inputs, truth, chances, said.labels, strict=True)
        head = (*names, target.name, label, "says")
        return SmallTable(head, tuple((*row, str(true), float(p), str(says)) for row, true, p, says in rows))
    head = (*names, *target.names, *(f"predicted {name}" for name in target.names))
    numbers = zip(inputs, np.asarray(truth), np.asarray(said.labels), strict=True)
    return SmallTable(head, tuple((*row, *map(float, true), *map(float, says)) for row, true, says in numbers))


def raw(preparation: Preparation, row: np.ndarray) -> Iterator[Cell]:
    """One prepared row in the units of the data: numbers unscaled, categories by name."""
    place = 0
    for column in preparation.columns:
        if isinstance(column, NumberColumn):
            yield float(row[place] * column.factor + column.shift)
            place += 1
        else:
            levels = column.levels
            yield levels[int(np.argmax(row[place : place + len(levels)]))]
            place += len(levels)

"""How what a network says over its inputs is read: in the units of the data, as a score, as classes or as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from whygrad.data import numbers_in_units
from whygrad.data.scale import scaled, unscaled
from whygrad.dataset import ClassTarget, NumberColumn, class_indices

if TYPE_CHECKING:
    from whygrad.dataset import Dataset, NumberTarget

Array = NDArray[Any]
Shows = Literal["score", "classes", "numbers"]


@dataclass(frozen=True, eq=False)
class Reading:
    """The inputs that are numbers, and the target.

    `classes`: the target as classes, also where it is a number that is 0 or 1 in every row; None for other numbers.
    """

    columns: tuple[NumberColumn, ...]
    target: ClassTarget | NumberTarget
    classes: ClassTarget | None

    @property
    def shows(self) -> Shows:
        """One output for two classes, one output a class, or numbers."""
        return "numbers" if self.classes is None else "classes" if self.classes.one_hot else "score"

    def raw(self, inputs: Array) -> Array:
        """Prepared inputs (rows, features) in the units of the data."""
        return unscaled(inputs, *self.scale)

    def prepared(self, raw: Array) -> Array:
        """Inputs in the units of the data (rows, features) as the network reads them."""
        return scaled(raw, *self.scale)

    @property
    def scale(self) -> tuple[list[float], list[float]]:
        """Shift and factor of each input."""
        return [column.shift for column in self.columns], [column.factor for column in self.columns]

    def in_units(self, outputs: Array) -> Array:
        """Outputs or targets (rows, outputs): numbers in the units of the data, scores as they are."""
        return outputs if isinstance(self.target, ClassTarget) else numbers_in_units(self.target, outputs)

    def labels(self, values: Array, threshold: float) -> Array:
        """The class of each row of outputs or targets in units; there are classes."""
        if self.classes is None:
            raise TypeError("numbers have no classes")
        return class_indices(self.classes, values, threshold)


def reading_of(dataset: Dataset) -> Reading:
    """How a network on this data is read; it has no columns where an input is no number."""
    preparation, target = dataset.preparation, dataset.preparation.target
    columns = tuple(column for column in preparation.columns if isinstance(column, NumberColumn))
    return Reading(
        columns if len(columns) == len(preparation.columns) else (),
        target,
        target if isinstance(target, ClassTarget) else as_classes(target, dataset.training.targets),
    )


def as_classes(target: NumberTarget, targets: Array) -> ClassTarget | None:
    """A number that is 0 or 1 in every row, as two classes."""
    values = numbers_in_units(target, targets)
    if values.shape[1] != 1 or not np.isin(values, (0.0, 1.0)).all():
        return None
    return ClassTarget(target.names[0], ("0", "1"), one_hot=False)

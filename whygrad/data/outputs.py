"""Outputs of a network back to what a person asked for: names of classes, or numbers in their own units."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from whygrad.data.scale import unscaled
from whygrad.dataset import ClassTarget, NumberTarget, Preparation, class_indices

__all__ = ["numbers_in_units", "outputs_to_labels"]

Array = NDArray[np.float64]


def outputs_to_labels(preparation: Preparation, outputs: Array, threshold: float = 0.5) -> tuple[str, ...] | Array:
    """Class names (rows,), or numbers (rows, outputs) in original units, from outputs or targets (rows, outputs)."""
    target = preparation.target
    if isinstance(target, ClassTarget):
        return tuple(target.classes[index] for index in class_indices(target, outputs, threshold))
    return numbers_in_units(target, outputs)


def numbers_in_units(target: NumberTarget, outputs: Array) -> Array:
    """Prepared numbers (rows, outputs) in the units of the target columns."""
    return unscaled(outputs, target.shifts, target.factors)

"""Prepared data: arrays in three parts, and the record of how raw columns became those arrays.

    Dataset
    |- training, validation, test: Part      arrays, one row per example
    `- preparation: Preparation              saved with the model, so that new rows are prepared the same way
       |- columns: NumberColumn | CategoryColumn
       `- target:  ClassTarget | NumberTarget

A prepared number is `(raw - shift) / factor`; a prepared category is a row of zeros with a single one.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "CategoryColumn",
    "ClassTarget",
    "Dataset",
    "NumberColumn",
    "NumberTarget",
    "Part",
    "Preparation",
    "class_indices",
    "fingerprint_of",
]


class NumberColumn(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="number"):
    """An input column of numbers, scaled; a missing value becomes `fill`, in raw units (None: it is an error)."""

    name: str
    fill: float | None = None
    shift: float = 0.0
    factor: float = 1.0

    @property
    def is_scaled(self) -> bool:
        """Whether the network reads other numbers than the table has."""
        return (self.shift, self.factor) != (0.0, 1.0)

    @property
    def feature_names(self) -> tuple[str, ...]:
        return (self.name,)


class CategoryColumn(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="category"):
    """An input column of names, one feature per level; a missing value becomes the level `fill` (None: an error)."""

    name: str
    levels: tuple[str, ...]
    fill: str | None = None

    @property
    def feature_names(self) -> tuple[str, ...]:
        return tuple(f"{self.name}={level}" for level in self.levels)


class ClassTarget(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="classes"):
    """A target of classes: one output per class (`one_hot`), or one output that is 1 for the second of two classes."""

    name: str
    classes: tuple[str, ...]
    one_hot: bool

    @property
    def output_names(self) -> tuple[str, ...]:
        return self.classes if self.one_hot else (self.name,)


class NumberTarget(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="numbers"):
    """One or more target columns of numbers, scaled as `(raw - shift) / factor`."""

    names: tuple[str, ...]
    shifts: tuple[float, ...]
    factors: tuple[float, ...]

    @property
    def output_names(self) -> tuple[str, ...]:
        return self.names


class Preparation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How raw columns become inputs and targets; fitted on the training part only.

    `image` is (height, width) when the inputs are the pixels of a picture, row by row.
    """

    columns: tuple[NumberColumn | CategoryColumn, ...]
    target: ClassTarget | NumberTarget
    image: tuple[int, int] | None = None

    @property
    def feature_names(self) -> tuple[str, ...]:
        """Names of the input features, in the order of the array's columns; a category gives `species=Adelie`."""
        return tuple(name for column in self.columns for name in column.feature_names)

    @property
    def output_names(self) -> tuple[str, ...]:
        """Names of the outputs, in the order of the target array's columns."""
        return self.target.output_names


@dataclass(frozen=True, eq=False)
class Part:
    """Examples of one part: inputs (n, features), targets (n, outputs) and rows (n,); n may be 0.

    `rows` holds the row numbers in the source, counted from 0.
    """

    inputs: NDArray[np.float64]
    targets: NDArray[np.float64]
    rows: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, eq=False)
class Dataset:
    """Prepared data in three parts; `source` is one line for people, `fingerprint` comes from `fingerprint_of`."""

    training: Part
    validation: Part
    test: Part
    preparation: Preparation
    source: str
    fingerprint: str


def fingerprint_of(*parts: Part) -> str:
    """SHA-256 of the parts' inputs and targets, as hexadecimal text; the same on every machine."""
    digest = hashlib.sha256()
    for part in parts:
        for array in (part.inputs, part.targets):
            digest.update(f"{array.shape}".encode())
            digest.update(np.ascontiguousarray(array, dtype="<f8").data)
    return digest.hexdigest()


def class_indices(target: ClassTarget, outputs: NDArray[np.float64], threshold: float = 0.5) -> NDArray[np.int64]:
    """The class of each row of outputs or targets (rows, outputs), as a position in `target.classes`.

    The largest output counts; a single output means the second class from the threshold on.
    """
    if target.one_hot:
        return np.asarray(outputs.argmax(axis=1), dtype=np.int64)
    return (outputs[:, 0] >= threshold).astype(np.int64)

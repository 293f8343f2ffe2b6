"""Which rows are learned from, watched (validation) and kept for the end (test)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from whygrad.data.stream import generator

if TYPE_CHECKING:
    from whygrad.spec import Split

__all__ = ["SplitRows", "split_rows"]

Rows = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class SplitRows:
    """Positions 0..n-1 in three parts, each in ascending order; together they are all, none twice."""

    training: Rows
    validation: Rows
    test: Rows


def split_rows(rows: int, split: Split, *, seed: int, groups: Rows | None = None) -> SplitRows:
    """Draw validation and test rows; round(share * rows) of each, the rest is for training.

    `groups` (rows,) holds the class of each row: every class then gives its share of each part, to within one row, and
    keeps at least one row for training even if a part gets smaller by it.
    """
    random = generator(split.seed if split.seed is not None else seed, "split")
    members = [np.arange(rows)] if groups is None else [np.flatnonzero(groups == group) for group in np.unique(groups)]
    sizes = np.array([len(member) for member in members])
    validation = _apportioned(sizes, split.validation)
    test = _apportioned(sizes, split.test)
    if groups is not None:
        _spare_training(sizes, validation, test)
    drawn = [random.permutation(member) for member in members]
    held = [np.split(order, [t, t + v]) for order, t, v in zip(drawn, test, validation, strict=True)]
    parts = [np.sort(np.concatenate(part)).astype(np.int64) for part in zip(*held, strict=True)]
    return SplitRows(training=parts[2], validation=parts[1], test=parts[0])


def _apportioned(sizes: Rows, share: float) -> Rows:
    """How many rows each class gives: round(share * all) in total, largest remainders first (Hamilton's method)."""
    exact = sizes * share
    counts: Rows = np.floor(exact + 1e-9).astype(np.int64)
    left = int(np.floor(sizes.sum() * share + 0.5)) - int(counts.sum())
    counts[np.argsort(counts - exact, kind="stable")[: max(left, 0)]] += 1
    return counts


def _spare_training(sizes: Rows, validation: Rows, test: Rows) -> None:
    """Give rows of small classes back to training, in place, until each class has one there."""
    for group, size in enumerate(sizes):
        while validation[group] + test[group] >= size:
            larger = validation if validation[group] >= test[group] else test
            larger[group] -= 1

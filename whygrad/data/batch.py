"""The order of the rows in an epoch, and its slices into batches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from whygrad.data.stream import generator

if TYPE_CHECKING:
    from whygrad.spec import BatchSize, Order

__all__ = ["batches", "row_order", "rows_per_batch"]


def row_order(rows: int, order: Order, *, seed: int, epoch: int) -> NDArray[np.int64]:
    """The rows 0..rows-1 as this epoch visits them, (rows,): in order, or shuffled anew from (seed, epoch)."""
    if order == "in order":
        return np.arange(rows, dtype=np.int64)
    return generator(seed, "order", epoch).permutation(rows).astype(np.int64, copy=False)


def rows_per_batch(rows: int, size: BatchSize) -> int:
    """How many rows a full batch has: 1 for "per row", all of them for "all"."""
    if isinstance(size, str):
        return 1 if size == "per row" else max(rows, 1)
    return size


def batches(order: NDArray[np.int64], size: BatchSize) -> Iterator[NDArray[np.int64]]:
    """Slices of the order, each of one batch; the last may be shorter."""
    step = rows_per_batch(len(order), size)
    return (order[start : start + step] for start in range(0, len(order), step))

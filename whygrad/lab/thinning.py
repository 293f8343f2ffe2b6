"""Of long rows of figures what can be seen: more points than columns of a picture only make its page slow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def seen(series: Sequence[Sequence[float | None]] | NDArray[np.float64], columns: int) -> NDArray[np.int64]:
    """The places to keep of series of one length: the first and the last, and what stands out within each column.

    That is, of each series, its lowest and its highest figure and the first that is not finite. Where there are no
    more than two figures to a column, all are kept.
    """
    every = np.array(series, dtype=np.float64)
    length = every.shape[1]
    if length <= 2 * columns:
        return np.arange(length)
    size = -(-length // columns)
    padded = np.full((len(every), -(-length // size) * size), np.inf)
    padded[:, :length] = every
    blocks = padded.reshape(len(every), -1, size)
    finite = np.isfinite(blocks)
    low, high = np.where(finite, blocks, np.inf), np.where(finite, -blocks, np.inf)
    gap = np.where(finite.all(axis=2, keepdims=True), low, finite)
    first = np.arange(blocks.shape[1]) * size
    kept = np.concatenate([(each + first).ravel() for each in map(lowest, (low, high, gap))])
    return np.unique(np.append(kept[kept < length], (0, length - 1)))


def lowest(blocks: Any) -> Any:
    """Of each block the place of its lowest figure."""
    return blocks.argmin(axis=2)

"""Which array a value is written to: one that nobody reads any more, where there is one of its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from whygrad.graph import Apply, Expr, Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

Layout = tuple[tuple[int, ...], str, tuple[int, ...]]


class Buffers:
    """The buffers of a step, by the names they have in its code.

    - `place`: the number of each node in the order of computation; `last`: that of its last reader.
    - `held`: the buffer that a node's value is in.
    """

    def __init__(self, order: Sequence[Expr], kept: Collection[Expr]) -> None:
        self.place = {node: number for number, node in enumerate(order)}
        self.last = last_readers(order, kept)
        self.held: dict[Expr, str] = {}
        self.free: dict[Layout, list[str]] = {}

    def take_over(self, node: Apply, sample: Any, samples: dict[Expr, Any], looking: dict[Expr, Expr]) -> str | None:
        """The buffer of an input that is read here for the last time, place by place."""
        for x in node.arguments:
            seen_otherwise = any(looking.get(other) is x for other in node.arguments)
            if x in self.held and self.dies(x, node) and not seen_otherwise and layout(samples[x]) == layout(sample):
                return self.held.pop(x)
        return None

    def take(self, sample: Any) -> str | None:
        """A buffer of this kind that is free."""
        free = self.free.get(layout(sample))
        return free.pop() if free else None

    def release(self, node: Expr, read: Collection[Expr], samples: dict[Expr, Any]) -> None:
        """Let go of the buffers that this node was the last to read."""
        for x in dict.fromkeys(read):
            if x in self.held and self.dies(x, node):
                self.free.setdefault(layout(samples[x]), []).append(self.held.pop(x))

    def dies(self, x: Expr, node: Expr) -> bool:
        """Whether nobody reads a value after this node."""
        return self.last[x] <= self.place[node]


def last_readers(order: Sequence[Expr], kept: Collection[Expr]) -> dict[Expr, int]:
    """Where each value is read for the last time, itself or through what may look at it; those kept, never."""
    place = {node: number for number, node in enumerate(order)}
    last = dict.fromkeys(kept, len(order))
    for node in reversed(order):
        looks = isinstance(node, Apply) and node.primitive.kind is Kind.MOVER
        reach = last.get(node, place[node]) if looks else place[node]
        for x in node.inputs:
            last[x] = max(last.get(x, 0), reach)
    return last


def layout(sample: Any) -> Layout:
    """What two arrays share that can stand for each other: shape, precision, and how they lie in memory."""
    array = np.asarray(sample)
    return array.shape, array.dtype.name, array.strides


def empty(sample: Any) -> str:
    """The text of a new array that lies in memory as a sample does (axes in order of stride)."""
    array = np.empty_like(sample)
    axes = sorted(range(array.ndim), key=lambda axis: -array.strides[axis])
    shape = tuple(array.shape[axis] for axis in axes)
    made = f"np.empty({shape}, np.{array.dtype.name})"
    back = tuple(axes.index(axis) for axis in range(array.ndim))
    return made if back == tuple(range(array.ndim)) else f"{made}.transpose({back})"

"""The largest paths from the loss to a quantity, found exactly and without listing the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from whygrad.explain.chart import Element
    from whygrad.explain.cone import Cone
    from whygrad.explain.edges import Edges

# For some elements of an array, by their places: the products of their k largest paths, and of each path the edge it
# begins with and which of the paths of the element below it goes on with.
Best = dict[int, tuple[NDArray[np.float64], NDArray[np.intp], NDArray[np.intp]]]


@dataclass(frozen=True, eq=False)
class Path:
    """A way from the loss down to a quantity: the elements it goes through, and the product of its slopes."""

    elements: tuple[Element, ...]
    product: float


def largest_paths(cone: Cone, most: int) -> list[Path]:
    """The paths with the largest products, whatever their sign, the largest first; all of them if there are no more.

    What is largest from an element down does not depend on how it was reached, so each element keeps its `most`
    largest and no more (Bellman's principle).
    """
    found: list[Best] = [{cone.start: (np.ones(1), np.zeros(1, np.intp), np.zeros(1, np.intp))}]
    for edges in cone.edges[1:]:
        found.append(best_of(edges, found, most))
    top = found[-1].get(0)
    return [] if top is None else [walked(cone, found, rank) for rank in range(len(top[0]))]


def best_of(edges: Edges, found: list[Best], most: int) -> Best:
    """The largest paths of every element of an array, from those of the arrays before it."""
    starts = np.flatnonzero(np.r_[True, edges.of[1:] != edges.of[:-1]][: len(edges)]).tolist()
    ends = [*starts[1:], len(edges)]
    return {
        int(edges.of[start]): best_at(edges, start, end, found, most) for start, end in zip(starts, ends, strict=True)
    }


def best_at(
    edges: Edges, start: int, end: int, found: list[Best], most: int
) -> tuple[NDArray[np.float64], NDArray[np.intp], NDArray[np.intp]]:
    """The largest paths of one element, whose edges are those from `start` to `end`."""
    below = [
        found[array][by][0]
        for array, by in zip(edges.array[start:end].tolist(), edges.by[start:end].tolist(), strict=True)
    ]
    many = np.array([len(each) for each in below])
    products = np.repeat(edges.slope[start:end], many) * np.concatenate(below)
    chosen = np.argsort(-np.abs(products), kind="stable")[:most]
    ends = np.cumsum(many)
    edge = np.searchsorted(ends, chosen, side="right")
    return products[chosen], start + edge, chosen - (ends - many)[edge]


def walked(cone: Cone, found: list[Best], rank: int) -> Path:
    """One of the largest paths of the loss, from the loss down."""
    array, place = len(found) - 1, 0
    product = float(found[array][place][0][rank])
    elements = [cone.element(array, place)]
    while array:
        _, edge, ranks = found[array][place]
        taken, rank = int(edge[rank]), int(ranks[rank])
        array, place = int(cone.edges[array].array[taken]), int(cone.edges[array].by[taken])
        elements.append(cone.element(array, place))
    return Path(tuple(elements), product)

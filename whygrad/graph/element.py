"""Which elements of its inputs one element of a node reads, as the node's own primitive tells."""

from __future__ import annotations

from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from whygrad.graph.expr import Constant
from whygrad.graph.names import unflat
from whygrad.graph.primitive import Basic, Domain, Kind

if TYPE_CHECKING:
    from whygrad.graph.expr import Apply, Expr

Index = tuple[int, ...]
Place = tuple["Expr", Index]
Window = tuple[slice, ...]


def origins(node: Apply) -> NDArray[np.intp] | None:
    """For each element of a node that does nothing but move elements, in C order, which one it is.

    Elements are counted through all inputs one after the other. None where the operation does more than move, or
    where values that only a run knows decide what it moves (gather). The mover's own forward pass answers, run on
    arrays that hold the place of each element instead of its value.
    """
    primitive = node.primitive
    if not isinstance(primitive, Basic) or primitive.kind is not Kind.MOVER:
        return None
    places: list[Any] = []
    start = 0
    for number, x in enumerate(node.arguments):
        if primitive.domain_of(number) is not Domain.INDEX:
            places.append(np.arange(start, start + prod(x.shape)).reshape(x.shape))
        elif isinstance(x, Constant):
            places.append(x.value)
        else:
            return None
        start += prod(x.shape)
    return np.ravel(primitive.forward(np, *places, **dict(node.attributes)))


def source(node: Apply, index: Index) -> Place | None:
    """The input and the index in it that the element at `index` was moved from; None as for `origins`."""
    places = origins(node)
    return None if places is None else place_of(node, int(places.reshape(node.shape)[index]))


def place_of(node: Apply, number: int) -> Place:
    """The input and the index of an element that is counted through all inputs of a node."""
    for x in node.arguments:
        if number < prod(x.shape):
            return x, unflat(number, x.shape)
        number -= prod(x.shape)
    raise IndexError(f"{node!r} has no input element {number}")


def windows(node: Apply, index: Index) -> tuple[Window, ...]:
    """The part of each input that the element at `index` of a contraction or a row reads."""
    primitive, shapes = node.primitive, [x.shape for x in node.arguments]
    if primitive.window is not None:
        return primitive.window(index, *shapes, **dict(node.attributes))
    return tuple(tuple(slice(0, size) for size in shape) for shape in shapes)


def chosen_mask(node: Apply) -> NDArray[np.bool_] | None:
    """Where a choice by constants takes its first: the mask of the wiring, true where there is a weight; else None."""
    if node.primitive.name != "where" or not isinstance(node.arguments[0], Constant):
        return None
    return np.broadcast_to(np.asarray(node.arguments[0].value, dtype=bool), node.shape)


def chosen(node: Apply, index: Index) -> Place | None:
    """The element that a choice by constants takes."""
    mask = chosen_mask(node)
    return None if mask is None else (node.arguments[1 if mask[index] else 2], index)


def reads(node: Apply, index: Index) -> tuple[Place, ...]:
    """The elements of its inputs that the element at `index` reads, in the order in which it reads them.

    A composite that is not elementwise reads all of its inputs, as far as this tells: lower it to know better.
    """
    if node.primitive.kind is Kind.ELEMENTWISE:
        settled = chosen(node, index)
        return tuple((x, index) for x in node.arguments) if settled is None else (settled,)
    moved = source(node, index)
    if moved is not None:
        return (moved,)
    return tuple(
        (x, place)
        for x, window in zip(node.arguments, windows(node, index), strict=True)
        for place in places_in(window)
    )


def places_in(window: Window) -> list[Index]:
    """The indices of a window, in C order."""
    return list(product(*(range(part.start, part.stop) for part in window)))

"""Where one element of an array comes from, when an operation does nothing but move elements."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

import numpy as np

from whygrad.graph import Basic, Domain, Kind
from whygrad.graph.names import unflat

if TYPE_CHECKING:
    from whygrad.graph import Apply, Expr

Index = tuple[int, ...]


def source(node: Apply, index: Index) -> tuple[Expr, Index] | None:
    """The input and the index in it that the element at `index` was moved from.

    None where the operation does more than move, or where it depends on values what it moves (gather). The mover's
    own forward pass answers, run on arrays that hold the place of each element instead of its value.
    """
    primitive = node.primitive
    if not isinstance(primitive, Basic) or primitive.kind is not Kind.MOVER or Domain.INDEX in primitive.domain:
        return None
    places, start = [], 0
    for x in node.arguments:
        places.append(np.arange(start, start + prod(x.shape)).reshape(x.shape))
        start += prod(x.shape)
    place = int(primitive.forward(np, *places, **dict(node.attributes))[index])
    for x in node.arguments:
        if place < prod(x.shape):
            return x, unflat(place, x.shape)
        place -= prod(x.shape)
    return None

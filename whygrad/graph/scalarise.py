"""From arrays to their elements: the same graph, one scalar expression per element, made when it is asked for.

The structural rules are the primitives' own: a contraction runs on arrays whose elements are expressions, since all it
does is add and multiply; an elementwise primitive is applied to the element; a mover tells where the element came from.
So what is shown of one element is the rule that runs, and no rule is written a second time.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from whygrad.graph.element import origins, place_of, reads, windows
from whygrad.graph.expr import Apply, Constant, Expr, Input, State, constant
from whygrad.graph.names import flat
from whygrad.graph.operators import OPERATORS
from whygrad.graph.primitive import Basic, Composite, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from whygrad.graph.element import Index, Place
    from whygrad.graph.names import Names

Elements = NDArray[Any]  # an array of a node's shape whose elements are scalar expressions
Known = Callable[[Expr, "Index"], Expr | None]


class Scalars:
    """The scalar expressions of elements, each made once.

    `known` gives the expression that stands for an element, or None where it is to be made from what it reads; without
    it all goes down to the leaves, which are called what people call the element.
    """

    def __init__(self, names: Names, known: Known | None = None) -> None:
        self.names = names
        self.known = known
        self.found: dict[Place, Expr] = {}
        self.moved: dict[Expr, NDArray[np.intp] | None] = {}
        self.inner: dict[Expr, Expr] = {}

    def __call__(self, node: Expr, index: Index = ()) -> Expr:
        """The expression of one element; a walk of its own, so that a long graph is no deeper than a short one."""
        return self._at((node, index), standing=True)

    def definition(self, node: Expr, index: Index = ()) -> Expr:
        """What an element is made of, even where an expression is known to stand for it."""
        return self._at((node, index), standing=False)

    def _at(self, wanted: Place, *, standing: bool) -> Expr:
        if standing and (settled := self._settled(wanted)) is not None:
            return settled
        stack = [wanted]
        while stack:
            place = stack[-1]
            missing = [each for each in self.reads(place) if self._settled(each) is None]
            stack.extend(reversed(missing))
            if not missing:
                stack.pop()
                made = self._made(place)
                if place is not wanted or standing:
                    self.found[place] = made
        return made

    def _settled(self, place: Place) -> Expr | None:
        """The expression of a place, if there is one already."""
        if place not in self.found and self.known is not None and (known := self.known(*place)) is not None:
            self.found[place] = known
        return self.found.get(place)

    def reads(self, place: Place) -> tuple[Place, ...]:
        """The places that the element at a place is made of."""
        node, index = place
        if not isinstance(node, Apply):
            return ()
        if node.primitive.kind is Kind.MOVER:
            if node not in self.moved:
                self.moved[node] = origins(node)
            if (places := self.moved[node]) is not None:
                return (place_of(node, int(places[flat(index, node.shape)])),)
        if isinstance(node.primitive, Composite) and node.primitive.kind is not Kind.ELEMENTWISE:
            return ((self._lowered(node, node.primitive), index),)
        return reads(node, index)

    def _lowered(self, node: Apply, primitive: Composite) -> Expr:
        """A composite in smaller primitives."""
        if node not in self.inner:
            self.inner[node] = primitive.lowering(*node.arguments, **dict(node.attributes))
        return self.inner[node]

    def _made(self, place: Place) -> Expr:
        """The expression of a place from those of what it reads."""
        node, index = place
        if isinstance(node, Input | State):
            return leaf_element(node, index, self.names)
        if isinstance(node, Constant):
            return constant(np.asarray(node.value)[index])
        if not isinstance(node, Apply):
            raise TypeError(f"{node!r} is no expression that has elements")
        parts = [self.found[each] for each in self.reads(place)]
        return combined(node, index, parts)


def combined(node: Apply, index: Index, parts: list[Expr]) -> Expr:
    """What a primitive makes of the elements it reads."""
    primitive, attributes = node.primitive, dict(node.attributes)
    if primitive.kind is Kind.ELEMENTWISE and len(parts) == len(node.arguments):
        return primitive(*parts, **attributes)
    if not isinstance(primitive, Basic) or primitive.kind in (Kind.MOVER, Kind.ELEMENTWISE):
        return parts[0]
    if primitive.kind is Kind.ROW:  # the only basic one: the maximum, which compares as it goes and so cannot just run
        return reduce(OPERATORS.maximum, parts)
    arrays, start = [], 0
    for window in windows(node, index):
        shape = tuple(part.stop - part.start for part in window)
        size = int(np.prod(shape))
        arrays.append(filled(shape, parts[start : start + size]))
        start += size
    given = np.asarray(primitive.forward(np, *arrays, **attributes), dtype=object)
    return given.item() if given.size == 1 else given[index]  # type: ignore[no-any-return]


def scalarised(roots: Iterable[Expr], names: Names) -> dict[Expr, Elements]:
    """For each of some nodes, an array of its shape with a scalar expression for every element.

    Leaves become leaves of shape (), called what people call the element.
    """
    scalars = Scalars(names)
    return {node: filled(node.shape, [scalars(node, index) for index in np.ndindex(node.shape)]) for node in roots}


def leaf_element(leaf: Input | State, index: Index, names: Names) -> Expr:
    """A leaf for one element of a leaf, named as people name it."""
    name = names.of.get(leaf)
    return type(leaf)((), name.element(index, leaf.shape) if name else f"{leaf.name}{list(index)}")


def filled(shape: tuple[int, ...], elements: Iterable[Any]) -> Elements:
    """An object array of this shape; NumPy is kept from looking inside its elements."""
    array = np.empty(shape, dtype=object)
    for place, element in zip(np.ndindex(shape), elements, strict=True):
        array[place] = element
    return array

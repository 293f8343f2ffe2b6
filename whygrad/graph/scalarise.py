"""From arrays to their elements: the same graph, one scalar expression per element.

The structural rules are the primitives' own: a mover or a contraction runs on arrays whose elements are expressions,
since all it does is move, add and multiply; an elementwise primitive is applied element by element. So what is shown
of one element is the rule that runs, and no rule is written a second time.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from whygrad.graph.expr import Apply, Constant, Expr, Input, State, constant
from whygrad.graph.operators import OPERATORS
from whygrad.graph.primitive import Basic, Composite, Kind
from whygrad.graph.traverse import topological

if TYPE_CHECKING:
    from collections.abc import Iterable

    from whygrad.graph.names import Names

Elements = NDArray[Any]  # an array of the node's shape whose elements are scalar expressions


def scalarised(roots: Iterable[Expr], names: Names, known: dict[Expr, Elements] | None = None) -> dict[Expr, Elements]:
    """For every node the roots depend on, an array of its shape with a scalar expression for each element.

    Leaves become leaves of shape (), called what people call the element. `known` nodes keep the elements given, so
    that a long graph can be cut at any node.
    """
    found: dict[Expr, Elements] = dict(known or {})
    for node in topological(roots, found):
        found[node] = elements_of(node, found, names)
    return found


def elements_of(node: Expr, found: dict[Expr, Elements], names: Names) -> Elements:
    """The elements of one node from those of its inputs."""
    if isinstance(node, Input | State):
        return leaf_elements(node, names)
    if isinstance(node, Constant):
        return filled(node.shape, [constant(value) for value in np.ravel(node.value)])
    if not isinstance(node, Apply):
        raise TypeError(f"{node!r} is no expression that has elements")
    inputs = [found[x] for x in node.arguments]
    return applied(node, inputs, names)


def applied(node: Apply, inputs: list[Elements], names: Names) -> Elements:
    """A primitive applied to arrays of expressions."""
    primitive, attributes = node.primitive, dict(node.attributes)
    if primitive.kind is Kind.ELEMENTWISE:
        rows = zip(*(np.ravel(x) for x in inputs), strict=True)
        return filled(node.shape, [primitive(*row, **attributes) for row in rows])
    if isinstance(primitive, Composite):
        inner = primitive.lowering(*node.arguments, **attributes)
        known = dict(zip(node.arguments, inputs, strict=True))
        return scalarised([inner], names, known)[inner]
    if not isinstance(primitive, Basic):
        raise TypeError(f"{primitive!r} is neither basic nor composite")
    if primitive.kind is Kind.ROW:  # the only basic one: the maximum, which compares as it goes and so cannot just run
        return largest_of(inputs[0], attributes["axes"])
    return filled(node.shape, np.ravel(np.asarray(primitive.forward(np, *inputs, **attributes), dtype=object)))


def largest_of(x: Elements, axes: tuple[int, ...]) -> Elements:
    """The maximum over some axes, two elements at a time."""
    kept = [axis for axis in range(x.ndim) if axis not in axes]
    rows = np.transpose(x, (*kept, *axes)).reshape(*(x.shape[axis] for axis in kept), -1)
    shape = rows.shape[:-1]
    return filled(shape, [reduce(OPERATORS.maximum, rows[place]) for place in np.ndindex(shape)])


def leaf_elements(leaf: Input | State, names: Names) -> Elements:
    """A leaf for each element of a leaf, named as people name it."""
    name = names.of.get(leaf)
    kind = type(leaf)
    called = [
        name.element(index, leaf.shape) if name else f"{leaf.name}{list(index)}" for index in np.ndindex(leaf.shape)
    ]
    return filled(leaf.shape, [kind((), each) for each in called])


def filled(shape: tuple[int, ...], elements: Iterable[Any]) -> Elements:
    """An object array of this shape; NumPy is kept from looking inside its elements."""
    array = np.empty(shape, dtype=object)
    for place, element in zip(np.ndindex(shape), elements, strict=True):
        array[place] = element
    return array

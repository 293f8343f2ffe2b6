"""Rewrites for speed, as three lists: each says how far the numbers stay what the interpreter gives.

- `EXACT`: the same number to the last bit, except for the sign of nothing.
- `BRANCHLESS`: the same wherever every number is finite. Where one is not, a closed gate no longer hides it: the code
  that runs says NaN sooner than the interpreter, which is then asked.
- `RELAXED`: the same but for rounding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

import numpy as np

from whygrad.graph import Apply, Constant, Expr, Kind, constant
from whygrad.graph.canon import Canon
from whygrad.graph.lower import lowered
from whygrad.graph.simplify import is_negated, is_number, simpler
from whygrad.primitive import (
    absolute,
    divide,
    fold,
    greater,
    maximum,
    minimum,
    multiply,
    negate,
    spread,
    subtract,
    where,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from whygrad.graph.primitive import Basic

    Rewrite = Callable[[Expr], Expr]


def merged(roots: Iterable[Expr], rewrites: Iterable[Rewrite], named: Iterable[Expr] = ()) -> dict[Expr, Expr]:
    """For each root, the node that computes it: basic primitives only, equal nodes one, each as fast as it can be.

    Of what is `named`, those that a root is made of are told too, so that they can be called what people call them.
    """
    rewrites = tuple(rewrites)

    def shorter(node: Expr) -> Expr:
        for rewrite in rewrites:
            if (found := rewrite(node)) is not node:
                return found
        return node

    roots = tuple(roots)
    low = lowered(roots)
    canon = Canon(shorter)
    found = {root: canon(low[root]) for root in roots}
    return found | {node: canon(low[node]) for node in named if node in low}


def folded(node: Expr) -> Expr:
    """A single number that is made of numbers alone, worked out; any other node as it is."""
    if not isinstance(node, Apply) or node.shape or node.primitive.kind is not Kind.ELEMENTWISE:
        return node
    values = [x.value for x in node.arguments if isinstance(x, Constant)]
    if len(values) < len(node.arguments):
        return node
    with np.errstate(all="ignore"):
        value = cast("Basic", node.primitive).forward(np, *values)
    return node if np.asarray(value).dtype == bool else constant(value)


def without_signs(node: Expr) -> Expr:
    """For (-x) (-y): x y."""
    if isinstance(node, Apply) and node.primitive is multiply and all(map(is_negated, node.arguments)):
        return multiply(*(x.inputs[0] for x in node.arguments))
    return node


def without_choice(node: Expr) -> Expr:
    """A choice between two arrays as arithmetic, which does not branch."""
    if not isinstance(node, Apply) or node.primitive is not where:
        return node
    condition, then, otherwise = node.arguments
    if (x := above_zero(condition)) is not None:
        match then, otherwise:
            case _ if then is x and is_number(otherwise, 0.0):
                return maximum(x, 0.0)
            case _ if otherwise is x and is_number(then, 0.0):
                return minimum(x, 0.0)
            case Apply(primitive=primitive, arguments=(inner,)), _ if primitive is negate and inner is otherwise is x:
                return -absolute(x)
    return multiply(then, condition) if is_number(otherwise, 0.0) else node


def above_zero(condition: Expr) -> Expr | None:
    """The x of a condition x > 0."""
    if isinstance(condition, Apply) and condition.primitive is greater and is_number(condition.arguments[1], 0.0):
        return condition.arguments[0]
    return None


def without_detour(node: Expr) -> Expr:
    """For (x - y) - x: -y."""
    if isinstance(node, Apply) and node.primitive is subtract:
        first, second = node.arguments
        if isinstance(first, Apply) and first.primitive is subtract and first.arguments[0] is second:
            return -first.arguments[1]
    return node


def common_factor(node: Expr) -> Expr:
    """For a sum of (s x) (s x) with a single number s: s s times the sum of x x."""
    if isinstance(node, Apply) and node.primitive is fold and node.shape == ():
        (inside,) = node.arguments
        if isinstance(inside, Apply) and inside.primitive is multiply and inside.arguments[0] is inside.arguments[1]:
            match inside.arguments[0]:
                case Apply(primitive=primitive, arguments=(Apply(primitive=inner, arguments=(single,)), rest)) if (
                    primitive is multiply and inner is spread and single.shape == ()
                ):
                    return (single * single) * fold(rest * rest, **dict(node.attributes))
    return node


def by_reciprocal(node: Expr) -> Expr:
    """For an array divided by a single number: the array times that number's reciprocal, which is taken once."""
    if isinstance(node, Apply) and node.primitive is divide and node.shape:
        x, y = node.arguments
        if isinstance(y, Apply) and y.primitive is spread and y.arguments[0].shape == ():
            return x * (1.0 / y.arguments[0])
    return node


EXACT: Final[tuple[Rewrite, ...]] = (folded, simpler, without_signs)
BRANCHLESS: Final[tuple[Rewrite, ...]] = (without_choice,)
RELAXED: Final[tuple[Rewrite, ...]] = (without_detour, common_factor, by_reciprocal)

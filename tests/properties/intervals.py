"""How far a formula can be from the number it stands for when each number in it was rounded: interval arithmetic.

Moore 1966, Interval Analysis. What a formula says of rounded numbers is the interval of all it says of the numbers
that they may have been.
"""

from __future__ import annotations

from itertools import product
from math import inf, isfinite, nextafter
from typing import TYPE_CHECKING

import numpy as np

from whygrad.graph import Apply, Expr, Input
from whygrad.run import evaluate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Interval = tuple[float, float]
RISING = {"exp", "tanh", "sigmoid", "relu", "leaky_relu", "elu", "softplus", "floor"}
WAVY = {"cos", "sin", "gelu", "silu"}  # neither rising nor falling, and nowhere steeper than this:
STEEPEST = 1.13
EVERYTHING = (-inf, inf)


def interval(expr: Expr, leaves: Mapping[Expr, Interval]) -> Interval:
    """All that an expression can be worth, given what its leaves can be."""
    if expr in leaves:
        return leaves[expr]
    assert isinstance(expr, Apply), expr
    low, high = RULES.get(expr.primitive.name, of_one)(expr, [interval(x, leaves) for x in expr.arguments])
    return nextafter(low, -inf), nextafter(high, inf)


def corners(function: Callable[..., float], inputs: list[Interval]) -> Interval:
    """Of a function that rises or falls with each of its inputs: its values at all corners."""
    found = [function(*corner) for corner in product(*inputs)]
    known = [each for each in found if not np.isnan(each)]
    return (min(known), max(known)) if len(known) == len(found) else EVERYTHING


def quotient(_: Apply, inputs: list[Interval]) -> Interval:
    """Nothing is known of what is divided by what may be 0."""
    low, high = inputs[1]
    return EVERYTHING if low <= 0 <= high else corners(lambda x, y: x / y, inputs)


def raised(_: Apply, inputs: list[Interval]) -> Interval:
    """A power: of a number of any sign where it is the second, else of a positive one."""
    (low, high), exponent = inputs
    if exponent == (2.0, 2.0):
        ends = sorted([low * low, high * high])
        return (0.0 if low <= 0 <= high else ends[0]), ends[1]
    return EVERYTHING if low < 0 or (low == 0 and exponent[0] < 0) else corners(lambda x, y: x**y, inputs)


def size(_: Apply, inputs: list[Interval]) -> Interval:
    """How far from 0."""
    ((low, high),) = inputs
    ends = sorted([abs(low), abs(high)])
    return (0.0 if low <= 0 <= high else ends[0]), ends[1]


def chosen(_: Apply, inputs: list[Interval]) -> Interval:
    """One of two, or both where the condition cannot be told."""
    condition, *choices = inputs
    among = [choices[0]] if condition[0] > 0 else [choices[1]] if condition[1] <= 0 else choices
    return min(low for low, _ in among), max(high for _, high in among)


def greater(_: Apply, inputs: list[Interval]) -> Interval:
    """1 where it is true, 0 where it is false."""
    (low, high), (other_low, other_high) = inputs
    return float(low > other_high), float(high > other_low)


def equal(_: Apply, inputs: list[Interval]) -> Interval:
    """1 where it is true, 0 where it is false."""
    (low, high), (other_low, other_high) = inputs
    return float(low == high == other_low == other_high), float(low <= other_high and other_low <= high)


def spread_of(steep: Callable[[Apply, list[Interval]], list[float]]) -> Callable[[Apply, list[Interval]], Interval]:
    """The value in the middle, and as far around it as the function can go that is nowhere steeper than this."""

    def rule(node: Apply, inputs: list[Interval]) -> Interval:
        if not all(isfinite(end) for ends in inputs for end in ends):
            return EVERYTHING
        middle = value(node, [(low + high) / 2 for low, high in inputs])
        slopes = steep(node, inputs)
        around = sum(each * (high - low) / 2 for each, (low, high) in zip(slopes, inputs, strict=True))
        return middle - around, middle + around

    return rule


def of_one(node: Apply, inputs: list[Interval]) -> Interval:
    """A function of one number, by its record."""
    assert node.primitive.name in RISING, node
    ((low, high),) = inputs
    return value(node, [low]), value(node, [high])


def value(node: Apply, inputs: list[float]) -> float:
    """What a primitive makes of some numbers."""
    leaves: dict[Expr, float] = {Input((), str(place)): each for place, each in enumerate(inputs)}
    again = node.primitive(*leaves, **dict(node.attributes))
    return float(evaluate([again], leaves)[again])


def logarithm(_: Apply, inputs: list[Interval]) -> Interval:
    """The natural logarithm; below 0 there is none."""
    ((low, high),) = inputs
    return (float(np.log(low)) if low > 0 else -inf), (float(np.log(high)) if high > 0 else -inf)


def root(_: Apply, inputs: list[Interval]) -> Interval:
    """The square root; below 0 there is none."""
    ((low, high),) = inputs
    return max(low, 0.0) ** 0.5, max(high, 0.0) ** 0.5


RULES: dict[str, Callable[[Apply, list[Interval]], Interval]] = {
    "add": lambda _, inputs: corners(lambda x, y: x + y, inputs),
    "subtract": lambda _, inputs: corners(lambda x, y: x - y, inputs),
    "multiply": lambda _, inputs: corners(lambda x, y: 0.0 if 0.0 in (x, y) else x * y, inputs),
    "negate": lambda _, inputs: (-inputs[0][1], -inputs[0][0]),
    "maximum": lambda _, inputs: corners(max, inputs),
    "minimum": lambda _, inputs: corners(min, inputs),
    "divide": quotient,
    "power": raised,
    "absolute": size,
    "log": logarithm,
    "sqrt": root,
    "where": chosen,
    "greater": greater,
    "equal": equal,
    **dict.fromkeys(WAVY, spread_of(lambda *_: [STEEPEST])),
    "huber": spread_of(lambda node, _: [dict(node.attributes)["delta"]] * 2),
    "binary_cross_entropy_with_logits": spread_of(lambda _, inputs: [1.0, max(map(abs, inputs[0]))]),
}

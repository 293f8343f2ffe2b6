"""What a written formula is worth as it stands, and how far rounding of its operands can move that.

The functions are whygrad's primitives. Many values go through a formula at once, one column for each operand moved.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache, reduce
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from whygrad.check.reading.formula import (
    Binary,
    Bracket,
    Call,
    Formula,
    Function,
    Leaf,
    Listing,
    Name,
    Negate,
    Number,
    Operation,
    Total,
    leaves,
)
from whygrad.graph import Apply, Constant, Expr, Input, lowered, topological
from whygrad.primitive import BY_NAME, gradient

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

Values = Any  # an array of doubles, one for each way in which operands are moved
X: Final = Input((), "x")
MOST_TERMS: Final = 50  # of a sum that is written out
MOST_OPERANDS: Final = 500
USUAL_LEAK: Final = 0.01
STEP: Final = 6e-6  # of a central difference: about the cube root of the rounding of a double
NAN: Final = np.array([np.nan])
ARITHMETIC: Final = {
    Operation.ADD: np.add,
    Operation.SUBTRACT: np.subtract,
    Operation.MULTIPLY: np.multiply,
    Operation.DIVIDE: np.divide,
}
LOGARITHMS: Final = {Function.LOG10: np.log10, Function.LOG2: np.log2}
GATHERING: Final = {Function.MAXIMUM: np.maximum, Function.MINIMUM: np.minimum}


def by_name(formula: Leaf) -> Hashable:
    """A name is one quantity wherever it stands; a number is one only where it stands."""
    return formula.text if isinstance(formula, Name) else formula.span


def worth(
    formula: Formula,
    value_of: Callable[[Name], float] | Mapping[str, float],
    activation: Function | None = None,
) -> float:
    """The value of a formula as it is written; NaN where it has none: a name without a value, a division by zero.

    `value_of` gives a name its value, by its text where it is a mapping. `activation` is what f(x) stands for.

    >>> from whygrad.check.reading.paragraph import read_line
    >>> [claim] = read_line("E = 1/2 (0.757 - t)^2")
    >>> round(worth(claim.chain.sides[1], {"t": 0.01}), 6)
    0.279004
    """
    return moved(formula, value_of, {}, activation=activation)[0]


def swing(
    formula: Formula,
    value_of: Callable[[Name], float] | Mapping[str, float],
    half_unit_of: Callable[[Leaf], float],
    key: Callable[[Leaf], Hashable] = by_name,
    activation: Function | None = None,
) -> float:
    """The most by which a value can be off for the rounding of its operands, each off by at most `half_unit_of` it.

    Each operand is moved up and down by itself, wherever `key` says that it is the same, and the larger effects are
    added. An operand with half unit 0 is exact. NaN where the value or a moved one is none.
    """
    formula = written_out(formula)
    units = {each: half_unit_of(each) for each in dict.fromkeys(leaves(formula))}
    moves = {key(each): unit for each, unit in units.items() if unit}
    first, *others = moved(formula, value_of, moves, key, activation)
    pairs = zip(others[::2], others[1::2], strict=True)
    return (
        float(sum((max(abs(up - first), abs(down - first)) for up, down in pairs), 0.0)) if first == first else math.nan
    )


def slopes(
    formula: Formula,
    value_of: Callable[[Name], float] | Mapping[str, float],
    key: Callable[[Leaf], Hashable] = by_name,
    activation: Function | None = None,
) -> dict[Hashable, float]:
    """The derivative of a formula by each of its operands, by central differences; about ten digits are right."""
    formula = written_out(formula)
    every = {key(each): STEP * max(1e-3, abs(value_of_leaf(each, value_of))) for each in leaves(formula)}
    moves = {each: step for each, step in every.items() if step == step}
    others = moved(formula, value_of, moves, key, activation)[1:]
    return {
        each: (up - down) / (2 * step)
        for (each, step), up, down in zip(moves.items(), others[::2], others[1::2], strict=True)
    }


def moved(
    formula: Formula,
    value_of: Callable[[Name], float] | Mapping[str, float],
    moves: Mapping[Hashable, float],
    key: Callable[[Leaf], Hashable] = by_name,
    activation: Function | None = None,
) -> list[float]:
    """The value as it stands, then with each operand moved up and with it moved down, in the order of `moves`."""
    columns = {each: 1 + 2 * place for place, each in enumerate(moves)}

    def value(leaf: Leaf) -> Values:
        column = np.full(1 + 2 * len(moves), value_of_leaf(leaf, value_of))
        if at := columns.get(key(leaf)):
            column[at] += moves[key(leaf)]
            column[at + 1] -= moves[key(leaf)]
        return column

    with np.errstate(all="ignore"):
        found = np.broadcast_to(Worth(value, activation).of(written_out(formula)), (1 + 2 * len(moves),))
    return [float(each) if math.isfinite(each) else math.nan for each in found]


def value_of_leaf(leaf: Leaf, value_of: Callable[[Name], float] | Mapping[str, float]) -> float:
    """The value of a number or a name; NaN where the name has none."""
    if isinstance(leaf, Number):
        return leaf.value
    found = value_of(leaf) if callable(value_of) else value_of.get(leaf.text, math.nan)
    return float(found)


class Worth:
    """Evaluates formulas whose leaves have values."""

    def __init__(self, value: Callable[[Leaf], Values], activation: Function | None) -> None:
        self.value, self.activation = value, activation

    def of(self, formula: Formula) -> Values:
        """The values of a formula."""
        match formula:
            case Number() | Name():
                return self.value(formula)
            case Bracket(inner=inner):
                return self.of(inner)
            case Negate(inner=inner):
                return -self.of(inner)
            case Binary(operation=Operation.POWER, left=left, right=right):
                return power(self.of(left), self.of(right))
            case Binary(operation=operation, left=left, right=right):
                return finite(ARITHMETIC[operation](self.of(left), self.of(right)))
            case Call():
                return finite(self.called(formula))
            case Total() | Listing():
                return NAN

    def called(self, call: Call) -> Values:
        """The values of a function."""
        values = [self.of(argument) for argument in call.arguments]
        function = (self.activation or call.function) if call.function is Function.ACTIVATION else call.function
        if function in GATHERING and values:
            first, *rest = values
            for each in rest:
                first = GATHERING[function](first, each)
            return first
        if function is Function.LEAKY_RELU and len(values) <= 2:
            leak = float(values[1][0]) if values[1:] else USUAL_LEAK
            return applied(function.value, values[0], leak, slope=call.slope)
        if len(values) != 1 or function in (Function.ACTIVATION, Function.SOFTMAX):
            return NAN
        if function in LOGARITHMS:
            return NAN if call.slope else LOGARITHMS[function](values[0])
        return applied(function.value, values[0], slope=call.slope)


def written_out(formula: Formula) -> Formula:
    """A formula with every sum over a range as additions: w_i is w_1, then w_2. A sum without one stays."""
    match formula:
        case Total(body=body, index=index, first=int(first), last=int(last)) if is_short(formula, last - first + 1):
            terms: list[Formula] = [Bracket(at(body, index, number), body.span) for number in range(first, last + 1)]
            return reduce(added, terms[1:], terms[0])
        case Bracket(inner=inner) | Negate(inner=inner):
            return replace(formula, inner=written_out(inner))
        case Binary(left=left, right=right):
            return replace(formula, left=written_out(left), right=written_out(right))
        case Call(arguments=arguments):
            return replace(formula, arguments=tuple(map(written_out, arguments)))
        case _:
            return formula


def is_short(total: Total, terms: int) -> bool:
    """Whether a sum written out is no longer than other formulas are."""
    return 0 < terms <= MOST_TERMS and terms * len(leaves(total.body)) <= MOST_OPERANDS


def added(left: Formula, right: Formula) -> Formula:
    """Two terms of a sum."""
    return Binary(Operation.ADD, left, right, left.span, "+")


def at(formula: Formula, index: str, number: int) -> Formula:
    """A formula with a number for an index below its names."""
    match formula:
        case Name(text=text):
            return replace(formula, text=numbered(text, index, number))
        case Bracket(inner=inner) | Negate(inner=inner):
            return replace(formula, inner=at(inner, index, number))
        case Binary(left=left, right=right):
            return replace(formula, left=at(left, index, number), right=at(right, index, number))
        case Call(arguments=arguments):
            return replace(formula, arguments=tuple(at(each, index, number) for each in arguments))
        case _:
            return formula


def numbered(text: str, index: str, number: int) -> str:
    """A name with a number where its subscript was an index: w_i, w_{i}, wᵢ become w_1; the index itself a number."""
    for written in (f"_{{{index}}}", f"_{index}", "ᵢ" if index == "i" else "ⱼ" if index == "j" else ""):
        if written and text.endswith(written):
            return f"{text.removesuffix(written)}_{number}"
    return text


def power(base: Values, exponent: Values) -> Values:
    """A power; a negative number has one only where the exponent is whole."""
    return finite(np.power(base, exponent))


def finite(values: Values) -> Values:
    """The values, with NaN for what is infinite."""
    return np.where(np.isfinite(values), values, np.nan)


def applied(name: str, values: Values, setting: float | None = None, *, slope: bool = False) -> Values:
    """A primitive of one input, or its derivative there, of each value."""
    return evaluated(curve(name, setting, slope), values)


@lru_cache(maxsize=256)
def curve(name: str, setting: float | None, slope: bool) -> tuple[Expr, ...]:  # noqa: FBT001 (a key of the cache)
    """The basic operations that a primitive, or its derivative, is made of, each after what it reads."""
    primitive = BY_NAME[name]
    value = primitive(X) if setting is None else primitive(X, slope=setting)
    root = gradient(value, [X])[0] if slope else value
    return tuple(topological([lowered([root])[root]]))


def evaluated(order: tuple[Expr, ...], values: Values) -> Values:
    """The last of some operations, of each value; single numbers all, so that arrays stand for many at once."""
    found: dict[Expr, Values] = {}
    for node in order:
        if isinstance(node, Apply):
            arguments = [found[each] for each in node.arguments]
            found[node] = node.primitive.forward(np, *arguments, **dict(node.attributes))  # type: ignore[attr-defined]
        else:
            found[node] = np.float64(node.value) if isinstance(node, Constant) else values
    return np.asarray(found[order[-1]])

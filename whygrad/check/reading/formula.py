"""The nouns of the check: a formula as a person wrote it, every part with its place in the text.

Nothing is simplified and nothing is evaluated here: brackets and signs are kept as they stood.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from whygrad.check.reading.spelling import Spelling, spellings

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Span:
    """A place in the notes: lines count from 1, columns from 0; `end` is a column of the line `until`."""

    line: int
    start: int
    end: int
    until: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "until", self.until or self.line)

    def to(self, other: Span) -> Span:
        """From the start of this place to the end of another."""
        return Span(self.line, self.start, other.end, other.until)


NOWHERE = Span(0, 0, 0)


class Function(Enum):
    """A function that notes may call; the value is how it is printed, and most often the name of its primitive."""

    SIGMOID = "sigmoid"
    TANH = "tanh"
    RELU = "relu"
    LEAKY_RELU = "leaky_relu"
    SOFTPLUS = "softplus"
    GELU = "gelu"
    SILU = "silu"
    SOFTMAX = "softmax"
    EXP = "exp"
    LOG = "log"
    LOG10 = "log10"
    LOG2 = "log2"
    SQRT = "sqrt"
    ABSOLUTE = "absolute"
    MAXIMUM = "maximum"
    MINIMUM = "minimum"
    SIN = "sin"
    COS = "cos"
    FLOOR = "floor"
    ACTIVATION = "f"  # f(net), g(z), φ(z): the activation of whatever layer is meant


class Operation(Enum):
    """What stands between two operands; the value is how it is printed."""

    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "*"
    DIVIDE = "/"
    POWER = "^"


class Relation(Enum):
    """What a person writes between two sides of a claim."""

    EQUAL = "="
    ABOUT = "≈"
    BECOMES = "→"
    ASSIGN = ":="


@dataclass(frozen=True)
class Number:
    """A number as it stands, never negative: a minus sign before it is a `Negate`.

    - `half_unit`: half of one unit of the last place shown; 0 where nothing was rounded (½, π, ∞).
    - `is_percent`: 75 % has the value 0.75, and its half unit is of that.
    - `is_cut`: dots follow (0.5932…), so that the digits were cut off and not rounded.
    """

    text: str
    value: float
    half_unit: float
    span: Span = NOWHERE
    is_percent: bool = False
    is_cut: bool = False


@dataclass(frozen=True)
class Name:
    """A quantity by its name, as written; `spellings` are what it may stand for, the likeliest first."""

    text: str
    span: Span = NOWHERE

    @property
    def spellings(self) -> tuple[Spelling, ...]:
        return spellings(self.text)


@dataclass(frozen=True)
class Negate:
    """A minus sign and what follows it."""

    inner: Formula
    span: Span = NOWHERE


@dataclass(frozen=True)
class Binary:
    """Two operands; `sign` is what stood between them, nothing where they were only put side by side."""

    operation: Operation
    left: Formula
    right: Formula
    span: Span = NOWHERE
    sign: str = ""


@dataclass(frozen=True)
class Call:
    """A function of arguments; with `slope` its derivative, as in σ'(z). `text` is its name as written."""

    function: Function
    arguments: tuple[Formula, ...]
    span: Span = NOWHERE
    text: str = ""
    slope: bool = False


@dataclass(frozen=True)
class Total:
    """Σ: the sum of `body` while `index` runs from `first` to `last`; None where no range is given."""

    body: Formula
    index: str = ""
    first: int | None = None
    last: int | None = None
    span: Span = NOWHERE


@dataclass(frozen=True)
class Listing:
    """Several formulas in one pair of brackets, such as (0.05, 0.10)."""

    items: tuple[Formula, ...]
    span: Span = NOWHERE


@dataclass(frozen=True)
class Bracket:
    """A formula in brackets; `kind` is the opening one: ( [ or {."""

    inner: Formula
    span: Span = NOWHERE
    kind: str = "("


Formula = Number | Name | Negate | Binary | Call | Total | Listing | Bracket
Leaf = Number | Name


@dataclass(frozen=True)
class Link:
    """Two neighbouring sides of a chain and what stands between them."""

    left: Formula
    relation: Relation
    right: Formula


@dataclass(frozen=True)
class Chain:
    """a = b = c ≈ d: sides, and one relation fewer."""

    sides: tuple[Formula, ...]
    relations: tuple[Relation, ...]
    span: Span = NOWHERE

    @property
    def line(self) -> int:
        return self.span.line

    @property
    def links(self) -> tuple[Link, ...]:
        return tuple(map(Link, self.sides, self.relations, self.sides[1:]))


@dataclass(frozen=True)
class Shown:
    """A side that is one number, its sign included: what is printed as a result."""

    value: float
    half_unit: float
    number: Number


def shown(formula: Formula) -> Shown | None:
    """The number that a side is, seen through brackets and signs; None where anything is still to be computed."""
    sign = 1.0
    while isinstance(formula, Negate | Bracket):
        sign = -sign if isinstance(formula, Negate) else sign
        formula = formula.inner
    return Shown(sign * formula.value, formula.half_unit, formula) if isinstance(formula, Number) else None


def unbracketed(formula: Formula) -> Formula:
    """A formula without the brackets around the whole of it."""
    while isinstance(formula, Bracket):
        formula = formula.inner
    return formula


def parts(formula: Formula) -> tuple[Formula, ...]:
    """What a formula is made of directly."""
    match formula:
        case Negate(inner=inner) | Bracket(inner=inner) | Total(body=inner):
            return (inner,)
        case Binary(left=left, right=right):
            return (left, right)
        case Call(arguments=inside) | Listing(items=inside):
            return inside
        case _:
            return ()


def every(formula: Formula) -> Iterator[Formula]:
    """Every formula within a formula, itself first, from left to right."""
    waiting = [formula]
    while waiting:
        found = waiting.pop()
        yield found
        waiting.extend(reversed(parts(found)))


def leaves(formula: Formula) -> tuple[Leaf, ...]:
    """Its numbers and names from left to right, each as often as it stands there."""
    return tuple(each for each in every(formula) if isinstance(each, Number | Name))


def depth(formula: Formula) -> int:
    """How many formulas are nested in one another, at most."""
    layer, count = [formula], 0
    while layer:
        count, layer = count + 1, [inner for each in layer for inner in parts(each)]
    return count


def bare(formula: Formula) -> Formula:
    """The same formula without places, brackets and ways of writing: two readings that agree in it mean the same."""
    match formula:
        case Bracket(inner=inner):
            return bare(inner)
        case Number():
            return replace(formula, span=NOWHERE, text="")
        case Name():
            return replace(formula, span=NOWHERE)
        case Negate(inner=inner):
            return Negate(bare(inner))
        case Binary(operation=operation, left=left, right=right):
            return Binary(operation, bare(left), bare(right))
        case Call(function=function, arguments=arguments, slope=slope):
            return Call(function, tuple(map(bare, arguments)), slope=slope)
        case Total(body=body):
            return replace(formula, body=bare(body), span=NOWHERE)
        case Listing(items=items):
            return Listing(tuple(map(bare, items)))


def plain(formula: Formula) -> str:
    """A formula on one line, with every bracket that it needs; read again it is the same formula."""
    match formula:
        case Number(text=text) | Name(text=text):
            return text
        case Bracket(inner=inner):
            return f"({plain(inner)})"
        case Negate(inner=inner):
            return f"-{held(inner)}"
        case Binary(operation=operation, left=left, right=right):
            if operation is Operation.POWER:
                return f"{held(left)}^{held(unbracketed(right))}"
            return f"{held(left)} {operation.value} {held(right)}"
        case Call(function=function, arguments=arguments, slope=slope):
            return f"{function.value}{chr(39) * slope}({', '.join(map(plain, arguments))})"
        case Total():
            return f"Σ{range_of(formula)} {held(formula.body)}"
        case Listing(items=items):
            return f"({', '.join(map(plain, items))})"


def range_of(total: Total) -> str:
    """The range of a sum as it is written behind the sign."""
    if total.first is None or total.last is None:
        return f"_{{{total.index}}}" if total.index else ""
    return f"_{{{total.index}={total.first}}}^{{{total.last}}}"


def held(formula: Formula) -> str:
    """An operand, in brackets where it is not one thing."""
    alone = isinstance(formula, Name | Bracket | Call | Listing) or (isinstance(formula, Number) and simple(formula))
    return plain(formula) if alone else f"({plain(formula)})"


def simple(number: Number) -> bool:
    """Whether a number is digits alone, and no product with a power of ten."""
    return number.text.replace(".", "").isdigit() or len(number.text) == 1


def plain_chain(chain: Chain) -> str:
    """A chain on one line."""
    words = [plain(chain.sides[0])]
    for link in chain.links:
        words += [link.relation.value, plain(link.right)]
    return " ".join(words)

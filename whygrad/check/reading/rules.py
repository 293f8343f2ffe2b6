"""The rules of the grammar: what each makes of its pieces and formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from whygrad.check.reading.formula import (
    Binary,
    Bracket,
    Call,
    Chain,
    Formula,
    Function,
    Listing,
    Name,
    Negate,
    Number,
    Operation,
    Total,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from whygrad.check.reading.piece import Piece

OPERATIONS: Final = {
    "PLUS": Operation.ADD,
    "MINUS": Operation.SUBTRACT,
    "TIMES": Operation.MULTIPLY,
    "DIVIDE": Operation.DIVIDE,
    "JUXT": Operation.MULTIPLY,
    "TIGHT": Operation.MULTIPLY,
    "POWER": Operation.POWER,
}


def start_rule(*parts: Any) -> Chain:
    """A chain of sides."""
    sides, relations = parts[::2], parts[1::2]
    return Chain(sides, tuple(piece.relation for piece in relations), sides[0].span.to(sides[-1].span))


def binary(left: Formula, sign: Piece, right: Formula) -> Formula:
    """Two operands."""
    written = "" if sign.kind in ("JUXT", "TIGHT") else sign.text
    return Binary(OPERATIONS[sign.kind], left, right, left.span.to(right.span), written)


def negate(sign: Piece, inner: Formula) -> Formula:
    """A minus sign before an operand."""
    return Negate(inner, sign.span.to(inner.span))


def plus(_: Piece, inner: Formula) -> Formula:
    """A plus sign before an operand leaves it as it is."""
    return inner


def number(piece: Piece) -> Formula:
    """A number."""
    return piece.number or Number(piece.text, 0.0, 0.0, piece.span)


def name(piece: Piece) -> Formula:
    """A name."""
    return Name(piece.text, piece.span)


def bracket(opening: Piece, inner: Formula, closing: Piece) -> Formula:
    """A formula in brackets."""
    return Bracket(inner, opening.span.to(closing.span), opening.text[-1:])


def listing(*parts: Any) -> Formula:
    """Several formulas in brackets."""
    return Listing(tuple(parts[1:-1:2]), parts[0].span.to(parts[-1].span))


def bars(opening: Piece, inner: Formula, closing: Piece) -> Formula:
    """An absolute value."""
    return Call(Function.ABSOLUTE, (inner,), opening.span.to(closing.span), opening.text)


def call(function: Piece, argument: Formula) -> Formula:
    """A function of what stands in the brackets behind it, or of the one thing there."""
    match argument:
        case Listing(items=items):
            arguments = items
        case Bracket(inner=inner):
            arguments = (inner,)
        case _:
            arguments = (argument,)
    span, which = function.span.to(argument.span), function.function or Function.ACTIVATION
    return Call(which, arguments, span, function.text, function.kind == "SLOPE")


def raised_call(function: Piece, sign: Piece, exponent: Formula, argument: Formula) -> Formula:
    """tanh^2(x) is the square of tanh(x)."""
    base = call(function, argument)
    return Binary(Operation.POWER, base, exponent, base.span, sign.text)


def euler(letter: Piece, _: Piece, exponent: Formula) -> Formula:
    """A power of e is exp."""
    inner = exponent.inner if isinstance(exponent, Bracket) else exponent
    return Call(Function.EXP, (inner,), letter.span.to(exponent.span), letter.text)


def fraction(
    sign: Piece, opening: Piece, above: Formula, _: Piece, opens: Piece, below: Formula, closing: Piece
) -> Formula:
    """What stands above a bar over what stands below it."""
    held = [Bracket(part, part.span, "{") for part in (above, below)]
    del opening, opens
    return Binary(Operation.DIVIDE, held[0], held[1], sign.span.to(closing.span), "/")


def total(sign: Piece, body: Formula) -> Formula:
    """A sum."""
    return Total(body, *sign.limits, sign.span.to(body.span))


def less_total(minus: Piece, sign: Piece, body: Formula) -> Formula:
    """A sum with a minus sign."""
    return negate(minus, total(sign, body))


def times_total(left: Formula, sign: Piece, total_sign: Piece, body: Formula) -> Formula:
    """A sum with a factor before it."""
    return binary(left, sign, total(total_sign, body))


RULES: Final[dict[str, Callable[..., Any]]] = {
    "start": start_rule,
    "alone": lambda side: side,
    "binary": binary,
    "negate": negate,
    "plus": plus,
    "number": number,
    "name": name,
    "bracket": bracket,
    "listing": listing,
    "bars": bars,
    "call": call,
    "slope": call,
    "raised_call": raised_call,
    "euler": euler,
    "fraction": fraction,
    "total": total,
    "less_total": less_total,
    "times_total": times_total,
}

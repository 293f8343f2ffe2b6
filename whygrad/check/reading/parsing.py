"""Pieces become formulas: the grammar of `grammar.lark`, read by lark, and the readings that a line may have.

lark is loaded with the first line that is read, so that importing this room costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from whygrad.check.reading.formula import (
    Chain,
    Formula,
    Span,
    bare,
    depth,
)
from whygrad.check.reading.piece import ENDS, STARTS, Piece
from whygrad.check.reading.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from lark import Lark


MOST_PIECES: Final = 500
MOST_NESTED: Final = 50
MOST_DEEP: Final = 280  # of formulas in one another: a sum of many terms is deep and not nested
TOO_LONG: Final = "it is too long: more operations than fit in one formula"
READABLE: Final = {
    "NUMBER": "a number",
    "NAME": "a name",
    "RELATION": "a relation",
    "CLOSE": "a closing bracket",
    "OPEN": "an opening bracket",
    "$END": "the end",
}


@dataclass(eq=False)
class Unreadable(Exception):
    """Pieces that are no formula, the place where that showed, and why."""

    reason: str
    span: Span


@cache
def parser(start: str) -> Lark:
    """The grammar, ready to read pieces."""
    from lark import Lark, Token, Transformer
    from lark.lexer import Lexer

    class Pieces(Lexer):
        """Pieces are tokens already."""

        def __init__(self, conf: Any) -> None:
            """There is nothing to set up."""

        def lex(self, pieces: Iterable[Piece]) -> Iterator[Token]:  # type: ignore[override]
            for piece in pieces:
                token = Token(piece.kind, piece.text)
                token.value = piece
                yield token

    def by_rule(rule: Callable[..., Any]) -> Callable[..., Any]:
        return lambda _, children: rule(*(each.value if isinstance(each, Token) else each for each in children))

    formulas = type("Formulas", (Transformer,), {name: by_rule(rule) for name, rule in RULES.items()})
    grammar = files("whygrad.check.reading").joinpath("grammar.lark").read_text(encoding="utf-8")
    return Lark(
        grammar,
        parser="lalr",
        lexer=Pieces,
        start=start,
        transformer=formulas(),
        keep_all_tokens=True,
        maybe_placeholders=False,
    )


def parsed(pieces: Sequence[Piece], start: str = "start") -> Any:
    """What the grammar makes of pieces; raises Unreadable."""
    from lark.exceptions import UnexpectedInput

    try:
        return parser(start).parse(pieces)
    except UnexpectedInput as error:
        token = getattr(error, "token", None)
        piece = getattr(token, "value", None)
        if isinstance(piece, Piece):
            raise Unreadable(f"{quoted(piece)} does not fit here", piece.span) from None
        last = pieces[-1].span if pieces else Span(1, 0, 0)
        raise Unreadable("it breaks off", last) from None


def quoted(piece: Piece) -> str:
    """A piece in a message."""
    return f"“{piece.text[:30]}”" if piece.text.strip() else READABLE.get(piece.kind, "something")


def checked_size(pieces: Sequence[Piece]) -> None:
    """Raises Unreadable for what is longer or deeper than notes are."""
    if len(pieces) > MOST_PIECES:
        raise Unreadable(f"it is too long: more than {MOST_PIECES} signs", pieces[0].span.to(pieces[-1].span))
    level = signs = 0
    for piece in pieces:
        level += (piece.kind in ("OPEN", "BAR_OPEN")) - (piece.kind in ("CLOSE", "BAR_CLOSE"))
        signs = signs + 1 if piece.kind in ("MINUS", "PLUS", "FUNCTION", "SLOPE", "POWER") else 0
        if level > MOST_NESTED or signs > MOST_NESTED:
            raise Unreadable(f"it is nested too deep: more than {MOST_NESTED} brackets or signs", piece.span)


def checked_depth(chain: Chain) -> Chain:
    """The chain; raises Unreadable where its formulas are nested deeper than any that a person writes."""
    if max(map(depth, chain.sides)) > MOST_DEEP:
        raise Unreadable(TOO_LONG, chain.span)
    return chain


def side_by_side(pieces: Sequence[Piece], kind: str) -> list[Piece]:
    """The pieces with a sign of this kind between operands that only stand side by side."""
    within = fraction_braces(pieces)
    joined: list[Piece] = []
    for place, piece in enumerate(pieces):
        if joined and place not in within and multiplies(joined, piece):
            joined.append(Piece(kind, "", Span(piece.span.line, piece.span.start, piece.span.start)))
        joined.append(piece.as_kind("NAME") if piece.kind == "QUANTITY" else piece)
    return joined


def multiplies(before: Sequence[Piece], piece: Piece) -> bool:
    """Whether a piece directly behind others is a factor: not the argument of tanh^2, nor a number behind a number."""
    last = before[-1]
    raised = [each.kind for each in before[-3:-1]] == ["FUNCTION", "POWER"]
    loose = piece.kind == "NUMBER" and (last.kind != "CLOSE" or piece.gap > 0)
    return last.kind in ENDS and piece.kind in STARTS and not raised and not loose


def fraction_braces(pieces: Sequence[Piece]) -> set[int]:
    r"""The places of the second opening brace of every \frac: nothing multiplies there."""
    closes: dict[int, int] = {}
    waiting: list[int] = []
    for place, piece in enumerate(pieces):
        if piece.kind == "OPEN":
            waiting.append(place)
        elif piece.kind == "CLOSE" and waiting:
            closes[waiting.pop()] = place
    firsts = (place + 1 for place, piece in enumerate(pieces) if piece.kind == "FRAC")
    return {closes[first] + 1 for first in firsts if first in closes}


def readings(pieces: Sequence[Piece], variants: Sequence[Sequence[Piece]] = ()) -> tuple[Chain, ...]:
    """Every reading of the pieces of one chain, the likeliest first; raises Unreadable where there is none.

    `variants` are other ways of cutting the same text into pieces.
    """
    checked_size(pieces)
    found: list[Chain] = []
    fault: Unreadable | None = None
    for each in (pieces, *variants):
        for kind in ("JUXT", "TIGHT"):
            try:
                found.append(checked_depth(parsed(side_by_side(each, kind))))
            except Unreadable as error:
                fault = fault or error
            if all(piece.kind != "DIVIDE" for piece in each):
                break
    if not found:
        raise fault or Unreadable("it is empty", Span(1, 0, 0))
    return tuple(distinct(found))


def alone(pieces: Sequence[Piece]) -> Formula:
    """The one formula that pieces are; raises Unreadable."""
    checked_size(pieces)
    found: Formula = parsed(side_by_side(pieces, "JUXT"), "alone")
    if depth(found) > MOST_DEEP:
        raise Unreadable(TOO_LONG, found.span)
    return found


def distinct(chains: Sequence[Chain]) -> Iterator[Chain]:
    """Chains that mean something different, in their order."""
    seen: set[Chain] = set()
    for chain in chains:
        if (same := meaning(chain)) not in seen:
            seen.add(same)
            yield chain


def meaning(chain: Chain) -> Chain:
    """A chain without places and brackets."""
    return replace(chain, sides=tuple(map(bare, chain.sides)), span=Span(0, 0, 0))

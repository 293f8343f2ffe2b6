"""What a line of notes is cut into."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from whygrad.check.reading.formula import Span

if TYPE_CHECKING:
    from whygrad.check.reading.formula import Function, Number, Relation


@dataclass(frozen=True)
class Piece:
    """A number, a name, a sign or a word, with its place.

    - `kind`: NUMBER, NAME, QUANTITY (a name that is a written-out word), FUNCTION, SLOPE, EULER, SUM, FRAC, PLUS,
      MINUS, TIMES, DIVIDE, POWER, OPEN, CLOSE, BAR, COMMA, RELATION, CROSS (the x of 2x3), WORD (prose), STOP (an
      end), ODD (what belongs to no formula).
    - `gap`: how many blanks stand before it. `why`: of ODD, what it is.
    """

    kind: str
    text: str
    span: Span
    gap: int = 0
    number: Number | None = None
    function: Function | None = None
    relation: Relation | None = None
    limits: tuple[str, int | None, int | None] = ("", None, None)
    why: str = ""

    def as_kind(self, kind: str, **changes: object) -> Piece:
        """The same piece taken for another."""
        return replace(self, kind=kind, **changes)  # type: ignore[arg-type]


ENDS: frozenset[str] = frozenset({"NUMBER", "NAME", "QUANTITY", "CLOSE", "BAR_CLOSE"})
STARTS: frozenset[str] = frozenset(
    {"NUMBER", "NAME", "QUANTITY", "OPEN", "BAR_OPEN", "FUNCTION", "SLOPE", "EULER", "FRAC", "SUM"}
)
INFIX: frozenset[str] = frozenset({"PLUS", "MINUS", "TIMES", "DIVIDE", "POWER", "CROSS"})

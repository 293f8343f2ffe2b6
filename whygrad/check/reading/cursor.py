"""A place that goes along a line of notes, and the pieces found so far; reads the numbers and the derivatives."""

from __future__ import annotations

from whygrad.check.reading import signs
from whygrad.check.reading.extent import change_end, derivative_end
from whygrad.check.reading.formula import Number, Span
from whygrad.check.reading.letters import plainer
from whygrad.check.reading.numerals import numeral
from whygrad.check.reading.piece import Piece
from whygrad.check.reading.vocabulary import PLAIN, Manner


class Cursor:
    """Goes along one line; `pieces` are what it found."""

    def __init__(self, text: str, line: int, manner: Manner = PLAIN, *, maths: bool = False, start: int = 0) -> None:
        self.raw, self.text = text, plainer(text)
        self.line, self.manner, self.maths = line, manner, maths
        self.display = maths
        self.place, self.gap, self.depth = start, 0, 0
        self.pieces: list[Piece] = []
        self.marks = signs.emphasis(self.text)
        self.dropped: set[int] = set()

    def add(self, kind: str, end: int, **more: object) -> bool:
        """A piece that ends there, and on from there."""
        span = Span(self.line, self.place, end)
        text = str(more.pop("text", self.raw[self.place : end]))
        self.pieces.append(Piece(kind, text, span, self.gap, **more))  # type: ignore[arg-type]
        self.depth = max(0, self.depth + (kind == "OPEN") - (kind == "CLOSE"))
        self.place, self.gap = end, 0
        return True

    def last(self) -> str:
        """The kind of the piece before."""
        return self.pieces[-1].kind if self.pieces else "STOP"

    def number(self) -> bool:
        """A number."""
        free = self.last() not in ("DIVIDE", "POWER")
        comma = self.manner.decimal_comma
        found = numeral(
            self.text, self.place, decimal_comma=comma, grouped=not self.depth and not comma, scientific=free
        )
        if found is None:
            return False
        text = self.raw[self.place : found.end]
        span = Span(self.line, self.place, found.end)
        number = Number(text, found.value, found.half_unit, span, found.is_percent, found.is_cut)
        return self.add("NUMBER", found.end, number=number)

    def derivative(self) -> bool:
        r"""A derivative or a change: dE/dw5, \frac{∂E}{∂w5}, Δw5, ∇w5."""
        end = derivative_end(self.text, self.place)
        end = end if end > self.place else change_end(self.text, self.place)
        return end > self.place and self.add("NAME", end)

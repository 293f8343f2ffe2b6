"""The formula panel: the move that is looked at, or why a number is what it is, as a page draws it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from whygrad.explain import Chart, Links, Runner
from whygrad.explain.moves import moves_of
from whygrad.explain.one_move import one_move
from whygrad.explain.unit_moves import unit_moves_of
from whygrad.lab.message import Why
from whygrad.pipeline.derivation import explain, prepared
from whygrad.render.live import live
from whygrad.render.numbers import count
from whygrad.run import evaluate

if TYPE_CHECKING:
    from whygrad.document import Document
    from whygrad.explain.moves import Move
    from whygrad.lab.message import Division
    from whygrad.trace import StepTrace


def moves_by(chart: Chart, by: Division) -> list[Move]:
    """The moves of a step, each of a layer or of a unit."""
    return moves_of(chart) if by == "layer" else unit_moves_of(chart)


@dataclass(frozen=True, eq=False)
class Shown:
    """What a page looks at: a trace, how many of its moves were made, and a row of the batch. It never changes.

    `by`: whether a move is that of a layer or of a unit.
    """

    trace: StepTrace
    moves: int
    row: int
    by: Division = "layer"

    def is_same_as(self, other: Shown) -> bool:
        """Whether two pages look the same."""
        return self.trace is other.trace and self.place == other.place

    @property
    def place(self) -> tuple[int, int, Division]:
        """What of the trace is looked at."""
        return self.moves, self.row, self.by

    def move(self) -> Why:
        """The equations of the latest move; before the first, what is given."""
        links = Links(Chart(self.trace), Runner(evaluate, prepared))
        latest = moves_by(links.chart, self.by)[self.moves - 1] if self.moves else None
        return self._why("", live(self._counted(one_move(links, latest, self.row))))

    def why(self, of: str) -> Why:
        """The derivation of a quantity. Raises UnknownName (WG105)."""
        derivation = explain(self.trace, of, torch=False)
        return self._why(of, live(self._counted(derivation.document), derivation.numbers))

    def _counted(self, document: Document) -> Document:
        """The place as all of the page counts it: by the updates made, not by the one that comes next."""
        made = self.trace.number
        place = document.subtitle.removeprefix(f"update {made + 1}: ")
        return replace(document, subtitle=f"after {count(made, 'update')}: {place}")

    def _why(self, of: str, document: dict[str, object]) -> Why:
        return Why(of, self.trace.number, self.moves, self.row, document)

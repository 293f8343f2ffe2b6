"""What is seen at a place of a run: the numbers that are computed by then, and none that are not yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from whygrad.explain import Chart, Sort
from whygrad.explain.chart import is_of_rows
from whygrad.explain.moves import Stage, moves_of
from whygrad.lab.message import Frame
from whygrad.lab.shown import Shown
from whygrad.render.document_json import number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from whygrad.explain.chart import Named
    from whygrad.explain.moves import Move
    from whygrad.lab.session import Session


class View:
    """A session as a page sees it: one row of the batch, and the chart of the update that is looked at."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.row = 0
        self.playing = False
        self.known: tuple[object, Chart, list[Move]] | None = None

    def chart(self) -> tuple[Chart, list[Move]]:
        """The chart of the update that is looked at and its moves; made once for each update."""
        stretch, update = self.session.stretch(self.session.place.update), self.session.place.update
        key = stretch, update
        if self.known is None or self.known[0] != key:
            chart = Chart(self.session.trace())
            self.known = key, chart, moves_of(chart)
        return self.known[1], self.known[2]

    def shown(self) -> Shown:
        """What is looked at, for the panel beside it."""
        chart, moves = self.chart()
        return Shown(chart.trace, min(self.session.place.moves, len(moves)), min(self.row, chart.rows - 1))

    def frame(self) -> Frame:
        """The numbers that are known at the place that is looked at."""
        chart, moves = self.chart()
        place, line = self.session.place, self.session.stretch(self.session.place.update).line
        epoch, batch = line.place(place.update)
        made = moves[: place.moves]
        arrays = [each for move in made for each in move.arrays]
        row = min(self.row, chart.rows - 1)
        is_updated = any(move.stage is Stage.UPDATE for move in made)
        changes = list(chart.trace.changes())
        updated = changes if is_updated else []
        return Frame(
            update=place.update,
            moves=min(place.moves, len(moves)),
            end=self.session.end,
            epoch=epoch,
            batch=batch,
            row=row,
            rows=chart.rows,
            playing=self.playing,
            steps=[
                {"stage": move.stage.name.lower(), "title": move.stage.value, "layer": move.layer} for move in moves
            ],
            values={"x": numbers(chart.trace.value("x")[row]), "y": numbers(chart.trace.value("y")[row])}
            | {each.name.symbol: of_row(chart, each, row) for each in of_sort(chart, arrays, Sort.VALUE)},
            adjoints={each.name.symbol: of_row(chart, each, row) for each in of_sort(chart, arrays, Sort.ADJOINT)},
            weights={each.name: numbers(each.after if is_updated else each.before) for each in changes},
            before={each.name: numbers(each.before) for each in updated} or None,
            gradients={each.name: numbers(each.gradient) for each in updated},
            updates={each.name: numbers(each.update) for each in updated},
            loss=number(chart.trace.loss) if any(move.stage is Stage.LOSS for move in made) else None,
            origin=self.session.stretches[0].origin,
        )


def first_broken(chart: Chart, moves: Iterable[Move]) -> int:
    """After how many moves of an update NaN or infinity is there; all of them where it only is in what is not shown."""
    every = list(moves)
    values = chart.trace.values
    bad = (k for k, move in enumerate(every, 1) if not all(isfinite(values[each.node]) for each in move.arrays))
    return next(bad, len(every))


def of_sort(chart: Chart, arrays: Iterable[Named], sort: Sort) -> list[Named]:
    """The arrays of one sort that are not parameters, which have a place of their own."""
    learned = chart.trace.step.parameters
    return [each for each in arrays if each.sort is sort and each.name.symbol not in learned]


def of_row(chart: Chart, named: Named, row: int) -> Any:
    """An array, or the row of it that is looked at where it has one for each row of the batch."""
    value = np.asarray(chart.trace.values[named.node])
    return numbers(value[row] if is_of_rows(named.name, named.node.shape) else value)


def numbers(value: Any) -> Any:
    """Numbers for JSON, which has none for NaN and infinity: these are words."""
    array = np.asarray(value)
    if isfinite(array):
        return array.tolist()
    return [numbers(each) for each in array] if array.ndim else number(float(array))


def isfinite(value: Any) -> bool:
    """Whether no number is NaN or infinite."""
    return bool(np.isfinite(value).all())

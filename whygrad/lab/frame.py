"""What is seen at a place of a run: the numbers that are computed by then, and none that are not yet."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from whygrad.build.plan import DensePlan, every_layer
from whygrad.errors.lab_tools import TooManyUnits
from whygrad.explain import Chart, Sort
from whygrad.explain.chart import is_of_rows
from whygrad.lab.known import as_they_stand, known_of, masked, updated_of
from whygrad.lab.message import Frame
from whygrad.lab.shown import Shown, moves_by
from whygrad.render.document_json import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from whygrad.explain.chart import Named
    from whygrad.explain.moves import Move
    from whygrad.lab.known import Places
    from whygrad.lab.message import Division
    from whygrad.lab.session import Session

UNITS: Final = 100  # of a network whose moves are made unit by unit: with more, an update is hundreds of them


class View:
    """A session as a page sees it: one row of the batch, and the chart of the update that is looked at.

    - `wanted`: whether a move is to be that of a layer or of a unit.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.row = 0
        self.playing = False
        self.wanted: Division = "layer"
        self.known: tuple[object, Chart, list[Move]] | None = None

    @property
    def by(self) -> Division:
        """Whether a move is that of a layer or of a unit: what is wanted, as long as the network is small."""
        return self.wanted if self.units() <= UNITS else "layer"

    def units(self) -> int:
        """How many units the network has."""
        plan = self.session.stretch(self.session.place.update).ready.plan
        return sum(len(layer.labels) for layer in every_layer(plan.layers) if isinstance(layer, DensePlan))

    def divide(self, by: Division) -> None:
        """Moves of another kind from now on. Raises TooManyUnits (WG1021)."""
        if by == "unit" and self.units() > UNITS:
            raise TooManyUnits(self.units(), UNITS)
        self.wanted = by

    def chart(self) -> tuple[Chart, list[Move]]:
        """The chart of the update that is looked at and its moves; made once for each update."""
        stretch, update = self.session.stretch(self.session.place.update), self.session.place.update
        key = stretch, update, self.by
        if self.known is None or self.known[0] != key:
            chart = Chart(self.session.trace())
            self.known = key, chart, moves_by(chart, self.by)
        return self.known[1], self.known[2]

    def shown(self) -> Shown:
        """What is looked at, for the panel beside it."""
        chart, moves = self.chart()
        made, row = min(self.session.place.moves, len(moves)), min(self.row, chart.rows - 1)
        return Shown(chart.trace, made, row, self.by)

    def frame(self) -> Frame:
        """The numbers that are known at the place that is looked at."""
        chart, moves = self.chart()
        place, line = self.session.place, self.session.stretch(self.session.place.update).line
        epoch, batch = line.place(place.update)
        made = moves[: place.moves]
        known, row = known_of(made), min(self.row, chart.rows - 1)
        changes = list(chart.trace.changes())
        updated = updated_of(made, changes)
        renewed = [each for each in changes if each.name in updated]
        return Frame(
            update=place.update,
            moves=len(made),
            end=self.session.end,
            epoch=epoch,
            batch=batch,
            row=row,
            rows=chart.rows,
            playing=self.playing,
            by=self.by,
            steps=[step_of(move) for move in moves],
            values={"x": numbers(chart.trace.value("x")[row]), "y": numbers(chart.trace.value("y")[row])}
            | of_sort(chart, known, Sort.VALUE, row),
            adjoints=of_sort(chart, known, Sort.ADJOINT, row),
            weights={each.name: numbers(as_they_stand(each, updated)) for each in changes},
            before={each.name: numbers(each.before) for each in changes} if renewed else None,
            gradients={each.name: masked(numbers(each.gradient), updated[each.name]) for each in renewed},
            updates={each.name: masked(numbers(each.update), updated[each.name]) for each in renewed},
            loss=number(chart.trace.loss) if chart.loss.named in known else None,
            origin=self.session.stretches[0].origin,
        )


def first_broken(chart: Chart, moves: Iterable[Move]) -> int:
    """After how many moves of an update NaN or infinity is there; all of them where it only is in what is not shown."""
    every, values = list(moves), chart.trace.values
    broken = (not all(isfinite(move.part(values[each.node])) for each in move.arrays) for move in every)
    return next((k for k, is_broken in enumerate(broken, 1) if is_broken), len(every))


def step_of(move: Move) -> dict[str, Any]:
    """A move as the page lists it."""
    step: dict[str, Any] = {"stage": move.stage.name.lower(), "title": move.title, "layer": move.layer}
    step |= {"name": move.of} if move.of else {}
    return step | ({"unit": move.unit.place} if move.unit else {})


def of_sort(chart: Chart, known: Mapping[Named, Places], sort: Sort, row: int) -> dict[str, Any]:
    """What is known of the arrays of one sort that are not parameters, which have a place of their own."""
    learned = chart.trace.step.parameters
    found = {each: places for each, places in known.items() if each.sort is sort and each.name.symbol not in learned}
    return {each.name.symbol: masked(of_row(chart, each, row), places) for each, places in found.items()}


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


def points(losses: Iterable[float]) -> list[float | None]:
    """The points of a curve: a gap where a loss is NaN or infinite."""
    return [each if math.isfinite(each) else None for each in losses]


def isfinite(value: Any) -> bool:
    """Whether no number is NaN or infinite."""
    return bool(np.isfinite(value).all())

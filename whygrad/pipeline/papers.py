"""The steps that notes are held against: the first of an experiment and the one after it, as people write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from whygrad.check.convention import World
from whygrad.dataset import CategoryColumn, NumberColumn
from whygrad.errors.check import NetworkTooLarge
from whygrad.explain import Chart, Links, Runner
from whygrad.explain.textbook import without_overflow
from whygrad.pipeline.derivation import prepared
from whygrad.pipeline.setting_up import set_up, steps_per_epoch
from whygrad.run import Timeline, prepare

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from whygrad.check.judging.quantities import Quantities
    from whygrad.dataset import Dataset, Preparation
    from whygrad.graph import Expr
    from whygrad.pipeline.setting_up import SetUp
    from whygrad.spec import Experiment

    Papers = tuple[Quantities, Quantities | None]
    Others = Mapping[Any, Mapping[str, float]]

MOST_WEIGHTS: Final = 400
NO_OTHERS: Final[Mapping[Any, Mapping[str, float]]] = {}


class Steps:
    """The steps of experiments as people write them, each worked out once for all notes that are held against it."""

    def __init__(self) -> None:
        self.worked: list[tuple[Experiment, Path, Papers]] = []

    def __call__(self, experiment: Experiment, folder: Path) -> Papers:
        for known, base, found in self.worked:
            if (known, base) == (experiment, folder):
                return found
        ready = workable(set_up(experiment, folder))
        first, second = steps_of(ready)
        papers = scaled_too(first, ready.dataset), None if second is None else scaled_too(second, ready.dataset)
        self.worked.append((experiment, folder, papers))
        return papers


def steps(experiment: Experiment, folder: Path) -> tuple[Chart, Chart | None]:
    """The first step of an experiment and the one after it, where that sees the same rows.

    Raises NetworkTooLarge (WG1109).
    """
    return steps_of(workable(set_up(experiment, folder)))


def workable(ready: SetUp) -> SetUp:
    """What is set up, if anybody can work it out on paper. Raises NetworkTooLarge (WG1109)."""
    states, (step, _) = ready.start().states, ready.job.engine.ready(ready.batch_sizes[0])
    weights = sum(np.asarray(states[each]).size for each in step.parameters)
    if weights > MOST_WEIGHTS:
        raise NetworkTooLarge(weights, MOST_WEIGHTS)
    return ready


def steps_of(ready: SetUp) -> tuple[Chart, Chart | None]:
    """The first step of what is set up, and the one after it, where that sees the same rows."""
    timeline = Timeline(ready.job, ready.start().states)
    first = timeline.trace(0)
    if steps_per_epoch(ready.experiment, ready.dataset) > 1:
        return Chart(first), None
    timeline.go_on()
    return Chart(first), Chart(timeline.trace(1))


class Paper(World):
    """A step with the formulas that people use; `others` are numbers that the given ones may be taken for."""

    def __init__(self, chart: Chart, changed: Mapping[Any, Expr], others: Others) -> None:
        super().__init__(chart, changed)
        self.others = others

    def taken_for(self, element: Any) -> Mapping[str, float]:
        return self.others.get((element.array, element.index), {})


def on_paper(chart: Chart, others: Others = NO_OTHERS) -> Quantities:
    """A step with the formulas that people use: a cross-entropy of what the network says, not of its nets."""
    return Paper(chart, {**without_overflow(Links(chart, Runner(Remembering(), prepared)))}, others)


def scaled_too(chart: Chart, dataset: Dataset) -> Quantities:
    """A step as people write it, which knows its inputs in their other scale as well."""
    place_of = {int(row): place for place, row in enumerate(dataset.training.rows)}
    rows = [place_of[int(row)] for row in chart.trace.rows]
    others: dict[Any, Mapping[str, float]] = {}
    for place, column in enumerate(features(dataset.preparation)):
        values = dataset.training.inputs[:, place]
        for number, row in enumerate(rows):
            others["x", (number, place)] = otherwise(column, values, row)
    return on_paper(chart, others)


def features(preparation: Preparation) -> list[NumberColumn | CategoryColumn]:
    """The column that each input comes from."""
    return [column for column in preparation.columns for _ in column.feature_names]


def otherwise(column: NumberColumn | CategoryColumn, values: NDArray[np.float64], row: int) -> dict[str, float]:
    """A number of a column in its other scale; nothing where a scale has no width, and for categories."""
    if not isinstance(column, NumberColumn):
        return {}
    number = float(values[row])
    if column.is_scaled:
        return {"as its table has it": number * column.factor + column.shift}
    mean, deviation = float(values.mean()), float(values.std())
    return {"standardised": (number - mean) / deviation} if deviation else {}


class Remembering:
    """Evaluates formulas, each made ready once, however often it is asked for."""

    def __init__(self) -> None:
        self.ready: dict[tuple[Expr, ...], Any] = {}

    def __call__(self, nodes: Iterable[Expr], leaves: Mapping[Expr, Any]) -> Mapping[Expr, Any]:
        key = tuple(nodes)
        if key not in self.ready:
            self.ready[key] = prepare(key)
        program = self.ready[key]
        memory = program.run(leaves)
        return {each: memory[program.slots[each]] for each in key}

"""The whole step as a worked solution, in five moves: forward, loss, output gradients, backward, update."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from whygrad.document import Block, Document, Equations, Paragraph, Section, Table
from whygrad.errors.explain import TooManyElements
from whygrad.explain.chart import Sort
from whygrad.explain.equation import definitions
from whygrad.explain.hand import ByHand, drift_section
from whygrad.explain.jacobian import jacobian_section
from whygrad.explain.moves import Move, Stage, moves_of, parameters, size_of
from whygrad.explain.nudge import loss_after_update

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from whygrad.explain.chart import Chart, Element
    from whygrad.explain.links import Links
    from whygrad.explain.wanted import Wanted
    from whygrad.notation import Numbers
    from whygrad.trace import StepTrace

ROWS_LISTED: Final = 8
LINES_AT_MOST: Final = 3_000


def worked_solution(links: Links, wanted: Wanted) -> Document:
    """One step with every number and the formula that made it.

    Raises TooManyElements (WG401) where these would be more than 3,000 lines, NotPartOf (WG403) for a nudge or paths.
    """
    wanted.heeded(["--jacobian"], "the whole step")
    chart = links.chart
    if (size := size_of(chart)) > LINES_AT_MOST:
        raise TooManyElements(size, LINES_AT_MOST)
    stages = groupby(moves_of(chart), key=lambda move: move.stage)
    sections = [Section(stage.value, tuple(blocks_of(links, moves))) for stage, moves in stages]
    sections.append(summary(links, wanted.numbers))
    if wanted.jacobian:
        sections.append(jacobian_section(links))
    title = "One step, worked"
    if isinstance(chart, ByHand):
        title = "One step, worked by hand"
        sections.append(drift_section(chart, [each for each in chart.elements.values() if not chart.is_given(each)]))
    return Document(title, place_of(chart.trace), tuple(sections))


def place_of(trace: StepTrace) -> str:
    """Which step of a run this is, and which rows it saw."""
    rows = ", ".join(map(str, trace.rows[:ROWS_LISTED].tolist())) + (", ..." if len(trace.rows) > ROWS_LISTED else "")
    word = "row" if len(trace.rows) == 1 else "rows"
    return f"update {trace.number + 1}: epoch {trace.epoch}, batch {trace.batch}, {word} {rows} of the data"


def blocks_of(links: Links, moves: Iterable[Move]) -> Iterator[Block]:
    """The equations of some moves; in the forward pass each layer says what it does."""
    for move in moves:
        if move.stage is Stage.FORWARD:
            yield Paragraph(f"Layer {move.layer}{what_it_does(move)}.")
        yield Equations(definitions(links, move.elements))
        if move.stage is Stage.LOSS:
            yield Paragraph(f"In the derivatives below E is the {links.chart.loss.name}.")


def what_it_does(move: Move) -> str:
    """What a layer does to get its values, in words; nothing of one that changes what other units gave."""
    kinds = {each.name.short for each in move.arrays}
    return ": weighted sum, then activation" if "net" in kinds else ": weighted sum" if "out" in kinds else ""


def summary(links: Links, numbers: Numbers) -> Section:
    """Before, gradient and after of every parameter, and the loss before and after."""
    chart = links.chart
    rows = tuple((each.name, each.value, gradient(chart, each), after(chart, each)) for each in parameters(chart))
    table = Table("Before and after the update", ("parameter", "before", "gradient", "after"), rows, digits=None)
    then = numbers.shown(loss_after_update(chart.trace, links.runner))
    told = f"The loss was {numbers.shown(chart.trace.loss)} and is {then} after the update, on the same rows."
    return Section("Summary", (table, Paragraph(told)))


def gradient(chart: Chart, parameter: Element) -> float:
    """The gradient that the update of a parameter used."""
    found = chart.other(parameter, Sort.GRADIENT) or chart.other(parameter, Sort.ADJOINT)
    used = chart.trace.change(parameter.array).gradient
    return found.value if found else float(used[parameter.index])


def after(chart: Chart, parameter: Element) -> float:
    """What a parameter became."""
    found = chart.other(parameter, Sort.AFTER)
    return found.value if found else parameter.value

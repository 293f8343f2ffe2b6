"""The whole step as a worked solution, in five moves: forward, loss, output gradients, backward, update."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Final

import numpy as np

from whygrad.document import Block, Document, Equations, Paragraph, Section, Table
from whygrad.errors.explain import TooManyElements
from whygrad.explain.chart import Sort
from whygrad.explain.equation import definitions
from whygrad.explain.hand import ByHand, drift_section
from whygrad.explain.jacobian import jacobian_section
from whygrad.explain.nudge import loss_after_update
from whygrad.graph import Apply, Constant, topological

if TYPE_CHECKING:
    from whygrad.explain.chart import Chart, Element, Named
    from whygrad.explain.links import Links
    from whygrad.explain.wanted import Wanted
    from whygrad.notation import Numbers
    from whygrad.trace import StepTrace

ROWS_LISTED: Final = 8
LINES_AT_MOST: Final = 3_000
SHARED: Final = ("gradient_norm", "clip_factor", "learning_rate")


def worked_solution(links: Links, wanted: Wanted) -> Document:
    """One step with every number and the formula that made it.

    Raises TooManyElements (WG401) where these would be more than 3,000 lines.
    """
    chart = links.chart
    layers = layers_of(chart)
    size = lines_of(chart, layers)
    if size > LINES_AT_MOST:
        raise TooManyElements(size, LINES_AT_MOST)
    names = list(layers)
    sections = [
        forward(links, layers),
        loss(links),
        Section("Output gradients", tuple(blame(links, layers, names[-1:]))),
        Section("Backward to the hidden layers", tuple(blame(links, layers, names[-2::-1]))),
        update(links),
        summary(links, wanted.numbers),
    ]
    if wanted.jacobian:
        sections.append(jacobian_section(links))
    title = "One step, worked"
    if isinstance(chart, ByHand):
        title = "One step, worked by hand"
        sections.append(drift_section(chart, [each for each in chart.elements.values() if not chart.is_given(each)]))
    return Document(title, place_of(chart.trace), tuple(each for each in sections if each.blocks))


def place_of(trace: StepTrace) -> str:
    """Which step of a run this is, and which rows it saw."""
    rows = ", ".join(map(str, trace.rows[:ROWS_LISTED].tolist())) + (", ..." if len(trace.rows) > ROWS_LISTED else "")
    word = "row" if len(trace.rows) == 1 else "rows"
    return f"update {trace.number + 1}: epoch {trace.epoch}, batch {trace.batch}, {word} {rows} of the data"


def layers_of(chart: Chart) -> dict[str, list[Named]]:
    """The computed arrays of each layer, both in the order of the forward pass."""
    found: dict[str, list[Named]] = {}
    step = chart.trace.step
    for node in topological([step.outputs["prediction"], step.loss]):
        named = chart.values.get(node)
        if named is not None and isinstance(node, Apply):
            layer, dot, _ = named.name.symbol.rpartition(".")
            if dot:
                found.setdefault(layer, []).append(named)
    return found


def lines_of(chart: Chart, layers: dict[str, list[Named]]) -> int:
    """About how many equations a worked solution has: values, adjoints, and two for each parameter."""
    units = sum(int(np.prod(each.node.shape)) for arrays in layers.values() for each in arrays)
    learned = sum(int(np.prod(chart.trace.step.states[each].shape)) for each in chart.trace.step.parameters)
    return 2 * (units + learned)


def forward(links: Links, layers: dict[str, list[Named]]) -> Section:
    """Every unit's values, layer by layer."""
    blocks: list[Block] = []
    for layer, arrays in layers.items():
        sums = any(each.name.symbol.endswith((".net", ".out")) and each.name.short in ("net", "out") for each in arrays)
        told = f"Layer {layer}: weighted sum, then activation." if sums else f"Layer {layer}."
        elements = unit_by_unit(links.chart, arrays, Sort.VALUE)
        blocks += [Paragraph(told), Equations(definitions(links, elements))]
    return Section("Forward pass", tuple(blocks))


def unit_by_unit(chart: Chart, arrays: Iterable[Named], sort: Sort) -> list[Element]:
    """The elements of the arrays of a layer: arrays of as many elements side by side, unit by unit."""
    columns: dict[int, list[list[Element]]] = {}
    for named in arrays:
        members = chart.members(named.name.symbol, sort)
        if members:
            columns.setdefault(len(members), []).append(members)
    return [element for group in columns.values() for element in chain.from_iterable(zip(*group, strict=True))]


def loss(links: Links) -> Section:
    """The loss of each output, the penalty, and all of it."""
    chart = links.chart
    parts = [
        each for symbol in ("errors", "loss", "l1_penalty", "l2_penalty", "penalty") for each in chart.members(symbol)
    ]
    computed = [each for each in dict.fromkeys([*parts, chart.loss]) if not chart.is_given(each)]
    return Section("Loss", (Equations(definitions(links, computed)),))


def blame(links: Links, layers: dict[str, list[Named]], names: Iterable[str]) -> Iterator[Equations]:
    """The adjoints of some layers, in the order of the backward pass."""
    for name in names:
        elements = unit_by_unit(links.chart, reversed(layers[name]), Sort.ADJOINT)
        if elements:
            yield Equations(definitions(links, elements))


def update(links: Links) -> Section:
    """What all parameters share; then of each the gradient, what the optimizer remembers, and the new value."""
    chart = links.chart
    shared = [each for symbol in SHARED for each in chart.members(symbol) if not isinstance(each.named.node, Constant)]
    steps = [each for parameter in parameters(chart) for each in update_of(chart, parameter)]
    return Section("Update of every parameter", (Equations(definitions(links, [*shared, *steps])),))


def update_of(chart: Chart, parameter: Element) -> Iterator[Element]:
    """The quantities of the update of one parameter, each before those that are made of it."""
    for sort in (Sort.ADJOINT, Sort.GRADIENT):
        if (found := chart.other(parameter, sort)) is not None:
            yield found
    for named in chart.named:
        if named.sort is Sort.AFTER and named.name.symbol.startswith(f"{parameter.array}."):
            yield chart.element(named, parameter.index)
    if (after := chart.other(parameter, Sort.AFTER)) is not None:
        yield after


def parameters(chart: Chart) -> list[Element]:
    """All parameters' elements, those of the last layer first, as blame reaches them."""
    return [each for parameter in reversed(chart.trace.step.parameters) for each in chart.members(parameter)]


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

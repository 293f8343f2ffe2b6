"""The whole step as a worked solution, in five moves: forward, loss, output gradients, backward, update."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from whygrad.document import Block, Document, Equation, Equations, Paragraph, Section, Table
from whygrad.explain.equation import definition
from whygrad.explain.nudge import loss_after_update

if TYPE_CHECKING:
    from whygrad.explain.chart import Chart, Element
    from whygrad.explain.links import Evaluate
    from whygrad.trace import StepTrace

ROWS_LISTED = 8


def worked_solution(chart: Chart, evaluate: Evaluate, title: str = "") -> Document:
    """One step with every number and the formula that made it; `evaluate` tells the loss after the update."""
    trace = chart.trace
    layers = layers_of(chart)
    sections = [
        forward(chart, layers),
        loss(chart),
        Section("Output gradients", tuple(blame(chart, layers[-1:]))),
        Section("Backward to the hidden layers", tuple(blame(chart, layers[-2::-1]))),
        update(chart),
        summary(chart, loss_after_update(trace, evaluate)),
    ]
    return Document(title or "One step, worked", place_of(trace), tuple(each for each in sections if each.blocks))


def place_of(trace: StepTrace) -> str:
    """Which step of a run this is, and which rows it saw."""
    rows = ", ".join(map(str, trace.rows[:ROWS_LISTED].tolist())) + (", ..." if len(trace.rows) > ROWS_LISTED else "")
    word = "row" if len(trace.rows) == 1 else "rows"
    return f"update {trace.number + 1}: epoch {trace.epoch}, batch {trace.batch}, {word} {rows} of the data"


def layers_of(chart: Chart) -> list[str]:
    """The layers of units, in the order of the forward pass."""
    arrays = dict.fromkeys(each.array for each in chart.elements.values())
    return list(dict.fromkeys(array.rpartition(".")[0] for array in arrays if array.endswith((".out", ".net"))))


def forward(chart: Chart, layers: list[str]) -> Section:
    """Every unit's net and out, layer by layer."""
    blocks: list[Block] = []
    for layer in layers:
        pairs = zip_longest(chart.members(f"{layer}.net"), chart.members(f"{layer}.out"))
        lines = [definition(chart, each) for each in chain.from_iterable(pairs) if each is not None]
        blocks += [Paragraph(f"Layer {layer}: weighted sum, then activation."), Equations(tuple(lines))]
    return Section("Forward pass", tuple(blocks))


def loss(chart: Chart) -> Section:
    """The loss of each output, and all of it."""
    parts = [each for each in chart.members("errors") if each.expr is not chart.loss.expr]
    return Section("Loss", (Equations(tuple(definition(chart, each) for each in [*parts, chart.loss])),))


def blame(chart: Chart, layers: Iterable[str]) -> Iterator[Equations]:
    """The adjoints of some layers, out before net, as blame flows."""
    for layer in layers:
        pairs = zip_longest(adjoints(chart, f"{layer}.out"), adjoints(chart, f"{layer}.net"))
        lines = [definition(chart, each) for each in chain.from_iterable(pairs) if each is not None]
        if lines:
            yield Equations(tuple(lines))


def adjoints(chart: Chart, array: str) -> list[Element]:
    """The adjoints of the elements of an array, where the loss depends on them."""
    return [each for each in chart.elements.values() if each.array == array and each.adjoint]


def update(chart: Chart) -> Section:
    """Of every parameter the gradient, what the update makes of it, what is remembered, and the new value."""
    lines: list[Equation] = []
    for name in weights(chart):
        remembered = [each for each in chart.elements if each.endswith(f"_{name}_new")]
        steps = (f"dE/d{name}", f"g_{name}", *remembered, f"{name}_new")
        lines += [definition(chart, chart[each]) for each in steps if each in chart.elements]
    return Section("Update of every parameter", (Equations(tuple(lines)),))


def weights(chart: Chart) -> list[str]:
    """The names of all parameters' elements, those of the last layer first, as blame reaches them."""
    step = chart.trace.step
    return [each.name for parameter in reversed(step.parameters) for each in chart.members(parameter)]


def summary(chart: Chart, loss_after: float) -> Section:
    """Before, gradient and after of every parameter, and the loss before and after."""
    names = weights(chart)
    rows = tuple((name, chart[name].value, gradient(chart, name), chart[f"{name}_new"].value) for name in names)
    table = Table("Before and after the update", ("parameter", "before", "gradient", "after"), rows, digits=6)
    told = f"The loss was {chart.loss.value:.6g} and is {loss_after:.6g} after the update, on the same rows."
    return Section("Summary", (table, Paragraph(told)))


def gradient(chart: Chart, name: str) -> float:
    """The derivative of the loss by a parameter's element: 0 where the loss does not depend on it."""
    found = chart.elements.get(f"dE/d{name}")
    return found.value if found else 0.0

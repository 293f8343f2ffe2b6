"""The network of one step as it was before the update, with what stands out in a derivation, ready to be drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from whygrad.document import Picture
from whygrad.pipeline.emphasis import emphasised
from whygrad.pipeline.sketch import Dense, Learned, drawn
from whygrad.render.drawing import LayerDrawing
from whygrad.render.network import network_svg
from whygrad.render.numbers import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.explain import Standing
    from whygrad.graph import Expr
    from whygrad.render.drawing import Drawing
    from whygrad.trace import StepTrace

WEIGHTS, BIASES = ".W", ".b"


def step_picture(trace: StepTrace, standing: Standing | None) -> Picture | None:
    """The network beside a derivation, None where a step has no dense layers.

    `standing` is what stands out; without it nothing does, as in the derivation of a whole step.
    """
    row = standing.row if standing else 0 if len(trace.rows) == 1 else None
    plain = step_drawing(trace, row)
    if plain is None:
        return None
    drawing = emphasised(plain, standing) if standing else plain
    return Picture(network_svg(drawing), caption(trace, row, drawing, standing))


def step_drawing(trace: StepTrace, row: int | None) -> Drawing | None:
    """The network with its weights before the update, and what its units gave for one row of the batch."""
    nodes = {name.symbol: node for node, name in trace.step.names.of.items()}
    layers = list(layers_of(trace, nodes, row))
    if not layers or "x" not in nodes:
        return None
    return drawn(column(trace, "inputs", [nodes["x"]], row), layers)


def layers_of(trace: StepTrace, nodes: dict[str, Expr], row: int | None) -> Iterator[Dense]:
    """The layers that have weights and outs, in the network's order."""
    for parameter in trace.step.parameters:
        layer = parameter.removesuffix(WEIGHTS)
        out = nodes.get(f"{layer}.out")
        if not parameter.endswith(WEIGHTS) or out is None:
            continue
        net = nodes.get(f"{layer}.net")
        bias = learned(trace, nodes[layer + BIASES]) if layer + BIASES in trace.step.parameters else None
        values = [out] if net is None else [out, net]
        yield Dense(column(trace, layer, values, row), learned(trace, nodes[parameter]), bias)


def learned(trace: StepTrace, node: Expr) -> Learned:
    """A parameter as it was before the update."""
    name, shape = trace.step.names.of[node], node.shape
    size = sum(map(bool, name.elements)) if name.elements else int(np.prod(shape))
    return Learned(name.symbol, np.asarray(trace.values[node]), lambda index: name.element(index, shape), size)


def column(trace: StepTrace, title: str, nodes: list[Expr], row: int | None) -> LayerDrawing:
    """A column of units: their names, what they gave for a row, and the places of their values in the trace."""
    names = [trace.step.names.of[node] for node in nodes]
    plain = LayerDrawing(title, names[0].labels)
    if row is None:
        return plain
    values = np.broadcast_to(trace.values[nodes[0]], nodes[0].shape)[row]
    refs = (" ".join(f"{name.symbol}[{row},{place}]" for name in names) for place in range(len(values)))
    return replace(plain, values=tuple(map(float, values)), refs=tuple(refs))


def caption(trace: StepTrace, row: int | None, drawing: Drawing, standing: Standing | None) -> str:
    """What the picture shows, and which number of it is not to be seen."""
    told = "The network with its weights before this update"
    if row is not None:
        told += f", and in each unit what it gave for row {trace.rows[row]} of the data"
    else:
        told += f", which saw {count(len(trace.rows), 'row')}"
    hidden = standing and standing.target.array.endswith(WEIGHTS) and not is_drawn(drawing, standing.target.ref)
    return f"{told}. {standing.target.name} joins units that are not drawn." if standing and hidden else f"{told}."


def is_drawn(drawing: Drawing, ref: str) -> bool:
    """Whether the weight at a place in the trace is among those that are drawn."""
    return any(edge.ref == ref for edge in drawing.visible)

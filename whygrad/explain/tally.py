"""What gradients cost, counted on arrays: links, paths and multiplications of a whole step, for networks of any size.

Counts run through the forward pass as values do: a contraction of counts is the primitive's own forward pass, with a 1
for everything that is only multiplied with, and a 0 where the wiring has no weight.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from whygrad.explain.local import wired
from whygrad.graph import Apply, Basic, Composite, Kind, depending_on, lowered, topological
from whygrad.graph.element import chosen_mask

if TYPE_CHECKING:
    from whygrad.explain.chart import Chart
    from whygrad.graph import Expr

Counts = NDArray[np.float64]


@dataclass(frozen=True)
class Tally:
    """Counts of a step, for the gradients of all its parameters together; exact up to 2^53, rounded beyond.

    - `links`: between named quantities, without those that begin at the loss, whose factor is multiplied by 1.
    - `paths`: from the loss to every parameter; `steps`: the links of all of them.
    - `parameters`: how many there are; `forward`: the multiplications with weights of one forward pass.
    """

    links: float
    paths: float
    steps: float
    parameters: int
    forward: float

    @property
    def path_by_path(self) -> float:
        """The multiplications that every path by itself would take."""
        return self.steps - self.paths

    @property
    def nudging(self) -> float:
        """The multiplications that one forward pass for each parameter would take."""
        return self.forward * self.parameters


def tally_of(chart: Chart) -> Tally:
    """The counts of a step."""
    step = chart.trace.step
    order = topological([step.loss])
    learned = [step.states[name] for name in step.parameters]
    on_the_way = depending_on(order, learned)
    ones: dict[Expr, Counts] = {
        node: wired(node).astype(float) for node in order if isinstance(node, Apply) or node in learned
    }
    reads: dict[Expr, Counts] = {node: has_weight(chart, node) for node in learned}
    paths = dict(reads)
    steps: dict[Expr, Counts] = {node: np.zeros(node.shape) for node in learned}
    links = forward = 0.0
    for node in order:
        if node not in on_the_way or not isinstance(node, Apply):
            continue
        near = summed(node, reads, ones)
        ways = summed(node, paths, ones)
        long = summed(node, steps, ones)
        if node in chart.values or node is step.loss:
            links += 0.0 if node is step.loss else float(near.sum())
            near, long = np.ones(node.shape), long + ways
        reads[node], paths[node], steps[node] = near, ways, long
        if isinstance(node.primitive, Basic) and node.primitive.kind is Kind.CONTRACTION and len(node.arguments) == 2:
            forward += float(contracted(node, [ones.get(x, np.ones(x.shape)) for x in node.arguments]).sum())
    count = int(sum(each.sum() for each in (paths[node] for node in learned)))
    return Tally(links, float(paths[step.loss]), float(steps[step.loss]), count, forward)


def has_weight(chart: Chart, node: Expr) -> Counts:
    """1 where an element of a parameter has a name, 0 where the wiring has no weight."""
    elements = chart.values[node].name.elements
    return np.array([float(bool(each)) for each in elements]).reshape(node.shape) if elements else np.ones(node.shape)


def summed(node: Apply, counts: dict[Expr, Counts], ones: dict[Expr, Counts]) -> Counts:
    """For each element of a node the sum of the counts of what it reads, an element that is read twice counted once."""
    inputs = list(dict.fromkeys(x for x in node.arguments if x in counts))
    kind, composite = node.primitive.kind, isinstance(node.primitive, Composite)
    if kind is Kind.ELEMENTWISE:
        return at_its_place(node, inputs, counts)
    if kind is Kind.ROW:
        return over_rows(node, inputs, counts)
    if composite:
        return lowered_sum(node, counts, ones)
    if kind is Kind.CONTRACTION and len(node.arguments) == 2:
        whole = {x: ones.get(x, np.ones(x.shape)) for x in node.arguments}
        return np.asarray(
            sum(contracted(node, [counts[x] if x is y else whole[y] for y in node.arguments]) for x in inputs)
        )
    return contracted(node, [counts.get(x, np.zeros(x.shape)) for x in node.arguments])


def at_its_place(node: Apply, inputs: list[Expr], counts: dict[Expr, Counts]) -> Counts:
    """The counts below an elementwise node."""
    mask = chosen_mask(node)
    if mask is None:
        return np.asarray(sum(counts[x] for x in inputs))
    return np.where(mask, *(counts.get(x, np.zeros(x.shape)) for x in node.arguments[1:]))


def over_rows(node: Apply, inputs: list[Expr], counts: dict[Expr, Counts]) -> Counts:
    """The counts below a node each of whose elements reads a row, or all that it reduces."""
    axes = dict(node.attributes).get("axes", (len(inputs[0].shape) - 1,))
    rows = np.asarray(sum(counts[x].sum(axis=axes) for x in inputs))
    return np.broadcast_to(np.expand_dims(rows, -1), node.shape) if node.shape == inputs[0].shape else rows


def lowered_sum(node: Apply, counts: dict[Expr, Counts], ones: dict[Expr, Counts]) -> Counts:
    """The counts below a composite, through the smaller primitives that give its value."""
    inner = lowered([node], node.arguments)[node]
    known = dict(counts)
    for each in topological([inner], node.arguments):
        if isinstance(each, Apply) and any(x in known for x in each.arguments):
            known[each] = summed(each, known, ones)
    return known[inner]


def contracted(node: Apply, arrays: list[Counts]) -> Counts:
    """A primitive run on counts."""
    if not isinstance(node.primitive, Basic):
        raise TypeError(f"{node!r} has no value of its own")
    return np.asarray(node.primitive.forward(np, *arrays, **dict(node.attributes)), dtype=float)

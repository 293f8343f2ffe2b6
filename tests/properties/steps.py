"""Steps of drawn networks, taken apart, and other ways to what they say: the loss of a moved weight, every link."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from tests.explain.taken import links_in
from tests.properties.networks import experiments
from whygrad import train
from whygrad.explain import Links, Sort
from whygrad.explain.cone import Cone, cone_of
from whygrad.graph import Apply, Expr, Input, State, lowered, topological
from whygrad.primitive import greater
from whygrad.run import complex_step, evaluate
from whygrad.spec.write import write_experiment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad import Experiment
    from whygrad.explain import Element

MOVES = (1e-3, 5e-4)  # of the number's own size, or of 1
LARGE = 1e6


class Taken:
    """A step of a drawn experiment, as the room `explain` has it."""

    def __init__(self, experiment: Experiment, links: Links) -> None:
        self.experiment, self.links = experiment, links

    def __repr__(self) -> str:  # what Hypothesis shows of an example that fails
        trace = self.links.chart.trace
        return f"epoch {trace.epoch}, batch {trace.batch} of\n{write_experiment(self.experiment)}"

    @cached_property
    def weights(self) -> list[Element]:
        """Every parameter, element by element."""
        chart = self.links.chart
        return [each for symbol in chart.trace.step.parameters for each in chart.members(symbol)]

    @cached_property
    def leaves(self) -> dict[Expr, Any]:
        """What the loss is computed from."""
        trace = self.links.chart.trace
        return {node: trace.values[node] for node in topological([trace.step.loss]) if isinstance(node, Input | State)}

    @cached_property
    def bends(self) -> tuple[Expr, ...]:
        """The comparisons that decide on which side of a kink the loss is computed."""
        return tuple(bends_of(self.links.chart.trace.step.loss))

    def cone(self, element: Element) -> Cone:
        """What lies between the loss and an element."""
        return cone_of(self.links.chart, self.links.runner, element)

    def adjoint(self, element: Element) -> float:
        """What backpropagation said, 0 where nothing leads from the loss to the element."""
        return float(self.links.chart.trace.adjoint(element.name))

    def moved(self, weight: Element, by: float) -> tuple[float, list[bool]]:
        """The loss with one element of a parameter moved, and the sides of all kinks."""
        trace = self.links.chart.trace
        state = trace.step.states[weight.array]
        array = np.array(trace.values[state], dtype=np.float64)
        array[weight.index] += by
        found = evaluate([trace.step.loss, *self.bends], self.leaves | {state: array})
        sides = np.concatenate([np.ravel(found[each]) for each in self.bends]) if self.bends else np.zeros(0)
        return float(found[trace.step.loss]), [bool(each) for each in sides]

    def difference(self, weight: Element) -> tuple[float, float] | None:
        """The central difference of the loss by a parameter, and how far it can be trusted; None near a kink.

        Two steps, of which one is half the other, cancel what the third derivative adds (Richardson 1911); how far
        both are apart tells what is left of it.
        """
        size = max(1.0, abs(weight.value))
        sides = self.moved(weight, 0.0)[1]
        found = []
        for move in MOVES:
            (above, one), (below, other) = (self.moved(weight, sign * move * size) for sign in (1.0, -1.0))
            if one != sides or other != sides:
                return None
            found.append((above - below) / (2.0 * move * size))
        first, second = found
        return (4.0 * second - first) / 3.0, abs(second - first)

    def stepped(self, weight: Element) -> float:
        """The complex step of the loss by a parameter."""
        trace = self.links.chart.trace
        return complex_step(trace.step.loss, trace.step.states[weight.array], weight.index, self.leaves)


def bends_of(loss: Expr) -> Iterator[Expr]:
    """For every operation with a kink the comparisons in its value: 0 and what an absolute is of, and the like."""
    for node in topological([loss]):
        if not isinstance(node, Apply) or not node.primitive.kink:
            continue
        inside = lowered([node], node.arguments)[node]
        for each in topological([inside], node.arguments):
            match getattr(getattr(each, "primitive", None), "name", ""), each.inputs:
                case "greater", _:
                    yield each
                case "absolute", (x,):
                    yield from (greater(x, 0.0), greater(0.0, x))
                case "maximum" | "minimum", (x, y):
                    yield from (greater(x, y), greater(y, x))


@st.composite
def steps(draw: st.DrawFn) -> Taken:
    """One step of a drawn experiment, at its beginning or after an epoch; every number in it is finite."""
    experiment = draw(experiments())
    run = train(experiment)
    epoch = draw(st.integers(0, 1))
    assume(epoch == 0 or run.fault is None)
    rows = len(run.parts["training"])
    size = experiment.training.batch_size
    assert isinstance(size, int)
    trace = run.step(epoch, draw(st.integers(0, rows // size - 1)))
    assume(all(np.isfinite(value).all() and np.all(np.abs(value) < LARGE) for value in trace.values.values()))
    return Taken(experiment, links_in(trace))


def absolute_slope(cone: Cone) -> float:
    """The sizes of all paths added up: what rounding errors are to be measured by where paths cancel."""
    found = [np.zeros(len(each)) for each in cone.slopes]
    found[0][cone.start] = 1.0
    for number, edges in enumerate(cone.edges):
        for array in np.unique(edges.array):
            some = edges.only(edges.array == array)
            np.add.at(found[number], some.of, np.abs(some.slope) * found[array][some.by])
    return float(found[-1].sum())


def adjoints(taken: Taken) -> list[Element]:
    """The adjoints of all parameters that have one."""
    found = [taken.links.chart.other(weight, Sort.ADJOINT) for weight in taken.weights]
    return [each for each in found if each is not None]

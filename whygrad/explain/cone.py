"""What lies between the loss and one quantity: every named number that depends on it, and the links among them.

This is the chain rule on arrays of numbers, for networks of any size; `links` has the same links as formulas.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from whygrad.explain.edges import Edges, followed, identity, merged, nothing
from whygrad.explain.local import Local
from whygrad.graph import Apply, Expr, depending_on, topological
from whygrad.graph.names import flat, unflat

if TYPE_CHECKING:
    from whygrad.explain.chart import Chart, Element, Named
    from whygrad.explain.edges import Places
    from whygrad.explain.runner import Runner


@dataclass(frozen=True, eq=False)
class Cone:
    """The named arrays on the way from a quantity up to the loss, in the order of the forward pass.

    - `arrays`: they and their numbers; the first is that of the quantity, the last is the loss.
    - `edges`: per array the edges from its elements to those of earlier arrays, by their numbers.
    - `start`: the place of the quantity in the first array.
    """

    chart: Chart
    arrays: tuple[Named, ...]
    edges: tuple[Edges, ...]
    start: int

    @cached_property
    def slopes(self) -> list[NDArray[np.float64]]:
        """For each array, flat: how much its elements change with the quantity, along all ways together."""
        found = [np.zeros(size(each)) for each in self.arrays]
        found[0][self.start] = 1.0
        for number, edges in enumerate(self.edges):
            for array in np.unique(edges.array):
                some = edges.only(edges.array == array)
                np.add.at(found[number], some.of, some.slope * found[array][some.by])
        return found

    @cached_property
    def counts(self) -> list[NDArray[Any]]:
        """For each array, flat: how many paths lead from its elements down to the quantity, as whole numbers."""
        found = [np.zeros(size(each), dtype=object) for each in self.arrays]
        found[0][self.start] = 1
        for number, edges in enumerate(self.edges):
            for array in np.unique(edges.array):
                some = edges.only(edges.array == array)
                np.add.at(found[number], some.of, found[array][some.by])
        return found

    @property
    def count(self) -> int:
        """How many paths lead from the loss to the quantity: counted, not listed."""
        return int(self.counts[-1][0]) if self.reaches_loss else 0

    @property
    def reaches_loss(self) -> bool:
        """Whether the loss depends on the quantity: it does not on what feeds a unit that feeds no other."""
        return self.arrays[-1].node is self.chart.trace.step.loss

    def below(self, edges: Edges) -> NDArray[np.float64]:
        """How much what each of some edges leads to changes with the quantity."""
        found = np.zeros(len(edges))
        for array in np.unique(edges.array):
            some = edges.array == array
            found[some] = self.slopes[array][edges.by[some]]
        return found

    def adjoints(self, number: int) -> NDArray[np.float64]:
        """How much the loss changes with each element of an array, flat, as the trace has it."""
        trace, node = self.chart.trace, self.arrays[number].node
        if node is trace.step.loss:
            return np.ones(1)
        adjoint = trace.step.adjoints.get(node)
        return np.zeros(size(self.arrays[number])) if adjoint is None else flattened(trace.values[adjoint], node)

    def element(self, number: int, place: int) -> Element:
        """An element by its array and its place in it."""
        named = self.arrays[number]
        return self.chart.element(named, unflat(int(place), named.node.shape))


def cone_of(chart: Chart, runner: Runner, quantity: Element, *, through: Element | None = None) -> Cone:
    """What lies between the loss and a quantity; of its ways only those `through` one that reads it, if one is given.

    Nothing is left out and nothing is listed path by path: 30 layers of 100 units take a fraction of a second.
    """
    return Growing(chart, runner, quantity, through).cone()


class Growing:
    """A cone while it grows, from a quantity upwards."""

    def __init__(self, chart: Chart, runner: Runner, quantity: Element, through: Element | None) -> None:
        self.chart, self.through = chart, through
        self.root = quantity.named.node
        self.start = flat(quantity.index, self.root.shape)
        self.arrays: list[Named] = [quantity.named]
        self.edges: list[Edges] = [nothing()]
        self.seen: dict[Expr, Edges] = {self.root: identity(np.array([self.start]), 0)}
        order = topological([chart.trace.step.loss])
        on_the_way = depending_on(order, [self.root])
        self.order = [node for node in order if node in on_the_way and node is not self.root]
        self.local = Local(self.order, chart.trace.values, runner)

    def cone(self) -> Cone:
        """The whole of it."""
        for node in self.order:
            if isinstance(node, Apply):
                self.add(node)
        return Cone(self.chart, tuple(self.arrays), tuple(self.edges), self.start)

    def add(self, node: Apply) -> None:
        """One more node, where it changes with what the cone starts from."""
        active: dict[int, Places] = {
            number: np.unique(self.seen[x].of) for number, x in enumerate(node.arguments) if x in self.seen
        }
        local = self.local.edges(node, active)
        whole = merged([followed(edges, self.seen[node.arguments[number]]) for number, edges in local.items()])
        named = self.chart.values.get(node)
        if named is not None and self.through is not None:
            wanted = whole.array != 0
            if named is self.through.named:
                wanted |= whole.of == flat(self.through.index, node.shape)
            whole = whole.only(wanted)
        if not len(whole):
            return
        if named is None:
            self.seen[node] = whole
        else:
            self.arrays.append(named)
            self.edges.append(whole)
            self.seen[node] = identity(np.unique(whole.of), len(self.arrays) - 1)


def size(named: Named) -> int:
    """How many elements an array has."""
    return int(np.prod(named.node.shape))


def flattened(value: Any, node: Expr) -> NDArray[np.float64]:
    """A value as a flat array of doubles."""
    return np.ravel(np.broadcast_to(np.asarray(value, dtype=np.float64), node.shape))

"""Where the arrays of a loop plan lie: over the state that they replace, or in buffers that are used again."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

from whygrad.graph import Apply, Expr, Kind, State
from whygrad.run.fast.loops.places import REDUCTIONS, is_elementwise, space_of
from whygrad.run.fast.loops.plan import SINGLE, STATEMENT

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from whygrad.graph import Shape
    from whygrad.graph.primitive import Basic
    from whygrad.run.fast.loops.plan import LoopPlan

Unit = Any  # a statement, a single number, or a nest


class LoopMemory:
    """The arrays of a plan.

    - `units`: what is done, in order; `position`: of each node, the number of the unit that it is done in.
    - `over`: of what is written over a state as it is computed, that state.
    - `array`: of each stored node, the name of its array; `made`: of each buffer, its shape and if it holds truths.
    """

    def __init__(
        self, plan: LoopPlan, after: Mapping[State, Expr], fixed: Collection[Expr], name: Callable[[Apply], str]
    ) -> None:
        self.plan, self.name = plan, name
        self.units = units_of(plan)
        self.position: dict[Expr, int] = {
            node: place for place, unit in enumerate(self.units) for node in nodes_of(unit)
        }
        self.readers: dict[Expr, list[Apply]] = defaultdict(list)
        for node in plan.order:
            for each in dict.fromkeys(place.node for place in plan.reads[node]):
                self.readers[each].append(node)
        self.over: dict[Expr, State] = {}
        for state, then in after.items():
            if state not in fixed and isinstance(then, Apply) and then not in self.over:
                self.take_over(state, then)
        self.truths: set[Expr] = set()
        for node in plan.order:
            if is_truth(node, self.truths, plan):
                self.truths.add(node)
        self.array: dict[Expr, str] = {}
        self.made: dict[str, tuple[Shape, bool]] = {}
        self.share()

    def take_over(self, state: State, node: Apply) -> None:
        """Let a node be written over a state, where that does no harm."""
        if self.can_replace(state, node):
            self.over[node] = state

    def can_replace(self, state: State, node: Apply) -> bool:
        """Whether nobody reads a state after the place where its next value is written, element by element."""
        if node not in self.plan.stored or node not in self.plan.nest or node.primitive in REDUCTIONS:
            return False
        return all(self.comes_before(state, reader, node) for reader in self.readers[state])

    def comes_before(self, old: Expr, reader: Apply, node: Apply) -> bool:
        """Whether a node reads an array before another, or in its very turn, writes over it."""
        if self.position[reader] != self.position[node]:
            return self.position[reader] < self.position[node]
        level = self.plan.nest[node].level
        turns = space_of(reader) == space_of(node) and level[reader] <= level[node]
        return turns and all(place.is_own for place in self.plan.reads[reader] if place.node is old)

    def share(self) -> None:
        """Give every stored node its array."""
        free: dict[tuple[Shape, bool], list[str]] = defaultdict(list)
        ends: dict[int, list[Expr]] = defaultdict(list)
        for place, unit in enumerate(self.units):
            for node in ends.pop(place - 1, []):
                if node in self.array:
                    free[self.kind(node)].append(self.array[node])
            for node in nodes_of(unit):
                if node not in self.plan.stored or node in self.over:
                    continue
                self.array[node] = self.taken_over(node, ends) or self.from_pool(node, free)
                if node not in self.plan.kept:
                    ends[self.last(node)].append(node)

    def kind(self, node: Expr) -> tuple[Shape, bool]:
        """What two buffers share of which one can serve for the other."""
        return node.shape, node in self.truths

    def last(self, node: Expr) -> int:
        """The unit that reads a node last."""
        return max((self.position[each] for each in self.readers[node]), default=self.position[node])

    def from_pool(self, node: Apply, free: dict[tuple[Shape, bool], list[str]]) -> str:
        """A buffer that nobody needs any more, or a new one."""
        kind = self.kind(node)
        if free[kind]:
            return free[kind].pop()
        name = self.name(node)
        self.made[name] = kind
        return name

    def taken_over(self, node: Apply, ends: dict[int, list[Expr]]) -> str | None:
        """The buffer of what is read here for the last time, in the very turn in which this is written."""
        if node not in self.plan.nest or node.primitive in REDUCTIONS:
            return None
        dying = ends.get(self.position[node], [])
        for old in dying:
            fits = self.kind(old) == self.kind(node) and not self.is_late_here(old, node)
            if fits and all(self.comes_before(old, each, node) for each in self.readers[old]):
                dying.remove(old)
                return self.array[old]
        return None

    def is_late_here(self, old: Expr, node: Apply) -> bool:
        """Whether a value gathers in its buffer while the loops of the other still run."""
        return self.plan.is_late(old) and self.position[old] == self.position[node]


def units_of(plan: LoopPlan) -> list[Unit]:
    """What is done, in order: stage by stage the statements, the single numbers, the nests."""
    units: list[Unit] = []
    for stage in range(1 + max(plan.stage.values(), default=0)):
        for key in (STATEMENT, SINGLE):
            units += [node for node in plan.order if plan.stage[node] == stage and plan.key[node] == key]
        units += [nest for nest in plan.nests if plan.stage[nest.nodes[0]] == stage]
    return units


def nodes_of(unit: Unit) -> list[Apply]:
    """The nodes that are done in a unit."""
    return [unit] if isinstance(unit, Apply) else unit.nodes


def is_truth(node: Apply, truths: set[Expr], plan: LoopPlan) -> bool:
    """Whether the elements of a node are true or false, which its own forward pass tells."""
    if is_elementwise(node):
        given = [np.asarray(0.5) > 0 if x.node in truths else np.asarray(0.5) for x in plan.reads[node]]
        with np.errstate(all="ignore"):
            return bool(np.asarray(basic(node).forward(np, *given, **dict(node.attributes))).dtype == bool)
    return node.primitive.kind is Kind.MOVER and all(x.node in truths for x in plan.reads[node])


def basic(node: Apply) -> Basic:
    """The primitive of a node whose composites were lowered."""
    primitive: Basic = node.primitive  # type: ignore[assignment]
    return primitive

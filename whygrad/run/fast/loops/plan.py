"""Which loops compute a step: what is done in one pass over the rows, in which order, and what is kept in arrays.

A stage ends where every row must be done before anything goes on: at a matrix product, at a sum over the rows. Within a
stage come the products, then the single numbers, then the nests of loops.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from math import prod
from typing import TYPE_CHECKING, Final

from whygrad.graph import Apply, Expr
from whygrad.primitive import gather
from whygrad.run.fast.loops.passes import VECTORS
from whygrad.run.fast.loops.places import INDICES, PICKED, REDUCTIONS, STATEMENTS, Place, axes_of, space_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from whygrad.run.fast.loops.places import Places

STATEMENT: Final = "statement"
SINGLE: Final = "single"
MANY: Final = "many"
LONG: Final = 64  # elements of a row that are worth a loop of their own
Key = tuple[str, int]


@dataclass(eq=False)
class Nest:
    """Loops over the same rows, one body: the nodes in order, and the level of each within a row.

    At even levels there is a loop within the row, at odd ones (from -1) there is none.
    """

    nodes: list[Apply] = field(default_factory=list)
    level: dict[Expr, int] = field(default_factory=dict)


class Groups:
    """Nodes that belong together, each group known by one of them."""

    def __init__(self) -> None:
        self.leader: dict[Expr, Expr] = {}

    def __contains__(self, node: Expr) -> bool:
        return node in self.leader

    def add(self, node: Expr) -> None:
        """Take in a node as a group of its own."""
        self.leader[node] = node

    def lead(self, node: Expr) -> Expr:
        """The node that a group is known by."""
        while self.leader[node] is not node:
            node = self.leader[node]
        return node

    def join(self, one: Expr, other: Expr) -> None:
        """Make one group of two."""
        self.leader[self.lead(one)] = self.lead(other)


class LoopPlan:
    """The plan of a step.

    - `order`: what is computed, inputs first; `reads`: of each, where it reads.
    - `stage`: of each, which stage it is done in; `nest`: of what is done in loops, which ones.
    - `stored`: what has an array of its own.
    """

    def __init__(self, order: Sequence[Expr], kept: Collection[Expr], places: Places) -> None:
        self.places, self.kept = places, set(kept)
        self.order = [node for node in order if isinstance(node, Apply) and not places.looks(node)]
        known = set(self.order)
        self.reads = {node: self.places_read(node) for node in self.order}
        self.before = {
            node: [each.node for each in self.reads[node] if each.node in known and isinstance(each.node, Apply)]
            for node in self.order
        }
        self.after: dict[Expr, list[Apply]] = defaultdict(list)
        for node in self.order:
            for each in dict.fromkeys(self.before[node]):
                self.after[each].append(node)
        self.key: dict[Expr, Key | str] = {}
        for node in self.order:
            self.key[node] = self.key_of(node)
        self.stage = self.staged()
        self.nest: dict[Expr, Nest] = {}
        self.nests = self.nested()
        for nest in self.nests:
            self.put_in_levels(nest)
        self.stored = {node for node in self.order if self.is_stored(node)}

    def places_read(self, node: Apply) -> list[Place]:
        """Where a node reads, for each of its inputs, with its own loops' indices."""
        if node.primitive in STATEMENTS:
            return [self.places(x, (":",) * len(x.shape)) for x in node.arguments]
        if node.primitive is gather:
            of, index = node.arguments
            axes = len(index.shape)
            here = INDICES[: len(node.shape)]
            return [self.places(of, (PICKED, *here[axes:])), self.places(index, here[:axes])]
        here = INDICES[: len(space_of(node))]
        if node in self.places.copied:
            return [self.places(node.arguments[0], self.places.within(node, here))]
        return [self.places(x, here) for x in node.arguments]

    def key_of(self, node: Apply) -> Key | str:
        """What a node is done in: a statement, a single number, or loops over so many rows.

        What has one number per row joins the loops over rows where it is made of what they make, else it is flat.
        """
        if node.primitive in STATEMENTS:
            return STATEMENT
        space = space_of(node)
        if not space:
            return SINGLE
        if self.is_for_many(node):
            return (MANY, prod(space))
        in_rows = len(space) > 1 or any(self.is_of_a_row(each) for each in self.reads[node])
        return ("rows" if in_rows else "flat", space[0])

    def is_for_many(self, node: Apply) -> bool:
        """Whether a function is long and rows are short: it is done for all rows at once, many elements at a time."""
        reads = self.reads[node]
        own = all(x.is_own and x.node.shape == node.shape and isinstance(x.node, Apply) for x in reads)
        return node.primitive.name in VECTORS and own and 0 < prod(node.shape[1:]) < LONG and len(node.shape) > 1

    def is_of_a_row(self, place: Place) -> bool:
        """Whether a place holds one number per row, made by loops over rows."""
        key = self.key.get(place.node, SINGLE)
        return place.is_in_row and len(place.node.shape) == 1 and key[0] == "rows" and not self.is_late(place.node)

    def is_late(self, node: Expr) -> bool:
        """Whether a value is there only when its loops have ended."""
        if not isinstance(node, Apply) or node.primitive not in REDUCTIONS or not space_of(node):
            return False
        return axes_of(node) != tuple(range(1, len(space_of(node)))) or len(space_of(node)) == 1

    def gap(self, first: Expr, node: Apply) -> int:
        """How many stages lie at least between a value and what reads it."""
        one, other = self.key[first], self.key[node]
        if not isinstance(one, tuple):
            return 0 if (one, other) != (SINGLE, STATEMENT) else 1
        if one != other or self.is_late(first):
            return 1
        return 0 if all(each.is_in_row for each in self.reads[node] if each.node is first) else 1

    def staged(self) -> dict[Expr, int]:
        """The stage of each node: as early as can be, then as late as the first reader allows.

        Sums and maxima stay early: they leave less to be kept than what they are taken of.
        """
        stage: dict[Expr, int] = {}
        for node in self.order:
            stage[node] = max((stage[each] + self.gap(each, node) for each in self.before[node]), default=0)
        for node in reversed(self.order):
            if self.after[node] and self.key[node] != STATEMENT and node.primitive not in REDUCTIONS:
                stage[node] = max(stage[node], min(stage[each] - self.gap(node, each) for each in self.after[node]))
        return stage

    def nested(self) -> list[Nest]:
        """The nests: what is in one stage, over the same rows, and reads each other or the same elements."""
        groups = Groups()
        shared: dict[tuple[int, Key | str, Expr], Expr] = {}
        for node in self.order:
            if isinstance(self.key[node], str):
                continue
            groups.add(node)
            for place in self.reads[node]:
                if place.node in groups and self.stage[place.node] == self.stage[node]:
                    if self.key[place.node] == self.key[node]:
                        groups.join(node, place.node)
                elif place.is_own and len(place.index) == len(space_of(node)):
                    groups.join(node, shared.setdefault((self.stage[node], self.key[node], place.node), node))
        found: dict[Expr, Nest] = {}
        for node in self.order:
            if node in groups:
                self.nest[node] = found.setdefault(groups.lead(node), Nest())
                self.nest[node].nodes.append(node)
        return list(found.values())

    def put_in_levels(self, nest: Nest) -> None:
        """Give each node of a nest its level, as late as its readers allow: so fewer values wait in arrays."""
        level = nest.level
        for node in nest.nodes:
            lowest = 0 if len(space_of(node)) > 1 else -1
            steps = (level[each] + self.rise(each, node) for each in self.before[node] if each in level)
            level[node] = max(lowest, max((step for step in steps), default=lowest))
        for node in reversed(nest.nodes):
            after = self.after[node]
            if after and all(each in level for each in after) and node.primitive not in REDUCTIONS:
                level[node] = max(level[node], min(level[each] - self.rise(node, each) for each in after))

    def rise(self, first: Expr, node: Apply) -> int:
        """How many levels lie between a value and what reads it in the same row; late ones are read in other nests."""
        from_loop, in_loop = len(space_of(first)) > 1, len(space_of(node)) > 1  # type: ignore[arg-type]
        if not from_loop:
            return 1 if in_loop else 0
        if first.primitive in REDUCTIONS or not in_loop:  # type: ignore[attr-defined]
            return 2 if in_loop else 1
        return 0 if self.is_passed_on(first, node) else 2

    def is_passed_on(self, first: Expr, node: Apply) -> bool:
        """Whether loops of the same shape read a value where it was made."""
        same = space_of(first) == space_of(node)  # type: ignore[arg-type]
        return same and all(each.is_own for each in self.reads[node] if each.node is first)

    def is_local(self, first: Apply, node: Apply) -> bool:
        """Whether a reader finds a value in a variable, because it runs in the same turn of the same loops."""
        nest = self.nest.get(first)
        if nest is None or nest is not self.nest.get(node) or self.is_late(first):
            return False
        if len(space_of(first)) == 1 or first.primitive in REDUCTIONS:
            return True
        return nest.level[first] == nest.level[node] and self.is_passed_on(first, node)

    def is_stored(self, node: Apply) -> bool:
        """Whether a value needs an array."""
        if node.shape == ():
            return False
        if self.key[node] == STATEMENT or node in self.kept or self.is_late(node):
            return True
        return not all(self.is_local(node, each) for each in self.after[node])

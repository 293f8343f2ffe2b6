"""What a shut gate makes superfluous: which lines of a step need not run while a condition does not hold.

A choice between x and 0 is 0 where its condition is false, and so is what is a multiple of it. A sum need not take such
a term in then, a state need not be changed by it, and what is computed for nothing else need not be computed.

Nothing that is not finite may be hidden by that: zero times infinity is no number, and the interpreter says so. So a
product counts as zero only where its other factor is finite for sure, or where it shows in a figure or in a state if it
is not: by a chain of operations each of which gives something that is not finite if it is given such.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from whygrad.graph import Apply, Constant, Expr, Input, topological
from whygrad.graph.simplify import is_number
from whygrad.primitive import absolute, add, multiply, negate, sqrt, subtract, where

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    Gates = frozenset[Expr]

NONE: Final[Gates] = frozenset()
KEEPING: Final = (add, subtract, multiply, negate, sqrt, absolute)  # what is not finite stays so


class Shut:
    """Which gate may be shut while a node of a step is not needed, by node; None where it always is.

    - `wanted`: what is needed whatever is shut; `after`: what each state becomes.
    - `watched`: what is looked at after an epoch, and would show if it was not finite, as the states are.
    - `changes`: the gate without which a state stays as it is; `sums`: the terms of sums that take some in only while a
      gate is open; `parts`: what such a sum is made of besides its terms.
    """

    def __init__(
        self, wanted: Collection[Expr], after: Mapping[Expr, Expr], watched: Iterable[Expr], *, any_gates: bool = True
    ) -> None:
        self.order = topological((*wanted, *after.values()))
        self.readers: dict[Expr, list[Apply]] = defaultdict(list)
        for node in self.order:
            if isinstance(node, Apply):
                for x in dict.fromkeys(node.arguments):
                    self.readers[x].append(node)
        conditions = dict.fromkeys(node.inputs[0] for node in self.order if is_choice(node)) if any_gates else ()
        self.gates = {condition: place for place, condition in enumerate(conditions)}
        shows = self.showing(after, watched)
        self.zero = zeros(self.order, lambda x: isinstance(x, Constant | Input) or x in shows)
        if not any_gates:
            self.zero = dict.fromkeys(self.order, NONE)
        kept = {*wanted, *self.gates}
        alone = {node for node in after.values() if not self.readers[node] and node not in kept}
        self.changes = {
            state: gate
            for state, node in after.items()
            if node in alone and (gate := self.gate_of(change_of(state, node))) is not None
        }
        self.sums = {node: terms for node in self.order if (terms := self.gated_terms(node, kept))}
        self.parts = {part for node in self.sums for part in self.inside(node, kept) if part is not node}
        self.needs = self.found_needs(kept, after)

    def showing(self, after: Mapping[Expr, Expr], watched: Iterable[Expr]) -> set[Expr]:
        """The nodes that cannot fail to be finite without a sign of it where nothing is skipped but what is zero."""
        zero = zeros(self.order, lambda _: True)
        steady = [state for state, node in after.items() if change_of(state, node) is not None]
        shows = {*watched, *steady, *(after[state] for state in steady)}
        for node in reversed(self.order):
            if any(r in shows and r.primitive in KEEPING and zero[r] <= zero[node] for r in self.readers[node]):
                shows.add(node)  # it is not 0, so each gate is open that would skip the reader
        return shows

    def gate_of(self, node: Expr | None) -> Expr | None:
        """The gate, of those that make a node 0, that is known last; None where there is none."""
        return max(self.zero[node], key=self.gates.__getitem__, default=None) if node is not None else None

    def gated_terms(self, node: Expr, kept: Collection[Expr]) -> list[Expr]:
        """The terms of a whole sum, if some of them are taken in only while a gate is open."""
        readers = self.readers[node]
        is_part = node not in kept and len(readers) == 1 and is_sum(readers[0])
        if not is_sum(node) or is_part or self.zero[node]:
            return []
        inside = self.inside(node, kept)
        terms = [x for each in inside for x in each.inputs if x not in inside]
        return terms if any(self.zero[term] for term in terms) else []

    def inside(self, node: Expr, kept: Collection[Expr]) -> dict[Expr, None]:
        """A sum and the sums in it that nothing else reads, those in front first."""
        found: dict[Expr, None] = {}
        stack = [node]
        while stack:
            each = stack.pop()
            found[each] = None
            stack += [x for x in each.inputs if is_sum(x) and len(self.readers[x]) == 1 and x not in kept]
        return dict.fromkeys(reversed(found))

    def found_needs(self, kept: Collection[Expr], after: Mapping[Expr, Expr]) -> dict[Expr, Expr | None]:
        """The gate without which a node is not needed, by node."""
        needs: dict[Expr, Expr | None] = {after[state]: gate for state, gate in self.changes.items()}
        kept = {*kept, *(node for state, node in after.items() if state not in self.changes)}
        changed = {after[state]: change_of(state, after[state]) for state in self.changes}
        for node in reversed(self.order):
            if node in needs:
                continue
            uses = {
                self.gate_of(node) if r in self.sums or r in self.parts or changed.get(r) is node else needs[r]
                for r in self.readers[node]
            }
            needs[node] = uses.pop() if len(uses) == 1 and node not in kept and node not in self.sums else None
        return needs

    def is_open(self, node: Expr) -> bool:
        """Whether a node is a choice that is needed only where its condition holds."""
        return is_choice(node) and self.needs[node] is node.inputs[0]


def is_choice(node: Expr) -> bool:
    """Whether a node is something while a condition holds, else 0."""
    return isinstance(node, Apply) and node.primitive is where and is_number(node.arguments[2], 0.0)


def is_sum(node: Expr) -> bool:
    """Whether a node adds two things up."""
    return isinstance(node, Apply) and node.primitive is add and node.arguments[0] is not node.arguments[1]


def change_of(state: Expr, after: Expr) -> Expr | None:
    """What is taken from a state, or added to it, to give the next; None where it is made otherwise."""
    match after:
        case Apply(primitive=primitive, arguments=(first, second)) if primitive in (add, subtract) and first is state:
            return second
    return None


def zeros(order: Iterable[Expr], may_hide: Callable[[Expr], bool]) -> dict[Expr, Gates]:
    """By node, the gates each of which makes it 0 when it is shut; `may_hide` says so of a factor of nothing."""
    zero: dict[Expr, Gates] = {}
    for node in order:
        zero[node] = NONE
        match node:
            case Apply(arguments=(condition, then, _)) if is_choice(node):
                zero[node] = zero[then] | {condition}
            case Apply(primitive=primitive, arguments=(one, other)) if primitive is multiply:
                hidden = (zero[x] for x, factor in ((one, other), (other, one)) if may_hide(factor))
                zero[node] = NONE.union(zero[one] & zero[other], *hidden)
            case Apply(primitive=primitive, arguments=arguments) if primitive in KEEPING:
                zero[node] = zero[arguments[0]].intersection(*(zero[x] for x in arguments))
    return zero

"""The lines of one update on single numbers: a variable for each that is read twice, and what is done with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Final

from whygrad.graph import Apply
from whygrad.primitive import add, negate
from whygrad.run.fast.numbers.gates import Shut
from whygrad.run.fast.numbers.order import Line, ordered

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from whygrad.graph import Expr
    from whygrad.run.fast.numbers.draft import ScalarDraft

DEEPEST: Final = 15  # operations in one line: beyond that brackets are more than a reader, or a parser, can bear


@dataclass(frozen=True)
class Told:
    """A statement about a number, which stands in it as {}; or about a condition, under which it is made."""

    text: str
    node: Expr
    is_condition: bool = False


def lines_of(draft: ScalarDraft, told: Sequence[Told], watched: Iterable[Expr], *, gated: bool) -> list[str]:
    """The lines of an update, the changes of states among them.

    Where they are `gated`, what a shut gate makes superfluous stands under its condition. Of what is `watched` it shows
    after an epoch if it was not finite.
    """
    return Update(draft, told, watched, gated=gated).lines()


class Update:
    """Writes the lines."""

    def __init__(self, draft: ScalarDraft, told: Sequence[Told], watched: Iterable[Expr], *, gated: bool) -> None:
        self.draft, self.told = draft, told
        wanted = [each.node for each in told]
        self.shut = Shut(wanted, draft.after, watched, any_gates=gated)
        self.conditions = {*self.shut.gates, *(each.node for each in told if each.is_condition)}
        self.readers = Counter(x for node in self.shut.order for x in node.inputs)
        self.readers.update(wanted)
        self.readers.update(draft.after.values())
        self.named = {each.node for each in told if not each.is_condition}
        self.named.update(node.inputs[1] for node in self.shut.order if self.shut.is_open(node))
        self.depth: dict[Expr, int] = {}
        self.written: list[Line] = []

    def lines(self) -> list[str]:
        """All of them, in order."""
        for node in self.shut.order:
            self.depth[node] = 0
            if isinstance(node, Apply) and node not in self.shut.parts:
                self.write(node)
        for each in self.told:
            if each.is_condition:
                self.add(each.text, each.node, under=each.node)
            else:
                self.add(each.text.format(self.draft.text(each.node)), each.node)
        for state, node in self.draft.after.items():
            if node is not state:
                self.set(self.draft.names[state], node, self.shut.changes.get(state))
        return ordered(self.written, {self.draft.names[each] for each in self.draft.states}, self.draft.identifiers)

    def write(self, node: Apply) -> None:
        """The line that gives a number its variable, if it is to have one."""
        names, shut = self.draft.names, self.shut
        self.depth[node] = 1 + max(self.depth[x] for x in node.arguments)
        is_shared = self.readers[node] > 1 and node.primitive is not negate and node not in self.conditions
        if shut.is_open(node):
            self.draft.call(node, self.draft.text(node.arguments[1]))
        elif node in shut.sums:
            self.write_sum(node, self.new_name(node))
        elif is_shared or self.depth[node] > DEEPEST or node in self.named:
            name = self.new_name(node)
            self.set(name, node, shut.needs[node])
            self.draft.call(node, name)
        self.depth[node] *= node not in names

    def write_sum(self, node: Apply, name: str) -> None:
        """The lines of a sum that takes some terms in only while their gates are open."""
        terms: dict[Expr | None, list[Expr]] = {None: []}
        for term in self.shut.sums[node]:
            terms.setdefault(self.shut.gate_of(term), []).append(term)
        always = terms.pop(None)
        if always:
            self.set(name, reduce(add, always), None)
        else:
            self.written.append(Line(f"{name} = 0.0", frozenset(), name))
        for gate, some in terms.items():
            self.set(name, reduce(add, some), gate, "+=")
        self.draft.call(node, name)

    def new_name(self, node: Apply) -> str:
        """What people call a number, or what it is."""
        return self.draft.identifiers(self.draft.people.get(node) or node.primitive.notation.word)

    def set(self, name: str, node: Expr, under: Expr | None, sign: str = "=") -> None:
        """A line that sets a variable, or adds to it."""
        self.add(f"{name} {sign} {self.draft.text(node)}", node, name, under)

    def add(self, text: str, node: Expr, sets: str = "", under: Expr | None = None) -> None:
        """A line about a number, which stands under a condition if it has one."""
        reads, gate = self.draft.read(node), ""
        if under is not None:
            reads, gate = reads | self.draft.read(under), self.draft.text(under)
        self.written.append(Line(text, reads, sets, gate))

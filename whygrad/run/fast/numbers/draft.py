"""A step on single numbers: one variable for each that is read twice, and the formulas of what a step gives."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import numpy as np

from whygrad.code.identifier import Identifiers
from whygrad.code.spelling import scalar_form, source
from whygrad.graph import GATE, Apply, Input, Names, State, topological
from whygrad.graph.canon import Canon
from whygrad.graph.scalarise import Scalars
from whygrad.graph.simplify import settled, simpler
from whygrad.primitive import negate
from whygrad.run.fast.rewrites import EXACT, RELAXED, folded, merged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.graph import Expr, Step
    from whygrad.graph.element import Index

DEEPEST: Final = 15  # operations in one line: beyond that brackets are more than a reader, or a parser, can bear


class ScalarDraft:
    """The lines of one step on single numbers.

    - `inputs`, `states`: the numbers that a step is given, and those that it changes, in C order of their arrays.
    - `worth`: of each output that is a single number, the formula; `said`: those of the prediction; `open`: of the
      outputs that say which units were open.
    - `names`: what each number is called that has a variable; `taken` are not to be used.
    """

    def __init__(self, step: Step, taken: frozenset[str]) -> None:
        self.identifiers = Identifiers(taken)
        arrays = merged((*step.outputs.values(), *step.next.values()), (*EXACT, *RELAXED), step.names.of)
        leaves = (*step.inputs.values(), *step.states.values())
        called = {arrays.get(node, node): name for node, name in step.names.of.items() if node in arrays}
        self.scalars = Scalars(Names(called | {leaf: step.names.of[leaf] for leaf in leaves if leaf in step.names.of}))
        self.canon = Canon(lambda node: simpler(settled(folded(node))))
        self.inputs = [element for leaf in step.inputs.values() for _, element in self.elements(leaf)]
        self.states = [element for leaf in step.states.values() for _, element in self.elements(leaf)]
        outputs = {name: self.formulas(arrays[node]) for name, node in step.outputs.items()}
        self.worth = {name: outputs[name][0] for name, node in step.outputs.items() if node.shape == ()}
        self.said = outputs["prediction"]
        self.open = [each for name, formulas in outputs.items() if name.startswith(GATE) for each in formulas]
        next_values = [each for name in step.states for each in self.formulas(arrays[step.next[name]])]
        self.after = dict(zip(self.states, next_values, strict=True))
        self.roots = [*self.worth.values(), *self.said, *self.open, *next_values]
        self.people = {
            self.canon(element): name.element(index, node.shape)
            for node, name in called.items()
            for index, element in self.elements(node)
        }
        self.names = {leaf: self.identifiers(named(leaf)) for leaf in (*self.inputs, *self.states)}

    def elements(self, node: Expr) -> Iterator[tuple[Index, Expr]]:
        """The places and expressions of the elements of a node, in C order."""
        return ((index, self.scalars(node, index)) for index in np.ndindex(node.shape))

    def formulas(self, node: Expr) -> list[Expr]:
        """The elements of a node, equal ones made one and each as short as it can be."""
        return [self.canon(element) for _, element in self.elements(node)]

    def write(self) -> list[str]:
        """The lines that give a variable to each number that is wanted, read twice, or made of very many operations."""
        order = topological(self.roots)
        readers = Counter(x for node in order for x in node.inputs)
        readers.update(self.roots)
        wanted = {*self.worth.values(), *self.said, *self.open}
        depth: dict[Expr, int] = {}
        lines: list[str] = []
        for node in order:
            depth[node] = 0
            if not isinstance(node, Apply):
                continue
            depth[node] = 1 + max(depth[x] for x in node.arguments)
            is_shared = readers[node] > 1 and node.primitive is not negate
            if is_shared or depth[node] > DEEPEST or node in wanted:
                text = self.text(node)
                self.names[node] = self.identifiers(self.people.get(node) or node.primitive.notation.word)
                lines.append(f"{self.names[node]} = {text}")
                depth[node] = 0
        return lines

    def text(self, node: Expr) -> str:
        """The formula of a number, down to those that have a variable."""
        return self.names.get(node) or source(node, self.names, scalar_form)

    def changes(self) -> list[str]:
        """The lines that change the states; what a later line still reads as it was is changed at the end."""
        lines: list[str] = []
        at_the_end: list[str] = []
        due = {state: node for state, node in self.after.items() if node is not state}
        read = Counter(each for node in due.values() for each in self.read(node))
        for state, node in due.items():
            read -= Counter(self.read(node))
            name, text = self.names[state], self.text(node)
            if read[state]:
                after = self.identifiers(f"next_{name}")
                at_the_end.append(f"{name} = {after}")
                name = after
            lines.append(f"{name} = {text}")
        return lines + at_the_end

    def read(self, node: Expr) -> set[Expr]:
        """The numbers with a variable that a formula reads."""
        if node in self.names:
            return {node}
        return {x for each in topological([node], self.names) for x in each.inputs if x in self.names}


def named(leaf: Expr) -> str:
    """What a leaf is called."""
    return leaf.name if isinstance(leaf, Input | State) else ""

"""A step on single numbers: the formulas of what it gives, and what the numbers in them are called."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from whygrad.code.identifier import Identifiers
from whygrad.code.spelling import number, scalar_form, style
from whygrad.graph import GATE, Input, Name, Names, State, topological
from whygrad.graph.canon import Canon
from whygrad.graph.scalarise import Scalars
from whygrad.graph.simplify import settled, simpler
from whygrad.notation import Writing, written
from whygrad.primitive import greater
from whygrad.run.fast.numbers.shorter import SAME_GATE, SHORTER
from whygrad.run.fast.rewrites import EXACT, RELAXED, folded, merged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.graph import Expr, Step
    from whygrad.graph.element import Index
    from whygrad.notation.symbol import Sourced, Symbol


class ScalarDraft:
    """The formulas of one step on single numbers.

    - `inputs`, `states`: the numbers that a step is given, and those that it changes, in C order of their arrays.
    - `worth`: of each output that is a single number, the formula; `said`: those of the prediction; `open`: the
      conditions on which units are open, of the outputs that say so; `after`: what each state becomes.
    - `names`: what each number is called that has a variable; `taken` are not to be used.
    """

    def __init__(self, step: Step, taken: frozenset[str]) -> None:
        self.identifiers = Identifiers(taken)
        rewrites = (*EXACT, *SAME_GATE, *RELAXED, *SHORTER)
        arrays = merged((*step.outputs.values(), *step.next.values()), rewrites, step.names.of)
        leaves = (*step.inputs.values(), *step.states.values())
        called = {arrays.get(node, node): name for node, name in step.names.of.items() if node in arrays}
        self.scalars = Scalars(Names(called | {leaf: step.names.of[leaf] for leaf in leaves if leaf in step.names.of}))
        self.canon = Canon(lambda node: simpler(settled(folded(node))))
        self.inputs = [element for leaf in step.inputs.values() for _, element in self.elements(leaf)]
        self.states = [element for leaf in step.states.values() for _, element in self.elements(leaf)]
        outputs = {name: self.formulas(arrays[node]) for name, node in step.outputs.items()}
        self.worth = {name: outputs[name][0] for name, node in step.outputs.items() if node.shape == ()}
        self.said = outputs["prediction"]
        opened = (each for name, formulas in outputs.items() if name.startswith(GATE) for each in formulas)
        self.open = [self.canon(SAME_GATE[0](greater(each, 0.0))) for each in opened]
        next_values = [each for name in step.states for each in self.formulas(arrays[step.next[name]])]
        self.after = dict(zip(self.states, next_values, strict=True))
        self.people = {
            self.canon(element): name.element(index, node.shape)
            for node, name in called.items()
            for index, element in self.elements(node)
        }
        self.names: dict[Expr, str] = {}
        self.known: dict[Expr, Name] = {}
        self.writing = Writing(replace(style(scalar_form), number=with_point), Names(self.known))
        for leaf in (*self.inputs, *self.states):
            self.call(leaf, self.identifiers(named(leaf)))

    def call(self, node: Expr, name: str) -> None:
        """Give a number a variable."""
        self.names[node], self.known[node] = name, Name(name)

    def elements(self, node: Expr) -> Iterator[tuple[Index, Expr]]:
        """The places and expressions of the elements of a node, in C order."""
        return ((index, self.scalars(node, index)) for index in np.ndindex(node.shape))

    def formulas(self, node: Expr) -> list[Expr]:
        """The elements of a node, equal ones made one and each as short as it can be."""
        return [self.canon(element) for _, element in self.elements(node)]

    def text(self, node: Expr) -> str:
        """The formula of a number, down to those that have a variable."""
        return self.names.get(node) or written(node, self.writing)

    def read(self, node: Expr) -> frozenset[str]:
        """The variables that a formula reads."""
        if node in self.names:
            return frozenset((self.names[node],))
        inside = topological([node], self.names)
        return frozenset(self.names[x] for each in inside for x in each.inputs if x in self.names)


def named(leaf: Expr) -> str:
    """What a leaf is called."""
    return leaf.name if isinstance(leaf, Input | State) else ""


def with_point(shown: str, source: Sourced | None = None) -> Symbol:
    """A number with a decimal point: Python is faster where it need not make one of a whole number first."""
    return number(f"{shown}.0" if shown.lstrip("-").isdigit() else shown, source)

"""One step as scalar quantities with names: what each is made of, and what it was worth.

The chart is read from the step's own graph and trace. Nothing is taken apart before it is asked for, so that one
quantity of a large network costs what that quantity is made of. Every named element stands in the formulas of others
as a leaf of its name; equal arrays are one, so that what was computed before is recognised, adjoints included.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from whygrad.graph import Apply, Constant, Expr, Input, State, constant, topological
from whygrad.graph.canon import Canon
from whygrad.graph.scalarise import Scalars
from whygrad.graph.simplify import settled, simpler

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from whygrad.document import Relation
    from whygrad.graph import Name, Shape
    from whygrad.graph.element import Index, Place
    from whygrad.trace import StepTrace


class Sort(Enum):
    """What a named array is to the step, and how a name is written for each."""

    VALUE = "{}"
    ADJOINT = "dE/d{}"
    GRADIENT = "g_{}"  # the gradient an update uses, where it was clipped
    AFTER = "{}_new"


@dataclass(frozen=True, eq=False)
class Named:
    """An array of a step that has a name: `node` is the one that the trace has a value for."""

    name: Name
    sort: Sort
    node: Expr

    def label(self, index: Index) -> str:
        """What people call the quantity that an element belongs to, "" where it has no name."""
        return label_of(self.name, index, self.node.shape)

    @property
    def has_names(self) -> bool:
        """Whether its elements have names."""
        return isinstance(self.node, State) or bool(self.label((0,) * len(self.node.shape)))


@dataclass(frozen=True, eq=False)
class Element:
    """One number of a step that has a name.

    - `name`: "net_H1", "w5"; the same for what it became, its adjoint and its gradient: `written` tells them apart.
    - `index`: its place in its array; `value`: what the trace says it was.
    - `leaf`: what stands for it in the formulas of others.
    """

    named: Named
    index: Index
    name: str
    value: float
    leaf: Input

    @property
    def array(self) -> str:
        """The symbol of the array that it belongs to, "hidden.net"."""
        return self.named.name.symbol

    @property
    def adjoint(self) -> bool:
        """Whether it is a derivative of the loss."""
        return self.named.sort is Sort.ADJOINT

    @property
    def written(self) -> str:
        """The name as it stands in a text: "net_H1", "dE/dnet_H1", "g_w5", "w5_new"."""
        return self.leaf.name

    @property
    def row(self) -> int | None:
        """The row of the batch that it belongs to, where it belongs to one."""
        return self.index[0] if is_of_rows(self.named.name, self.named.node.shape) else None

    @property
    def ref(self) -> str:
        """Its place in the trace: "hidden.net[0,0]", "adjoint hidden.net[0,0]"."""
        before, after = REFS[self.named.sort]
        place = f"[{','.join(map(str, self.index))}]" if self.index else ""
        return f"{before}{self.array}{after}{place}"


REFS = {
    Sort.VALUE: ("", ""),
    Sort.ADJOINT: ("adjoint ", ""),
    Sort.GRADIENT: ("", " gradient"),
    Sort.AFTER: ("", " after"),
}


class Chart:
    """The named elements of a step, each made when asked for."""

    def __init__(self, trace: StepTrace) -> None:
        self.trace = trace
        self.canon = Canon(as_on_paper)
        for node in trace.step.names.of:
            if isinstance(node, Constant):  # the learning rate is not every number that happens to be as large
                self.canon.keep(node)
        self.named: tuple[Named, ...] = tuple(every_named(trace))
        self.primary: dict[Expr, Named] = {}
        for each in self.named:
            self.primary.setdefault(self.canon(each.node), each)
        self.fixed = constants(self.primary)
        self.values = {each.node: each for each in self.named if each.sort is Sort.VALUE and each.has_names}
        self.elements: dict[tuple[Named, Index], Element] = {}
        self.of: dict[Expr, Element] = {}
        self.scalars = Scalars(trace.step.names, self._standing)
        self.slopes = Scalars(trace.step.names, self._standing_value)
        self.made: dict[Element, Expr] = {}

    def element(self, named: Named, index: Index) -> Element:
        """The element of a named array at an index."""
        place = named, index
        if place not in self.elements:
            label = named.label(index)
            element = Element(
                named, index, label, self.value_at(named, index), Input((), named.sort.value.format(label))
            )
            self.elements[place] = self.of[element.leaf] = element
        return self.elements[place]

    def value_at(self, named: Named, index: Index) -> float:
        """What the trace says an element was worth."""
        return float(np.asarray(self.trace.values[named.node])[index])

    def relation(self, element: Element) -> Relation:  # noqa: ARG002 (the numbers of a trace were computed, not rounded)
        """What stands between what an element is made of and its value."""
        return "="

    def definition(self, element: Element) -> Expr:
        """What an element is made of, over the leaves of other elements; a given number is its own leaf."""
        if element not in self.made:
            self.made[element] = self._definition(element)
        return self.made[element]

    def _definition(self, element: Element) -> Expr:
        node = self.canon(element.named.node)
        first = self.primary[node]
        if first is not element.named:
            return self.element(first, element.index).leaf
        if not isinstance(node, Apply):
            return element.leaf
        return self.canon(self.scalars.definition(node, element.index))

    def _standing(self, node: Expr, index: Index) -> Expr | None:
        """The leaf that stands for an element of a node, where that has a name and is not a number known beforehand.

        Where the wiring has no weight the array has a zero without a name, and so have its gradient and its memory.
        """
        node = self.canon(node)
        named = self.primary.get(node)
        if named is None or (named.sort is Sort.ADJOINT and node in self.fixed):
            return None
        if not named.label(index):
            return constant(0.0) if named.name.elements else None
        return self.element(named, index).leaf

    def _standing_value(self, node: Expr, index: Index) -> Expr | None:
        """The same of values alone: a local derivative is none of the loss, even where it is worth the same."""
        named = self.primary.get(self.canon(node))
        return self._standing(node, index) if named is not None and named.sort is Sort.VALUE else None

    def below(self, element: Element) -> list[Element]:
        """The named elements that an element is made of, in the order in which it reads them."""
        made = self.definition(element)
        return [] if made is element.leaf else self.leaves(made)

    def parameters_read(self, element: Element) -> list[str]:
        """The names of the parameters that an element reads itself; no formula is made for it."""
        start = self.canon(element.named.node), element.index
        stack = list(reversed(self.scalars.reads(start)))
        seen: set[Place] = set()
        found: dict[str, None] = {}
        while stack:
            place = stack.pop()
            if place in seen:
                continue
            seen.add(place)
            named = self.primary.get(self.canon(place[0]))
            if named is None:
                stack.extend(reversed(self.scalars.reads(place)))
            elif named.sort is Sort.VALUE and named.name.symbol in self.trace.step.parameters:
                found[named.label(place[1])] = None
        return [name for name in found if name]

    def leaves(self, expr: Expr) -> list[Element]:
        """The named elements in an expression, in the order in which it reads them."""
        return [self.of[node] for node in topological([expr]) if node in self.of]

    def is_given(self, element: Element) -> bool:
        """Whether an element was not computed in this step: data, a parameter before, what was remembered."""
        return isinstance(element.named.node, Input | State | Constant) and element.named.sort is Sort.VALUE

    def is_parameter(self, element: Element) -> bool:
        """Whether an element is a parameter before the step."""
        return element.array in self.trace.step.parameters and element.named.sort is Sort.VALUE

    def taken_for(self, element: Element) -> Mapping[str, float]:  # noqa: ARG002 (a trace has one number for each)
        """Other numbers that a given one may be taken for: a trace knows of none."""
        return {}

    def array(self, symbol: str, sort: Sort = Sort.VALUE) -> Named | None:
        """The array of this symbol."""
        return next((each for each in self.named if each.name.symbol == symbol and each.sort is sort), None)

    def every(self) -> list[Element]:
        """Every element that has a name of its own."""
        return list(self._every)

    @cached_property
    def _every(self) -> list[Element]:
        return [each for named in self.named for each in self.each(named.name.symbol, named.sort)]

    def members(self, symbol: str, sort: Sort = Sort.VALUE) -> list[Element]:
        """The elements of an array that have names; none for adjoints that are numbers known beforehand."""
        return list(self.each(symbol, sort))

    def each(self, symbol: str, sort: Sort = Sort.VALUE, row: int | None = None) -> Iterator[Element]:
        """The same one by one; those of one row, where the array has one for each row of the batch."""
        named = self.array(symbol, sort)
        if named is None or (sort is Sort.ADJOINT and self.canon(named.node) in self.fixed):
            return
        shape = named.node.shape
        within = row is not None and is_of_rows(named.name, shape)
        places = ((row, *rest) for rest in np.ndindex(shape[1:])) if within else np.ndindex(shape)
        for index in places:
            if named.label(index):
                yield self.element(named, index)

    def other(self, element: Element, sort: Sort) -> Element | None:
        """The adjoint, the gradient or the value after the step of the same element, where there is one."""
        named = self.array(element.array, sort)
        if named is None or (sort is Sort.ADJOINT and self.canon(named.node) in self.fixed):
            return None
        return self.element(named, element.index)

    @property
    def loss(self) -> Element:
        """The number that is differentiated."""
        return self.element(self.primary[self.canon(self.trace.step.loss)], ())

    @property
    def rows(self) -> int:
        """How many rows the step saw."""
        return len(self.trace.rows)


def as_on_paper(node: Expr) -> Expr:
    """A node without what says nothing."""
    return simpler(settled(node))


def every_named(trace: StepTrace) -> Iterator[Named]:
    """Named values, adjoints of named values, the gradients an update uses, what every state becomes.

    Where two are the same node the first gives its name, so units come before parameters.
    """
    step = trace.step
    names = step.names.of
    yield from (Named(name, Sort.VALUE, node) for node, name in names.items() if node in trace.values)
    learned = {step.states[parameter]: parameter for parameter in step.parameters}
    for node, name in sorted(names.items(), key=lambda pair: pair[0] in learned):
        if node in step.adjoints and node is not step.loss:
            yield Named(name, Sort.ADJOINT, step.adjoints[node])
    for node, parameter in learned.items():
        if step.gradients[parameter] is not step.adjoints.get(node) and node in names:
            yield Named(names[node], Sort.GRADIENT, step.gradients[parameter])
    yield from (Named(names[node], Sort.AFTER, step.next[name]) for name, node in step.states.items())


def constants(nodes: Iterable[Expr]) -> set[Expr]:
    """The nodes that depend on no leaf but constants."""
    fixed: set[Expr] = set()
    for node in topological(nodes):
        if isinstance(node, Constant) or (isinstance(node, Apply) and fixed.issuperset(node.arguments)):
            fixed.add(node)
    return fixed


def is_of_rows(name: Name, shape: Shape) -> bool:
    """Whether the first axis of an array is the rows of the batch."""
    return (len(shape) == 2 and not name.elements and bool(name.labels)) or is_column(name, shape)


def is_column(name: Name, shape: Shape) -> bool:
    """Whether an array has one number for each row."""
    return len(shape) == 1 and bool(name.short) and not name.labels and not name.elements


def label_of(name: Name, index: Index, shape: Shape) -> str:
    """What people call an element; the row is added where a batch has several.

    A loss of one output of one row is the loss itself, and has no name of its own.
    """
    if name.symbol == "errors" and prod(shape) == 1:
        return ""
    label = name.short if is_column(name, shape) else name.element(index, shape)
    return f"{label}({index[0]})" if label and is_of_rows(name, shape) and shape[0] > 1 else label

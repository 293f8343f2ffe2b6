"""One step as scalar quantities with names: what each is made of, and what it was worth.

The chart is read from the step's own graph and trace: `scalarised` takes arrays apart with the primitives' own rules,
equal expressions become one, and every element that people have a name for keeps it, adjoints included.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from whygrad.errors import nearest
from whygrad.errors.explain import TooManyElements
from whygrad.errors.graph import UnknownName
from whygrad.explain.same import Canon
from whygrad.graph import Constant, Name, Names
from whygrad.graph.scalarise import scalarised

if TYPE_CHECKING:
    from whygrad.graph import Expr, Shape
    from whygrad.graph.scalarise import Elements
    from whygrad.trace import StepTrace

Index = tuple[int, ...]
ELEMENTS_AT_MOST = 100_000


@dataclass(frozen=True, eq=False)
class Element:
    """One number of a step that has a name.

    - `name`: "net_H1", "w5", "w5_new", "g_w5" (a gradient that was clipped), or "w5" again for an adjoint, whose
      `adjoint` is then true.
    - `array`: the array it belongs to, "hidden.net", "hidden.W after"; `index`: its place in it.
    - `expr`: the scalar expression that gives it; `value`: what the trace says it was.
    """

    name: str
    array: str
    index: Index
    expr: Expr
    value: float
    adjoint: bool = False

    @property
    def ref(self) -> str:
        """Its place in the trace: "hidden.net[0,0]", "adjoint hidden.net[0,0]"."""
        place = f"[{','.join(map(str, self.index))}]" if self.index else ""
        return f"{'adjoint ' * self.adjoint}{self.array}{place}"

    @property
    def written(self) -> str:
        """The name as it stands in a text: adjoints are derivatives of the loss."""
        return f"dE/d{self.name}" if self.adjoint else self.name


@dataclass(frozen=True, eq=False)
class Chart:
    """The named elements of a step, by their written names; `names` says the same to the printer."""

    trace: StepTrace
    elements: dict[str, Element]
    of: dict[Expr, Element]
    loss: Element
    names: Names = field(repr=False)
    canon: Canon = field(repr=False)

    def __getitem__(self, name: str) -> Element:
        """The element with this name; raises UnknownName (WG105)."""
        if name not in self.elements:
            raise UnknownName(name, nearest(name, self.elements))
        return self.elements[name]

    def members(self, array: str) -> list[Element]:
        """The elements of one array, adjoints aside."""
        return [each for each in self.elements.values() if each.array == array and not each.adjoint]

    def below(self, expr: Expr) -> list[Element]:
        """The nearest named elements that an expression is made of, in the order in which it reads them."""
        found: dict[Element, None] = {}
        seen: set[Expr] = set()
        stack = list(reversed(expr.inputs))
        while stack:
            node = stack.pop()
            if node in self.of:
                found[self.of[node]] = None
            elif node not in seen:
                seen.add(node)
                stack.extend(reversed(node.inputs))
        return list(found)


def chart_of(trace: StepTrace) -> Chart:
    """The chart of a step, of which every element of every array becomes an expression: for small networks.

    Raises TooManyElements (WG401) beyond 100,000 of them, which take a few seconds.
    """
    size = sum(np.size(value) for value in trace.values.values())
    if size > ELEMENTS_AT_MOST:
        raise TooManyElements(size, ELEMENTS_AT_MOST)
    step, canon = trace.step, Canon()
    scalars = scalarised(step.roots(), step.names)
    elements: dict[str, Element] = {}
    for element in every_element(trace, scalars, canon):
        elements.setdefault(element.written, element)
    of: dict[Expr, Element] = {}
    for element in elements.values():
        of.setdefault(element.expr, element)
    loss = elements[step.names.of[step.loss].symbol]
    return Chart(trace, elements, of, loss, Names({expr: Name(each.written) for expr, each in of.items()}), canon)


def every_element(trace: StepTrace, scalars: dict[Expr, Elements], canon: Canon) -> Iterator[Element]:
    """Named values, adjoints of named values, the gradients an update uses, and what every state becomes."""
    step = trace.step
    after = {state: step.next[name] for name, state in step.states.items()}
    used = {step.states[name]: node for name, node in step.gradients.items()}
    for node, name in step.names.of.items():
        for index in np.ndindex(node.shape) if node in scalars else ():
            label = label_of(name, index, node.shape)
            if label:
                yield element_at(trace, label, name.symbol, index, node, scalars, canon)
            if label and node in step.adjoints:
                adjoint = step.adjoints[node]
                found = element_at(trace, label, name.symbol, index, adjoint, scalars, canon)
                if not isinstance(found.expr, Constant):  # the loss by itself: 1, a number and not a quantity
                    yield replace(found, adjoint=True)
            if label and node in used and used[node] is not step.adjoints.get(node):
                yield element_at(trace, f"g_{label}", f"{name.symbol} gradient", index, used[node], scalars, canon)
            if label and node in after:
                yield element_at(trace, f"{label}_new", f"{name.symbol} after", index, after[node], scalars, canon)


def element_at(
    trace: StepTrace, label: str, array: str, index: Index, node: Expr, scalars: dict[Expr, Elements], canon: Canon
) -> Element:
    """One element of a node, under a name."""
    return Element(label, array, index, canon(scalars[node].item(index)), value_at(trace, node, index))


def label_of(name: Name, index: Index, shape: Shape) -> str:
    """What people call an element; the row is added where a batch has several."""
    label = name.element(index, shape)
    several = len(shape) == 2 and name.labels and shape[0] > 1
    return f"{label}({index[0]})" if several and label else label


def value_at(trace: StepTrace, node: Expr, index: Index) -> float:
    """What the trace says an element of a node was worth."""
    return float(np.asarray(trace.values[node])[index])

"""A step as the task of an exercise: which of its numbers are given, which are asked for, and in which order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from whygrad.check.judging.scene import Part, layer_of, part_of
from whygrad.document import Equation, Formula, Side
from whygrad.exercise.task import Asked, Given, Kind, Stage, Task
from whygrad.explain.moves import Stage as Moved
from whygrad.explain.moves import moves_of
from whygrad.graph import constant
from whygrad.graph.traverse import replaced
from whygrad.pipeline.posing import targets_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from whygrad.explain import Chart, Element
    from whygrad.graph import Expr
    from whygrad.pipeline.posing import Frame

KINDS: Final = {
    Part.INPUT: Kind.INPUT,
    Part.TARGET: Kind.TARGET,
    Part.WEIGHT: Kind.WEIGHT,
    Part.BIAS: Kind.BIAS,
    Part.NET: Kind.NET,
    Part.OUT: Kind.OUT,
    Part.ERROR: Kind.LOSS,
    Part.LOSS: Kind.LOSS,
    Part.OUT_BLAME: Kind.GRADIENT,
    Part.NET_BLAME: Kind.GRADIENT,
    Part.WEIGHT_GRADIENT: Kind.GRADIENT,
    Part.BIAS_GRADIENT: Kind.GRADIENT,
    Part.NEW_WEIGHT: Kind.NEW,
    Part.NEW_BIAS: Kind.NEW,
}
STAGES: Final = {
    Moved.FORWARD: Stage.FORWARD,
    Moved.LOSS: Stage.LOSS,
    Moved.OUTPUT: Stage.BACKWARD,
    Moved.BACKWARD: Stage.BACKWARD,
    Moved.UPDATE: Stage.UPDATE,
}


def task_of(chart: Chart, frame: Frame, books: Mapping[Element, Expr]) -> Task:
    """The task of a step of one row; `books` are the formulas that are written otherwise on paper than they run."""
    activations = {each.name: each.activation for each in frame.layers}
    found = {element: stage for stage, element in in_stages(chart)}
    order = needed_first(sorted(found, key=lambda each: list(Stage).index(found[each])), chart, books)
    given = (Given(each, kind_of(each), layer_of(each)) for each in chart.every() if chart.is_given(each))
    asked = (
        Asked(each, kind_of(each), found[each], layer_of(each), activations.get(layer_of(each), "")) for each in order
    )
    return Task(tuple(each for each in given if each.kind is not Kind.OTHER), tuple(asked), targets_of(frame))


def needed_first(order: Sequence[Element], chart: Chart, books: Mapping[Element, Expr]) -> list[Element]:
    """Numbers in order, each behind those that it is made of: all nets of a softmax come before its outs."""
    found: dict[Element, None] = {}

    def put(each: Element) -> None:
        made = books[each] if each in books else chart.definition(each)
        for below in chart.leaves(made) if made is not each.leaf else ():
            if below in order and below not in found:
                put(below)
        found[each] = None

    for each in order:
        put(each)
    return list(found)


def kind_of(element: Element) -> Kind:
    """The part that an element plays."""
    return Kind.RATE if element.array == "learning_rate" else KINDS.get(part_of(element), Kind.OTHER)


def in_stages(chart: Chart) -> Iterator[tuple[Stage, Element]]:
    """Every number that is computed, and the section that it belongs to: gradients stand before the update."""
    for move in moves_of(chart):
        for each in move.elements:
            yield (Stage.GRADIENTS if move.stage is Moved.UPDATE and each.adjoint else STAGES[move.stage]), each


def plainly(equations: Iterable[Equation], chart: Chart) -> tuple[Equation, ...]:
    """Equations in which given numbers are written as they are given: 0.5 and not 0.5000."""
    return tuple(replace(each, sides=tuple(plain_side(side, chart) for side in each.sides)) for each in equations)


def plain_side(side: Side, chart: Chart) -> Side:
    """A side with given numbers in it as parts of the formula itself."""
    if not isinstance(side, Formula) or not side.numbers:
        return side
    given: dict[Expr, Expr] = {
        leaf: constant(chart.of[leaf].value)
        for leaf in side.numbers
        if leaf in chart.of and chart.is_given(chart.of[leaf])
    }
    numbers = {leaf: each for leaf, each in side.numbers.items() if leaf not in given}
    return Formula(replaced([side.expr], given)[side.expr], side.names, numbers)

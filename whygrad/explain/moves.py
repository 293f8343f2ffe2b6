"""A step as the moves in which one makes it: forward layer by layer, loss, backward layer by layer, update."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, partial
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from whygrad.explain.chart import Sort
from whygrad.graph import Apply, Constant, topological

if TYPE_CHECKING:
    from whygrad.explain.chart import Chart, Element, Named

Array = NDArray[Any]
SHARED: Final = ("gradient_norm", "clip_factor", "learning_rate")
LOSSES: Final = ("errors", "loss", "l1_penalty", "l2_penalty", "penalty")


class Stage(Enum):
    """The five moves of a step."""

    FORWARD = "Forward pass"
    LOSS = "Loss"
    OUTPUT = "Output gradients"
    BACKWARD = "Backward to the hidden layers"
    UPDATE = "Update of every parameter"


@dataclass(frozen=True)
class Unit:
    """One unit of a layer: its place on the last axis of the layer's arrays, and its name."""

    place: int
    name: str


@dataclass(frozen=True, eq=False)
class Move:
    """One move: what is computed in it, in that order; `layer` is empty where it is of no layer alone.

    `arrays` are known at once, or the part of them that belongs to `unit`, where it is one unit's move; `elements` are
    their numbers one by one, taken apart when asked for. `of_row` gives those of one row of the batch, and those that
    belong to none.
    """

    stage: Stage
    layer: str
    arrays: tuple[Named, ...]
    of_row: Callable[[int | None], Iterator[Element]]
    unit: Unit | None = None

    @property
    def title(self) -> str:
        """What is done in it: the update of one layer's parameters is not that of every one."""
        return "Update" if self.stage is Stage.UPDATE and self.layer else self.stage.value

    @property
    def of(self) -> str:
        """What it is done for in its layer: a unit, or what the units of a layer share; "" where that is all of it."""
        if self.unit is not None:
            return self.unit.name
        return f"shared by {self.layer}" if self.stage is Stage.UPDATE and self.layer else ""

    def part(self, value: Array) -> Array:
        """What is computed in it of the value of one of its arrays."""
        return value[..., self.unit.place] if self.unit and value.ndim else value

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """The numbers that are computed, each after those that it is made of."""
        return tuple(self.of_row(None))


def moves_of(chart: Chart) -> list[Move]:
    """The moves of a step, those without anything to compute left out."""
    layers = layers_of(chart)
    names = list(layers)
    found = [
        Move(Stage.FORWARD, name, tuple(arrays), partial(unit_by_unit, chart, arrays, Sort.VALUE))
        for name, arrays in layers.items()
    ]
    found.append(Move(Stage.LOSS, "", losses(chart), partial(loss, chart)))
    for name in reversed(names):
        stage = Stage.OUTPUT if name == names[-1] else Stage.BACKWARD
        arrays = layers[name][::-1]
        blamed = with_names(chart, (chart.array(each.name.symbol, Sort.ADJOINT) for each in arrays))
        found.append(Move(stage, name, blamed, partial(unit_by_unit, chart, arrays, Sort.ADJOINT)))
    found.append(Move(Stage.UPDATE, "", updated(chart), partial(update, chart)))
    return [move for move in found if move.arrays]


def with_names(chart: Chart, arrays: Iterable[Named | None]) -> tuple[Named, ...]:
    """The arrays that are there and are written about: their elements have names, and were not known beforehand."""
    return tuple(
        each
        for each in dict.fromkeys(arrays)
        if each is not None
        and each.has_names
        and not (each.sort is Sort.ADJOINT and chart.canon(each.node) in chart.fixed)
    )


def losses(chart: Chart) -> tuple[Named, ...]:
    """The arrays of the loss."""
    parts = with_names(chart, (chart.array(symbol) for symbol in LOSSES))
    return tuple(dict.fromkeys(each for each in (*parts, chart.loss.named) if isinstance(each.node, Apply)))


def updated(chart: Chart) -> tuple[Named, ...]:
    """The arrays of the update."""
    step = chart.trace.step
    shared = (each for symbol in SHARED if (each := chart.array(symbol)) and not isinstance(each.node, Constant))
    learned = (chart.array(each, sort) for each in step.parameters for sort in (Sort.ADJOINT, Sort.GRADIENT))
    remembered = {name for name in step.states if name.startswith(tuple(step.parameters))}
    after = (each for each in chart.named if each.sort is Sort.AFTER and each.name.symbol in remembered)
    return with_names(chart, (*shared, *learned, *after))


def size_of(chart: Chart) -> int:
    """About how many quantities the moves of a step compute: values, adjoints, and two for each parameter."""
    step = chart.trace.step
    units = sum(int(np.prod(each.node.shape)) for arrays in layers_of(chart).values() for each in arrays)
    learned = sum(int(np.prod(step.states[each].shape)) for each in step.parameters)
    return 2 * (units + learned)


def layers_of(chart: Chart) -> dict[str, list[Named]]:
    """The computed arrays of each layer, both in the order of the forward pass."""
    found: dict[str, list[Named]] = {}
    step = chart.trace.step
    for node in topological([step.outputs["prediction"], step.loss]):
        named = chart.values.get(node)
        if named is not None and isinstance(node, Apply):
            layer, dot, _ = named.name.symbol.rpartition(".")
            if dot:
                found.setdefault(layer, []).append(named)
    return found


def unit_by_unit(chart: Chart, arrays: Iterable[Named], sort: Sort, row: int | None) -> Iterator[Element]:
    """The elements of the arrays of a layer: arrays of as many elements side by side, unit by unit."""
    columns: dict[int, list[list[Element]]] = {}
    for named in arrays:
        members = list(chart.each(named.name.symbol, sort, row))
        if members:
            columns.setdefault(len(members), []).append(members)
    for group in columns.values():
        yield from chain.from_iterable(zip(*group, strict=True))


def loss(chart: Chart, row: int | None) -> Iterator[Element]:
    """The loss of each output, the penalty, and all of it."""
    parts = (each for symbol in LOSSES for each in chart.each(symbol, row=row))
    return (each for each in dict.fromkeys([*parts, chart.loss]) if not chart.is_given(each))


def update(chart: Chart, _: int | None) -> Iterator[Element]:
    """What all parameters share; then of each the gradient, what the optimizer remembers, and the new value."""
    yield from shared(chart)
    for parameter in parameters(chart):
        yield from update_of(chart, parameter)


def shared(chart: Chart) -> Iterator[Element]:
    """The numbers of the update that belong to all parameters: how long the gradient is, the learning rate."""
    for symbol in SHARED:
        yield from (each for each in chart.members(symbol) if not isinstance(each.named.node, Constant))


def update_of(chart: Chart, parameter: Element) -> Iterator[Element]:
    """The quantities of the update of one parameter, each before those that are made of it."""
    for sort in (Sort.ADJOINT, Sort.GRADIENT):
        if (found := chart.other(parameter, sort)) is not None:
            yield found
    for named in chart.named:
        if named.sort is Sort.AFTER and named.name.symbol.startswith(f"{parameter.array}."):
            yield chart.element(named, parameter.index)
    if (after := chart.other(parameter, Sort.AFTER)) is not None:
        yield after


def parameters(chart: Chart) -> Iterator[Element]:
    """All parameters' elements, those of the last layer first, as blame reaches them; weights unit by unit."""
    for parameter in reversed(chart.trace.step.parameters):
        named = chart.array(parameter)
        if named is not None:
            places = (index[::-1] for index in np.ndindex(named.node.shape[::-1]))
            yield from (chart.element(named, index) for index in places if named.label(index))

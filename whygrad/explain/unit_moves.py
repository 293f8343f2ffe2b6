"""A step as the moves in which one makes it by hand: one unit at a time.

Each unit of a layer has a move forward and one backward; each output has its loss, the last of them the sum as well;
in the update each unit has the weights that lead to it, and its bias, and what the units of a layer share comes last.
What needs the numbers of all units at once (softmax, a normalisation of each row, a bound on the length of the whole
gradient) is one move, as in `moves.py`.
"""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from whygrad.explain.chart import Sort
from whygrad.explain.moves import (
    Move,
    Stage,
    Unit,
    layers_of,
    loss,
    losses,
    moves_of,
    parameters,
    shared,
    unit_by_unit,
    update_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from whygrad.explain.chart import Chart, Element, Named


def unit_moves_of(chart: Chart) -> list[Move]:
    """The moves of a step, unit by unit."""
    layers = layers_of(chart)
    return [each for move in moves_of(chart) for each in divided(chart, move, layers)]


def divided(chart: Chart, move: Move, layers: dict[str, list[Named]]) -> Iterator[Move]:
    """A move as the moves of its units, in their order; as it is where they cannot be told apart."""
    match move.stage:
        case Stage.FORWARD:
            yield from of_units(chart, move, layers[move.layer], Sort.VALUE)
        case Stage.OUTPUT | Stage.BACKWARD:
            yield from of_units(chart, move, layers[move.layer][::-1], Sort.ADJOINT)
        case Stage.LOSS:
            yield from of_outputs(chart, move)
        case Stage.UPDATE:
            yield from of_parameters(chart, move)


def of_units(chart: Chart, move: Move, arrays: list[Named], sort: Sort) -> Iterator[Move]:
    """A move through a layer."""
    units = units_of(arrays)
    if len(units) < 2 or not are_apart(chart, move.arrays, unit_by_unit(chart, arrays, sort, 0)):
        yield move
        return
    for unit in units:
        yield Move(move.stage, move.layer, move.arrays, partial(of_unit, chart, arrays, sort, unit), unit)


def units_of(arrays: Iterable[Named]) -> list[Unit]:
    """The units of a layer's arrays; none where an array has no place for each."""
    labels = {each.name.labels for each in arrays}
    return [Unit(place, name) for place, name in enumerate(labels.pop())] if len(labels) == 1 else []


def are_apart(chart: Chart, arrays: tuple[Named, ...], elements: Iterable[Element]) -> bool:
    """Whether the numbers of a unit are made without those of another unit of the layer; the first is looked at."""
    first = [each for each in elements if each.index and each.index[-1] == 0]
    needed = [below for each in first for below in chart.below(each) if below.named in arrays]
    return bool(first) and all(each.index[-1] == 0 for each in needed)


def of_unit(chart: Chart, arrays: list[Named], sort: Sort, unit: Unit, row: int | None) -> Iterator[Element]:
    """The numbers of one unit."""
    return (each for each in unit_by_unit(chart, arrays, sort, row) if each.index[-1] == unit.place)


def of_outputs(chart: Chart, move: Move) -> Iterator[Move]:
    """The loss of each output by itself, where it has a name; with the last what these come to."""
    errors = chart.array("errors")
    units = units_of([errors]) if errors in move.arrays and errors is not None else []
    if len(units) < 2:
        yield move
        return
    for unit in units:
        is_last = unit is units[-1]
        arrays = losses(chart) if is_last else tuple(each for each in move.arrays if each is errors)
        yield Move(Stage.LOSS, "", arrays, partial(of_output, chart, unit, is_last), unit)


def of_output(chart: Chart, unit: Unit, is_last: bool, row: int | None) -> Iterator[Element]:  # noqa: FBT001 (partial)
    """The loss of one output, and behind the last one all of it."""
    for each in loss(chart, row):
        if each.array == "errors":
            if each.index[-1] == unit.place:
                yield each
        elif is_last:
            yield each


def of_parameters(chart: Chart, move: Move) -> Iterator[Move]:
    """The update of what leads to each unit, layer by layer from the last; before the first what all have in common."""
    common = tuple(shared(chart))
    if chart.array("gradient_norm") is not None:  # a length that is bounded is that of all gradients together
        yield move
        return
    for layer, group in groupby(parameters(chart), key=lambda each: each.array.rpartition(".")[0]):
        members = list(group)
        for unit in leading_to(chart, layer, members):
            own = [each for each in members if place_of(each) == (unit.place if unit else None)]
            arrays = tuple(each for each in move.arrays if belongs(each, common, own))
            yield Move(move.stage, layer, arrays, partial(update_of_some, chart, common, own), unit)
            common = ()


def leading_to(chart: Chart, layer: str, parameters: Iterable[Element]) -> list[Unit | None]:
    """The units that some parameters of a layer lead to, and None where some lead to none alone."""
    places = {place_of(each) for each in parameters}
    out = chart.array(f"{layer}.out")
    found: list[Unit | None] = [each for each in (units_of([out]) if out else []) if each.place in places]
    return found + [None] * (None in places)


def belongs(named: Named, common: tuple[Element, ...], members: list[Element]) -> bool:
    """Whether an array is one that the update of some parameters computes, what is remembered beside them included."""
    arrays = {each.array for each in members}
    name = named.name.symbol
    return (
        name in arrays
        or name.startswith(tuple(f"{each}." for each in arrays))
        or named in {each.named for each in common}
    )


def place_of(parameter: Element) -> int | None:
    """The unit that a parameter leads to; a bias that a layer shares leads to none alone."""
    return parameter.index[-1] if parameter.index else None


def update_of_some(
    chart: Chart, common: tuple[Element, ...], members: list[Element], _: int | None
) -> Iterator[Element]:
    """What all parameters share, where it is not known yet, and the update of some."""
    yield from common
    for each in members:
        yield from update_of(chart, each)

"""From what is stated to plans of the network: every unit and weight with its number, or none where it is missing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise, product
from typing import TYPE_CHECKING, Final

from whygrad.check.declaring.shape import OUTPUTS, possible_sizes, sizes_of, told, wirings, written
from whygrad.check.declaring.stated import stated
from whygrad.check.declaring.words import activations, loss_of
from whygrad.check.reading.spelling import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from whygrad.check.declaring.shape import Edge, Sizes
    from whygrad.check.declaring.stated import Fact, Stated
    from whygrad.check.reading.notes import Notes

NO_BIAS: Final = re.compile(
    r"\b(?:no|without(?: a| any)?|zero|ignor\w+(?: the)?) bias|\bbias\w* (?:are|is) (?:zero|ignored)", re.IGNORECASE
)
MOST: Final = 24  # plans that are tried, fewer where some explain everything


@dataclass(frozen=True)
class Weight:
    """A weight or a bias: the units that it leads to, where it comes from, its number; None where it is not stated."""

    name: str
    to: tuple[str, ...]
    start: str = ""
    value: float | None = None


@dataclass(frozen=True)
class Plan:
    """A network as notes may mean it.

    - `inputs`, `targets`: by name, None where nothing is stated; `units`: the names of each layer's.
    - `by_origin`: the layers whose weights are numbered by where they come from; `is_separate`: each unit has a bias of
      its own, though one is stated for all.
    - `lines`: where each number is stated, by its name.
    """

    inputs: Mapping[str, float | None]
    targets: Mapping[str, float | None]
    units: tuple[tuple[str, ...], ...]
    weights: tuple[Weight, ...]
    biases: tuple[Weight, ...]
    activations: tuple[str, ...]
    loss: str
    rate: float | None
    by_origin: tuple[int, ...] = ()
    is_loss_stated: bool = False
    lines: tuple[tuple[str, int], ...] = ()

    @property
    def sizes(self) -> str:
        """The layers in short, "2-2-1"."""
        return "-".join(map(str, (len(self.inputs), *map(len, self.units))))

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of what is not stated."""
        weights = [each.name for each in (*self.weights, *self.biases) if each.value is None]
        given = [name for name, value in (*self.inputs.items(), *self.targets.items()) if value is None]
        return (*weights, *given, *(["learning_rate"] if self.rate is None else []))


def plans(notes: Notes) -> list[Plan]:
    """Every network that notes may declare, the likeliest first; none where they do not declare one."""
    found = stated(notes)
    header = sizes_of(notes.header.shape) if notes.header.shape else None
    rows = [each for each in found.contrary if each.role in (Role.INPUT, Role.TARGET)]
    if not found.of(Role.WEIGHT) or rows or len({each.key for each in found.contrary}) > 1:
        return []
    every = [
        plan for sizes in possible_sizes(found, header or told(notes.lines)) for plan in of_sizes(notes, found, sizes)
    ]
    return every[:MOST]


def of_sizes(notes: Notes, found: Stated, sizes: Sizes) -> Iterator[Plan]:
    """The networks of these layers."""
    inputs = named(found.of(Role.INPUT), sizes[0], "x")
    targets = targets_of(found, sizes[-1])
    if inputs is None or targets is None:
        return
    joins = list(wirings(sizes, found.of(Role.WEIGHT)))
    units = counted_through(sizes) if any(not ways for _, ways in joins) else unit_names(found, sizes)
    rate = next((each.value for each in found.of(Role.RATE)), None)
    for (edges, ways), words, biases in product(
        joins,
        activations(notes, len(sizes) - 1),
        biases_of(found, units, is_none=any(map(NO_BIAS.search, notes.lines))),
    ):
        yield Plan(
            inputs,
            targets,
            units,
            tuple(joined(edges, found, list(inputs), units)),
            biases,
            words,
            loss_of(notes, words[-1]),
            rate,
            tuple(layer for layer, way in enumerate(ways) if way == "origin"),
            bool(notes.header.loss),
            tuple(lines_of(found)),
        )


def lines_of(found: Stated) -> Iterator[tuple[str, int]]:
    """Where each number is stated."""
    for role, facts in found.facts.items():
        for each in facts:
            yield ("learning_rate" if role is Role.RATE else written(each)), each.line


def named(facts: Sequence[Fact], count: int, stem: str) -> dict[str, float | None] | None:
    """Stated numbers in their order; names without one where there are none; None where they are too many or few."""
    if not facts:
        return {f"{stem}{number}": None for number in range(1, count + 1)}
    if len(facts) != count or len({written(each) for each in facts}) != count:
        return None
    return {written(each): each.value for each in sorted(facts, key=lambda each: (len(each.key), each.key))}


def targets_of(found: Stated, count: int) -> dict[str, float | None] | None:
    """The targets, under names that no unit has."""
    facts = sorted(found.of(Role.TARGET), key=lambda each: (len(each.key), each.key))
    if facts and len(facts) != count:
        return None
    values: list[float | None] = [each.value for each in facts] or [None] * count
    return {f"t{number}": value for number, value in enumerate(values, 1)}


def counted_through(sizes: Sizes) -> tuple[tuple[str, ...], ...]:
    """The units by numbers, behind those of the inputs: 3 and 4 hidden, 5 the output."""
    first = [sum(sizes[:layer]) for layer in range(len(sizes) + 1)]
    return tuple(tuple(str(number + 1) for number in range(*ends)) for ends in pairwise(first[1:]))


def unit_names(found: Stated, sizes: Sizes) -> tuple[tuple[str, ...], ...]:
    """The names of the units, by the letters that the notes use."""
    usual = "h" if len(sizes) == 2 and found.units.keys() & {"h", "H"} else "o"
    last = next((each for each in OUTPUTS if len(found.units.get(each, ())) == sizes[-1] and each not in "yk"), usual)
    hidden = sizes[1:-1]
    letter = "H" if "H" in found.units else "h"
    numbers = found.units.get(letter, ())
    through = len(hidden) < 2 or all(each == 1 for each in hidden) or max(numbers, default=0) <= sum(hidden)
    names: list[tuple[str, ...]] = []
    count = 0
    for layer, size in enumerate(hidden, 1):
        first = f"{letter}{'' if through else layer}"
        start = count if through else 0
        names.append(tuple(f"{first}{start + place}" for place in range(1, size + 1)))
        count += size
    return (*names, tuple(f"{last}{place}" for place in range(1, sizes[-1] + 1)))


def joined(
    edges: Sequence[Edge], found: Stated, inputs: Sequence[str], units: Sequence[Sequence[str]]
) -> Iterator[Weight]:
    """The weights with their numbers."""
    values = {written(each): each.value for each in found.of(Role.WEIGHT)}
    for each in edges:
        start = inputs[each.start] if each.layer == 0 else units[each.layer - 1][each.start]
        yield Weight(each.name, (units[each.layer][each.end],), start, values.get(each.name))


def biases_of(found: Stated, units: Sequence[tuple[str, ...]], *, is_none: bool) -> list[tuple[Weight, ...]]:
    """What the stated biases may belong to: a layer, a unit; where none is stated, each layer misses one."""
    facts = found.of(Role.BIAS)
    values = {written(each): each.value for each in facts}
    layers, every = len(units), [unit for layer in units for unit in layer]
    if not facts:
        value = 0.0 if is_none else None
        return [tuple(Weight(f"b{number}", layer, "", value) for number, layer in enumerate(units, 1))]
    if by_unit := by_names(facts, units):
        return [by_unit]
    ordered = sorted(
        values, key=lambda name: [int(each) if each.isdecimal() else 0 for each in re.split(r"(\d+)", name)]
    )
    if len(values) == 1 and layers * len(every) > 1 and not facts[0].below:
        return [tuple(Weight(f"b{number}", layer, "", facts[0].value) for number, layer in enumerate(units, 1))]
    found_: list[tuple[Weight, ...]] = []
    if len(values) == len(every):
        found_.append(tuple(Weight(name, (unit,), "", values[name]) for name, unit in zip(ordered, every, strict=True)))
    if len(values) <= layers and len(values) != len(every):
        names = [*ordered, *(f"b{number}" for number in range(len(ordered) + 1, layers + 1))]
        found_.append(
            tuple(Weight(name, layer, "", values.get(name)) for name, layer in zip(names, units, strict=True))
        )
    if len(values) < len(every) and len(values) == len(units[0]):
        hidden = [Weight(name, (unit,), "", values[name]) for name, unit in zip(ordered, units[0], strict=True)]
        found_.append((*hidden, *(Weight(f"b_{layer[0][0]}", layer) for layer in units[1:])))
    return found_


def by_names(facts: Sequence[Fact], units: Sequence[tuple[str, ...]]) -> tuple[Weight, ...]:
    """Biases whose names say a unit or a layer: b_h1, b_o; nothing where one does not."""
    found: list[Weight] = []
    for each in facts:
        key = (each.below[0] if each.below else each.stem[1:]).casefold()
        layers = [layer for layer in units if key and layer[0][0].casefold() == key]
        exact = [(unit,) for layer in units for unit in layer if unit.casefold() == key]
        outputs = [units[-1]] if key in ("out", "output") else [units[0]] if key == "hidden" else []
        aims = exact or layers or outputs
        if len(aims) != 1:
            return ()
        found.append(Weight(written(each), aims[0], "", each.value))
    known = {unit for each in found for unit in each.to}
    for number, layer in enumerate(units, 1):
        rest = tuple(unit for unit in layer if unit not in known)
        if rest == layer:
            found.append(Weight(f"bias{number}", layer))
        else:
            found += [Weight(f"bias_{unit}", (unit,)) for unit in rest]
    return tuple(found)

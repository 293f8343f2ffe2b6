"""Which units and weights a declared network has: as said, "2-2-1", else as its numbers allow it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise, product
from typing import TYPE_CHECKING, Final

from whygrad.check.reading.header import MOST_UNITS
from whygrad.check.reading.spelling import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from whygrad.check.declaring.stated import Fact, Stated

    Sizes = tuple[int, ...]

SHAPE: Final = re.compile(r"(?<![\w.^/*+=-])(\d{1,2}(?:\s?(?:-|–|→|->|:)\s?\d{1,2}){1,4})(?![\w.^/*+=%])")
TOLD: Final = re.compile(r"\b(?:network|net|perceptron|mlp|architecture|ann|nn|layers?)\b", re.IGNORECASE)
OUTPUTS: Final = ("o", "O", "y", "Y", "k", "K")
MOST_LAYERS: Final = 4
BY_AIM: Final = "aim"
BY_ORIGIN: Final = "origin"


@dataclass(frozen=True)
class Edge:
    """A weight by its name, from one place to another; `layer` counts from the first layer of weights."""

    name: str
    layer: int
    start: int
    end: int


def sizes_of(text: str) -> Sizes | None:
    """The layers of "2-2-1"; None where it is none."""
    parts = [each.strip() for each in re.split(r"->|[-–→:]", text.strip())]
    if len(parts) < 2 or not all(each.isdecimal() and 0 < int(each) <= MOST_UNITS for each in parts):
        return None
    return tuple(map(int, parts))


def told(lines: Sequence[str]) -> Sizes | None:
    """The layers that a line of prose says, "a 2-2-1 network"; None where none or several are said."""
    found = {sizes_of(each) for line in lines if len(line) < 1000 and TOLD.search(line) for each in SHAPE.findall(line)}
    return found.pop() if len(found) == 1 else None


def possible_sizes(stated: Stated, said: Sizes | None) -> list[Sizes]:
    """The layers that the numbers allow, those with the fewest layers."""
    if said is not None:
        return [said]
    inputs, weights = len(stated.of(Role.INPUT)), len(stated.of(Role.WEIGHT))
    outputs = max(len(stated.of(Role.TARGET)), *(len(stated.units.get(each, ())) for each in OUTPUTS))
    if not inputs or not weights:
        return []
    if not outputs:  # nothing is said of any: the notes may stop at the first layer, or have one output
        rest = possible(stated, inputs, weights, 1)
        alone = [(inputs, weights // inputs)] if weights % inputs == 0 else []
        return [*dict.fromkeys([*rest, *alone])] if not stated.units.keys() & {"h", "H"} else [*alone, *rest]
    return possible(stated, inputs, weights, outputs)


def possible(stated: Stated, inputs: int, weights: int, outputs: int) -> list[Sizes]:
    """The layers that so many weights allow from inputs to outputs; two hidden ones only if their units are named."""
    hidden = [numbers for letter, numbers in stated.units.items() if letter in "hH"]
    for layers in range(MOST_LAYERS):
        fitting = [
            (inputs, *between, outputs)
            for between in product(range(1, MOST_UNITS + 1), repeat=layers)
            if layers < 3 or max(between) < 6
            if weights_of((inputs, *between, outputs)) == weights
        ]
        known = [each for each in fitting if hidden and sum(each[1:-1]) == len(hidden[0])]
        if known or (fitting and layers < 2):
            return known or fitting
    return []


def weights_of(sizes: Sizes) -> int:
    """How many weights join these layers."""
    return sum(one * other for one, other in pairwise(sizes))


def places(sizes: Sizes, ways: Sequence[str]) -> list[tuple[int, int, int]]:
    """Layer, start and end of each weight in the order of their numbers: by aim as in w1 x1->H1, w2 x2->H1."""
    found: list[tuple[int, int, int]] = []
    for layer, ((before, after), way) in enumerate(zip(pairwise(sizes), ways, strict=True)):
        by_aim = [(layer, start, end) for end in range(after) for start in range(before)]
        found += by_aim if way == BY_AIM else sorted(by_aim)
    return found


def wirings(sizes: Sizes, weights: Sequence[Fact]) -> Iterator[tuple[list[Edge], tuple[str, ...]]]:
    """Every way in which the names may join the layers, the usual one first, with how each layer is numbered."""
    if any(each.layer for each in weights):
        yield from by_layers(sizes, weights)
        return
    if (paired := by_pairs(sizes, weights)) is not None:
        yield from paired
        return
    names = numbered(weights, weights_of(sizes))
    if names is None:
        return
    options = [(BY_AIM, BY_ORIGIN) if min(pair) > 1 else (BY_AIM,) for pair in pairwise(sizes)]
    for ways in product(*options):
        edges = [Edge(name, *place) for name, place in zip(names, places(sizes, ways), strict=True)]
        yield edges, tuple(ways)


def numbered(weights: Sequence[Fact], count: int) -> list[str] | None:
    """The names of all weights in their order, those not stated as well; None where they do not fit."""
    groups: dict[str, dict[int, str]] = {}
    for each in weights:
        number = int(each.key.rpartition("_")[2]) if each.key.rpartition("_")[2].isdecimal() else 1
        groups.setdefault(each.stem, {})[number] = written(each)
    if sum(map(len, groups.values())) == count and len({len(each.below) for each in weights}) == 1:
        return [names[number] for names in groups.values() for number in sorted(names)]
    if len(groups) == 1:
        [(stem, names)] = groups.items()
        if max(names) <= count and all(each.below for each in weights):
            return [names.get(number, f"{stem}{number}") for number in range(1, count + 1)]
    return None


def by_pairs(sizes: Sizes, weights: Sequence[Fact]) -> list[tuple[list[Edge], tuple[str, ...]]] | None:
    """Weights by the two units that they join, w13 from 1 to 3 where units are counted through; None for others."""
    pairs = {written(each): pair_of(each) for each in weights}
    if any(pair is None for pair in pairs.values()) or len(weights) != weights_of(sizes):
        return None
    numbers = sorted(int("".join(map(str, pair))) for pair in pairs.values() if pair)
    if numbers == list(range(1, len(weights) + 1)):
        return None
    known = {name: pair for name, pair in pairs.items() if pair is not None}
    first = [sum(sizes[:layer]) for layer in range(len(sizes))]
    through = joined(known, [(layer, one + 1, other + 1) for layer, (one, other) in enumerate(pairwise(first))], sizes)
    if through:
        return [(through, ())]
    if len(sizes) == 2:
        straight, turned = joined(known, [(0, 1, 1)], sizes), joined(flipped(known), [(0, 1, 1)], sizes)
        both = ((straight, BY_AIM), (turned, BY_ORIGIN))
        found: list[tuple[list[Edge], tuple[str, ...]]] = [(edges, (way,)) for edges, way in both if edges]
        return found or None
    return None


def by_layers(sizes: Sizes, weights: Sequence[Fact]) -> Iterator[tuple[list[Edge], tuple[str, ...]]]:
    """Weights by their layer and the places that they join, w_{12}^{(1)}: those that they lead to first, or last."""
    layers = sorted({int(each.layer) for each in weights if each.layer})
    pairs = {written(each): pair_of(each) for each in weights}
    known = {name: pair for name, pair in pairs.items() if pair is not None}
    if len(layers) != len(sizes) - 1 or len(known) != weights_of(sizes) or not all(each.layer for each in weights):
        return
    level = {written(each): layers.index(int(each.layer)) for each in weights}
    for way, pairs_ in ((BY_AIM, flipped(known)), (BY_ORIGIN, known)):
        edges = [Edge(name, level[name], start - 1, end - 1) for name, (start, end) in pairs_.items()]
        if {(each.layer, each.start, each.end) for each in edges} == set(places(sizes, [BY_AIM] * len(layers))):
            yield edges, (way,) * len(layers)


def flipped(pairs: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """The pairs read the other way round: w21 from 1 to 2."""
    return {name: (end, start) for name, (start, end) in pairs.items()}


def joined(pairs: Mapping[str, tuple[int, int]], offsets: Sequence[tuple[int, int, int]], sizes: Sizes) -> list[Edge]:
    """The edges of pairs of units that are counted from these offsets on; none where one does not fit."""
    found: list[Edge] = []
    for name, (start, end) in pairs.items():
        fitting = [
            Edge(name, layer, start - one, end - other)
            for layer, one, other in offsets
            if 0 <= start - one < sizes[layer] and 0 <= end - other < sizes[layer + 1]
        ]
        if len(fitting) != 1:
            return []
        found += fitting
    return found if len({(each.layer, each.start, each.end) for each in found}) == len(found) else []


def pair_of(fact: Fact) -> tuple[int, int] | None:
    """The two numbers of w13 or w_{1,3}; None where it has not two."""
    digits = fact.below if len(fact.below) == 2 else tuple(fact.below[0]) if fact.below else ()
    return (int(digits[0]), int(digits[1])) if len(digits) == 2 and all(each.isdecimal() for each in digits) else None


def written(fact: Fact) -> str:
    """A stated name in plain letters: w_{5} is w5, w_{12}^{(1)} is w1_12."""
    digits = all(each.isdecimal() for each in fact.below)
    layer = fact.layer + ("_" if fact.layer and fact.below else "")
    return fact.stem + layer + ("".join(fact.below) if digits else "".join(f"_{each}" for each in fact.below))

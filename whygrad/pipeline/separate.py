"""A network whose layers share a bias, as one in which each unit has its own: notes may be about either."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from whygrad.check.choosing import Version
from whygrad.check.convention import SEPARATE
from whygrad.check.reading.formula import Name, leaves
from whygrad.check.reading.spelling import Role
from whygrad.spec import Dense

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from whygrad.check.reading.notes import Notes
    from whygrad.pipeline.papers import Steps
    from whygrad.spec import Experiment, Weight


def with_separate_biases(notes: Notes, experiment: Experiment, folder: Path, steps: Steps) -> list[Version]:
    """The network with a bias for each unit, where it shares them and notes write of the bias of a unit."""
    shared = {name: each for name, each in experiment.network.weights.items() if is_shared(each)}
    if not shared or not isinstance(experiment.network.layers, tuple) or not writes_of_units(notes):
        return []
    weights = dict(parted(experiment.network.weights))
    layers = tuple(
        structs.replace(each, bias="per-unit") if isinstance(each, Dense) and each.bias == "shared" else each
        for each in experiment.network.layers
    )
    network = structs.replace(experiment.network, layers=layers, weights=weights)
    step, after = steps(structs.replace(experiment, network=network), folder)
    aliases = {name: f"b_{each.to[0]}" for name, each in shared.items()}
    return [Version(step, after, (SEPARATE,), SEPARATE.cost, aliases=aliases)]


def is_shared(weight: Weight) -> bool:
    """Whether this is one bias of several units."""
    return weight.from_ is None and not isinstance(weight.to, str) and len(weight.to) > 1


def parted(weights: dict[str, Weight]) -> Iterator[tuple[str, Weight]]:
    """The weights, with a bias for each unit in the place of one that they share."""
    for name, each in weights.items():
        if is_shared(each):
            yield from ((f"b_{unit}", structs.replace(each, to=unit)) for unit in each.to)
        else:
            yield name, each


def writes_of_units(notes: Notes) -> bool:
    """Whether notes write of the bias of a unit: b_H1, dE/db_{H1}."""
    names = (leaf for claim in notes.claims for side in claim.chain.sides for leaf in leaves(side))
    spelled = (each for name in names if isinstance(name, Name) for each in name.spellings[:1])
    biases = ((each.by or each) for each in spelled)
    return any(each.role is Role.BIAS and each.below and not each.below[0].isdecimal() for each in biases)

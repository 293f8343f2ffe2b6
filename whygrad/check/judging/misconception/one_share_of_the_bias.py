"""The gradient of a shared bias without those of the other units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.algebra import terms
from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.check.judging.scene import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """Each share by itself."""
    parts = terms(scene.formula(quantity))
    if scene.part(quantity) is Part.BIAS_GRADIENT and len(parts) > 1:
        for each in parts:
            yield Mutant(each, "one unit's share only")


MISCONCEPTION = Misconception(
    "M405",
    "one-share-of-the-bias",
    "Only one unit's share of a shared bias is counted",
    looks="The gradient of a bias that several units share is the delta of one of them.",
    why="A bias usually has one unit.",
    right="A shared bias has one path through every unit that it feeds: its gradient is the sum of their deltas.",
    question="How many units does this bias feed?",
    wrong_example="dE/db1 = 0.0090",
    right_example="dE/db1 = 0.0090 + 0.0113 = 0.0202",
    mutants=mutants,
)

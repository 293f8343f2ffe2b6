"""The blame with only one factor of the slope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.algebra import factors, product, without
from whygrad.check.judging.misconception.record import Misconception, Mutant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The blame without each factor of its slope."""
    found = scene.slope(quantity)
    if found is None or len(parts := factors(found[1])) < 2:
        return
    for each in parts:
        yield Mutant(found[0] * product(without(parts, each)), "without a factor of the slope")


MISCONCEPTION = Misconception(
    "M305",
    "half-a-slope",
    "Half of the slope is left out",
    looks="out without (1 - out), or (1 - out) without out.",
    why="The slope of a sigmoid is a product, and one factor is dropped.",
    right="out (1 - out): both factors.",
    question="How many factors does the slope of this activation have?",
    wrong_example="dE/dnet_Y1 = 0.7469 × 0.7569 = 0.5653",
    right_example="dE/dnet_Y1 = 0.7469 × 0.7569 × (1 - 0.7569) = 0.1374",
    mutants=mutants,
)

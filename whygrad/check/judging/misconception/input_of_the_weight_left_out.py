"""The gradient of a weight as the blame of its unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.check.judging.scene import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The blame of the unit alone."""
    if scene.part(quantity) is not Part.WEIGHT_GRADIENT:
        return
    for blame in scene.reads(scene.formula(quantity), Part.NET_BLAME):
        yield Mutant(blame.leaf, f"{blame.written} alone")


MISCONCEPTION = Misconception(
    "M401",
    "input-of-the-weight-left-out",
    "The input of the weight is left out",
    looks="Every weight of a unit has the same gradient: its delta.",
    why="The delta was hard to get and looks like the result.",
    right="dE/dw = delta × the input of the weight; only a bias has the delta itself.",
    question="By how much does the net change when this weight grows by one?",
    wrong_example="dE/dw5 = 0.1374",
    right_example="dE/dw5 = 0.1374 × 0.5933 = 0.0815",
    mutants=mutants,
)

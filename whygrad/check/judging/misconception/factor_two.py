"""The blame of an output twice or half as large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.check.judging.scene import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The derivative of the loss by an output, twice and half."""
    if scene.part(quantity) in (Part.OUT_BLAME, Part.NET_BLAME) and scene.reads(scene.formula(quantity), Part.TARGET):
        yield Mutant(2.0 * scene.formula(quantity), "twice")
        yield Mutant(0.5 * scene.formula(quantity), "half")


MISCONCEPTION = Misconception(
    "M312",
    "factor-two",
    "A factor of two is left out or added in the derivative",
    looks="All gradients are exactly twice or half of what they should be.",
    why="The half in the loss and the 2 of the square are both forgotten, or both kept.",
    right="The derivative of 1/2 (out - target)^2 is out - target; of (out - target)^2 it is 2 (out - target).",
    question="What is the derivative of this very loss, with or without its half?",
    wrong_example="dE/dout_Y1 = 2 × 0.7469 = 1.4938",
    right_example="dE/dout_Y1 = 0.7469",
    mutants=mutants,
)

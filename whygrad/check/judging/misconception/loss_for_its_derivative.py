"""The error itself as the blame of an output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.check.judging.scene import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The loss in the place of the derivative by an output."""
    if scene.part(quantity) is not Part.OUT_BLAME or not scene.reads(scene.formula(quantity), Part.TARGET):
        return
    for loss in (*scene.of_part(Part.ERROR), *scene.of_part(Part.LOSS)):
        if loss.row in (None, quantity.row):
            yield Mutant(loss.leaf, f"{loss.written} itself")


MISCONCEPTION = Misconception(
    "M313",
    "loss-for-its-derivative",
    "The loss is used instead of its derivative",
    looks="The chain begins with E and not with dE/dout.",
    why="E is the last number that was computed.",
    right="The chain begins with how the loss changes with the output.",
    question="Does the chain begin with the loss, or with how the loss changes?",
    wrong_example="dE/dnet_Y1 = 0.2789 × 0.1840 = 0.0513",
    right_example="dE/dnet_Y1 = 0.7469 × 0.1840 = 0.1374",
    mutants=mutants,
)

"""The bias after the update as it was before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.check.judging.scene import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The bias before the update."""
    old = scene.old(quantity)
    if scene.part(quantity) is Part.NEW_BIAS and old is not None:
        yield Mutant(old.leaf, "not updated")


MISCONCEPTION = Misconception(
    "M506",
    "bias-not-updated",
    "The bias is left as it was",
    looks="All weights move, and the bias does not.",
    why="Many worked examples leave the biases alone to save space.",
    right="A bias is a parameter like a weight, and moves by its own gradient.",
    question="Which parameters does an update move?",
    wrong_example="b1_new = 0.35",
    right_example="b1_new = 0.35 - 0.5 × 0.0202 = 0.3399",
    mutants=mutants,
)

"""The blame of an out by the new weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.check.judging.scene import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The blame by the weights after the update."""
    if scene.part(quantity) is not Part.OUT_BLAME:
        return
    if (formula := scene.with_twins(quantity, Part.WEIGHT, Part.NEW_WEIGHT)) is not None:
        yield Mutant(formula, "by the weights after the update")


MISCONCEPTION = Misconception(
    "M309",
    "updated-weight-on-the-way-back",
    "A weight that is updated already is used on the way back",
    looks="A hidden gradient that is off by a little: the output weights are those after the update.",
    why="Page by page the output weights are updated first, and then the hidden gradients are computed.",
    right="All gradients are taken at the weights before the update.",
    question="At which weights are all gradients of one step taken?",
    wrong_example="dE/dout_H1 = 0.1374 × 0.3592 - 0.0397 × 0.4618 = 0.0311",
    right_example="dE/dout_H1 = 0.1374 × 0.40 - 0.0397 × 0.45 = 0.0371",
    mutants=mutants,
)

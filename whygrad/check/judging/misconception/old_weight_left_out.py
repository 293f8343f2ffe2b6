"""The new weight as the step alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.algebra import replaced
from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.graph import constant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The step, and the step with the other sign."""
    old = scene.old(quantity)
    if old is not None and scene.rate(quantity) is not None:
        step = replaced(scene.formula(quantity), {old.leaf: constant(0.0)})
        yield Mutant(step, "the step alone")
        yield Mutant(-step, "the step alone, with the other sign")


MISCONCEPTION = Misconception(
    "M504",
    "old-weight-left-out",
    "The old weight is left out of the update",
    looks="The new weight is -rate × gradient.",
    why="The step is taken for the result.",
    right="w_new = w - rate × dE/dw: the step is added to where the weight was.",
    question="From where does the weight take its step?",
    wrong_example="w5_new = -0.5 × 0.0815 = -0.0408",
    right_example="w5_new = 0.40 - 0.5 × 0.0815 = 0.3592",
    mutants=mutants,
)

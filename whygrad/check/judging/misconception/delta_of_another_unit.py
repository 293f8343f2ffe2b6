"""The gradient of a weight with the blame of a neighbour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.algebra import replaced
from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.check.judging.scene import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The gradient with each other blame of the row."""
    if scene.part(quantity) not in (Part.WEIGHT_GRADIENT, Part.BIAS_GRADIENT):
        return
    formula = scene.formula(quantity)
    for blame in scene.reads(formula, Part.NET_BLAME):
        for other in scene.of_part(Part.NET_BLAME):
            if other is not blame and other.row == blame.row:
                yield Mutant(replaced(formula, {blame.leaf: other.leaf}), f"{other.written} for {blame.written}")


MISCONCEPTION = Misconception(
    "M404",
    "delta-of-another-unit",
    "The delta of another unit is used",
    looks="The input is right, and the delta belongs to another unit.",
    why="Deltas are numbered like units of the next layer.",
    right="A weight's gradient has the delta of the unit that it leads to.",
    question="To which unit does this weight lead, and whose delta did you take?",
    wrong_example="dE/dw5 = -0.0397 × 0.5933 = -0.0235",
    right_example="dE/dw5 = 0.1374 × 0.5933 = 0.0815",
    mutants=mutants,
)

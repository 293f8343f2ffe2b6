"""The blame of a net with the out of a neighbour in its slope."""

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
    """The blame with each other out of the row in its slope."""
    out = scene.twin(quantity, Part.OUT)
    if scene.slope(quantity) is None or out is None:
        return
    for other in scene.of_part(Part.OUT):
        if other is not out and other.row == out.row:
            formula = replaced(scene.formula(quantity), {out.leaf: other.leaf})
            yield Mutant(formula, f"{other.written} for {out.written}")


MISCONCEPTION = Misconception(
    "M303",
    "slope-of-another-unit",
    "The slope of another unit is used",
    looks="out (1 - out) with the out of the wrong unit, often of the layer above.",
    why="Several slopes stand on the page.",
    right="Each net has the slope of its own unit.",
    question="At which unit is this slope to be taken?",
    wrong_example="dE/dnet_H1 = 0.0371 × 0.5969 × (1 - 0.5969) = 0.0089",
    right_example="dE/dnet_H1 = 0.0371 × 0.5933 × (1 - 0.5933) = 0.0090",
    mutants=mutants,
)

"""The gradient of a weight times what feeds another one."""

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
    """The gradient with each other input or out of the row."""
    if scene.part(quantity) is not Part.WEIGHT_GRADIENT:
        return
    formula = scene.formula(quantity)
    for fed in (*scene.reads(formula, Part.OUT), *scene.reads(formula, Part.INPUT)):
        for other in (*scene.of_part(Part.INPUT), *scene.of_part(Part.OUT)):
            if other is not fed and other.row == fed.row:
                yield Mutant(replaced(formula, {fed.leaf: other.leaf}), f"{other.written} for {fed.written}")


MISCONCEPTION = Misconception(
    "M402",
    "input-of-another-weight",
    "The input of another weight is used",
    looks="The delta is right, and the number beside it belongs to another edge.",
    why="Several inputs stand on the page.",
    right="A weight's gradient has the number that this weight multiplied on the way forward.",
    question="Which number did this weight multiply on the way forward?",
    wrong_example="dE/dw5 = 0.1374 × 0.5969 = 0.0820",
    right_example="dE/dw5 = 0.1374 × 0.5933 = 0.0815",
    mutants=mutants,
)

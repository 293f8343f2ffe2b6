"""The gradient of a weight times a net."""

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
    """The gradient with the net of each unit in the place of its out."""
    if scene.part(quantity) is not Part.WEIGHT_GRADIENT:
        return
    formula = scene.formula(quantity)
    for out in scene.reads(formula, Part.OUT):
        if (net := scene.twin(out, Part.NET)) is not None:
            yield Mutant(replaced(formula, {out.leaf: net.leaf}), f"{net.written} for {out.written}")


MISCONCEPTION = Misconception(
    "M403",
    "net-for-out-in-the-gradient",
    "The net is used instead of the out",
    looks="The delta times a number that was not put through the activation.",
    why="Net and out of a unit stand beside each other.",
    right="A weight multiplies the out of the unit before it.",
    question="What does a weight multiply: what goes into the unit before it, or what comes out?",
    wrong_example="dE/dw5 = 0.1374 × 0.3775 = 0.0519",
    right_example="dE/dw5 = 0.1374 × 0.5933 = 0.0815",
    mutants=mutants,
)

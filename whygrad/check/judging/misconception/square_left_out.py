"""The loss of an output as the plain difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.check.judging.scene import Part
from whygrad.primitive import absolute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The difference, and half of it."""
    formula = scene.formula(quantity)
    outs, targets = scene.reads(formula, Part.OUT), scene.reads(formula, Part.TARGET)
    if scene.part(quantity) in (Part.ERROR, Part.LOSS) and len(outs) == len(targets) == 1:
        off = outs[0].leaf - targets[0].leaf
        for factor, told in ((1.0, "the difference"), (0.5, "half the difference")):
            yield Mutant(factor * absolute(off), told)


MISCONCEPTION = Misconception(
    "M201",
    "square-left-out",
    "The error is not squared",
    looks="The loss is the difference of output and target, or half of it.",
    why="The difference is what one calls the error in everyday words.",
    right="E = 1/2 (target - out)^2: the difference is squared, so that both signs cost.",
    question="Would an error of the other sign cost as much?",
    wrong_example="E_Y1 = 1/2 × 0.7469 = 0.3735",
    right_example="E_Y1 = 1/2 × 0.7469^2 = 0.2789",
    mutants=mutants,
)

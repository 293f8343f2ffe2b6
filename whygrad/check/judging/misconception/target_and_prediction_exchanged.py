"""The loss with target and output in each other's place."""

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
    """The error with the two exchanged."""
    formula = scene.formula(quantity)
    outs, targets = scene.reads(formula, Part.OUT), scene.reads(formula, Part.TARGET)
    if scene.part(quantity) in (Part.ERROR, Part.LOSS) and len(outs) == len(targets) == 1:
        exchanged = {outs[0].leaf: targets[0].leaf, targets[0].leaf: outs[0].leaf}
        yield Mutant(replaced(formula, exchanged), f"{targets[0].written} for {outs[0].written}, and the other way")


MISCONCEPTION = Misconception(
    "M206",
    "target-and-prediction-exchanged",
    "Target and prediction are exchanged",
    looks="A cross-entropy with the logarithm of the target.",
    why="The formula has both, and they look alike.",
    right="The prediction is what the logarithm is taken of; the target weighs it.",
    question="Of what is the logarithm taken: of what was predicted, or of what was wanted?",
    wrong_example="E = -(p log y + ...)",
    right_example="E = -(y log p + ...)",
    mutants=mutants,
)

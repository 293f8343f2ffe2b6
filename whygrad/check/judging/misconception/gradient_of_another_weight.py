"""The new weight by a neighbour's gradient."""

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
    """The update by each other gradient of the layer."""
    if scene.rate(quantity) is None:
        return
    formula = scene.formula(quantity)
    for part in (Part.WEIGHT_GRADIENT, Part.BIAS_GRADIENT):
        for own in scene.reads(formula, part):
            for other in scene.peers(own):
                yield Mutant(replaced(formula, {own.leaf: other.leaf}), f"{other.written} for {own.written}")


MISCONCEPTION = Misconception(
    "M505",
    "gradient-of-another-weight",
    "The gradient of another weight is used in the update",
    looks="The weight moves by the step of another.",
    why="Gradients are listed in another order than weights.",
    right="Each weight moves by its own gradient.",
    question="Whose gradient moves this weight?",
    wrong_example="w5_new = 0.40 - 0.5 × (-0.0235) = 0.4118",
    right_example="w5_new = 0.40 - 0.5 × 0.0815 = 0.3592",
    mutants=mutants,
)

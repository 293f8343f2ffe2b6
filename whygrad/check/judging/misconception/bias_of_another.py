"""The net with a bias that is not its own."""

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
    """The net with each other bias of the network in the place of its own."""
    if scene.part(quantity) is not Part.NET:
        return
    for _, (bias, *_) in scene.terms_with(quantity, Part.BIAS):
        for other in scene.of_part(Part.BIAS):
            if other is not bias:
                formula = replaced(scene.formula(quantity), {bias.leaf: other.leaf})
                yield Mutant(formula, f"{other.written} for {bias.written}")


MISCONCEPTION = Misconception(
    "M103",
    "bias-of-another",
    "The bias of another unit or layer is used",
    looks="A weighted sum that is off by the difference of two biases.",
    why="Biases are written at the edge of the picture, and the nearest is taken.",
    right="Each unit has its own bias, or its layer has one that all its units share.",
    question="Which bias belongs to this unit?",
    wrong_example="net_Y1 = 0.5358 + 0.35 = 0.8858",
    right_example="net_Y1 = 0.5358 + 0.60 = 1.1358",
    mutants=mutants,
)

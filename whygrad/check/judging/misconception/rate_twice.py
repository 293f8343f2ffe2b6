"""The new weight by the gradient times the rate squared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.algebra import replaced
from whygrad.check.judging.misconception.record import Misconception, Mutant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The update with the rate squared."""
    if (rate := scene.rate(quantity)) is not None:
        yield Mutant(replaced(scene.formula(quantity), {rate.leaf: rate.leaf * rate.leaf}), "with the rate squared")


MISCONCEPTION = Misconception(
    "M502",
    "rate-twice",
    "The learning rate is applied twice",
    looks="The step is too small by the learning rate.",
    why="The gradient had been multiplied already when it was written down.",
    right="w_new = w - rate × dE/dw: the rate once.",
    question="How often does the learning rate stand between the gradient and the step?",
    wrong_example="w5_new = 0.40 - 0.5 × 0.5 × 0.0815 = 0.3796",
    right_example="w5_new = 0.40 - 0.5 × 0.0815 = 0.3592",
    mutants=mutants,
)

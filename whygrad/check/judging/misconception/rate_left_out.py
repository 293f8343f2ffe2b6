"""The new weight by the whole gradient."""

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
    """The update with a rate of 1."""
    if (rate := scene.rate(quantity)) is not None:
        yield Mutant(replaced(scene.formula(quantity), {rate.leaf: constant(1.0)}), "with a rate of 1")


MISCONCEPTION = Misconception(
    "M501",
    "rate-left-out",
    "The learning rate is left out",
    looks="The weight moves by the gradient itself.",
    why="The gradient is the hard part, and the step is taken at once.",
    right="w_new = w - rate × dE/dw.",
    question="How large is a step of the update where the gradient is one?",
    wrong_example="w5_new = 0.40 - 0.0815 = 0.3185",
    right_example="w5_new = 0.40 - 0.5 × 0.0815 = 0.3592",
    mutants=mutants,
)

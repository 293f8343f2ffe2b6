"""The new weight on the other side of the old one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.algebra import replaced
from whygrad.check.judging.misconception.record import Misconception, Mutant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The update the other way."""
    if (rate := scene.rate(quantity)) is not None:
        yield Mutant(replaced(scene.formula(quantity), {rate.leaf: -rate.leaf}), "added")


MISCONCEPTION = Misconception(
    "M503",
    "gradient-added",
    "The gradient is added instead of subtracted",
    looks="The weight moves the wrong way, by the right amount.",
    why="With the error as target minus output the sign is in the delta, and one adds.",
    right="w_new = w - rate × dE/dw: against the gradient the loss falls.",
    question="In which direction does the loss fall?",
    wrong_example="w5_new = 0.40 + 0.5 × 0.0815 = 0.4408",
    right_example="w5_new = 0.40 - 0.5 × 0.0815 = 0.3592",
    mutants=mutants,
)

"""The blame of an output with the other sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.check.judging.scene import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The derivative of the loss by an output, negated."""
    if scene.part(quantity) in (Part.OUT_BLAME, Part.NET_BLAME) and scene.reads(scene.formula(quantity), Part.TARGET):
        yield Mutant(-scene.formula(quantity), "with the other sign")


MISCONCEPTION = Misconception(
    "M311",
    "sign-of-the-error",
    "The sign of the error is turned round",
    looks="target - out where the derivative is out - target.",
    why="The error is called target minus output, and its square hides the sign.",
    right="dE/dout = out - target for half the squared error.",
    question="When this output grows a little, does the loss grow or fall?",
    wrong_example="dE/dout_Y1 = 0.01 - 0.7569 = -0.7469",
    right_example="dE/dout_Y1 = 0.7569 - 0.01 = 0.7469",
    mutants=mutants,
)

"""delta = dE/dout, without the slope of the activation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.misconception.record import Misconception, Mutant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The blame of a net as that of its out."""
    if (found := scene.slope(quantity)) is not None:
        above, _ = found
        yield Mutant(above, f"{quantity.written} without the slope of its activation")


MISCONCEPTION = Misconception(
    "M301",
    "slope-left-out",
    "The slope of the activation is left out",
    looks="The error goes straight to the weight: (out - target) times the input of the weight.",
    why="The output is what one sees; that it comes out of a function with a slope of its own is forgotten.",
    right="dE/dnet = dE/dout × f'(net); for a sigmoid f'(net) = out (1 - out).",
    question="What lies between the net and the out of a unit, on the way back?",
    wrong_example="dE/dw5 = 0.7469 × 0.5933 = 0.4431",
    right_example="dE/dw5 = 0.7469 × 0.1840 × 0.5933 = 0.0815",
    mutants=mutants,
)

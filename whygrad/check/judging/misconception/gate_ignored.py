"""The blame of a net that was cut off, as if it had passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.graph import constant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The blame as if the gate were open, and as if it were closed."""
    above = scene.gate(quantity)
    if above is not None:
        yield Mutant(above, "as if the gate were open")
        yield Mutant(constant(0.0), "as if the gate were closed")


MISCONCEPTION = Misconception(
    "M310",
    "gate-ignored",
    "The gate of a ReLU is ignored",
    looks="A unit that gave 0 gets blame all the same.",
    why="The slope of a ReLU is 1, and that it is 0 below zero is forgotten.",
    right="Where the net is not above 0 the slope is 0, and no blame passes.",
    question="What is the slope of a ReLU at this net?",
    wrong_example="dE/dnet_h4 = dE/dout_h4",
    right_example="dE/dnet_h4 = 0, since net_h4 is below 0",
    mutants=mutants,
)

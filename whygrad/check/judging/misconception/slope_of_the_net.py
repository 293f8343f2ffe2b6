"""The slope of the activation with the net in the place of the out."""

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
    """The blame with the net in the place of the out."""
    net, out = scene.twin(quantity, Part.NET), scene.twin(quantity, Part.OUT)
    if scene.slope(quantity) is not None and net is not None and out is not None:
        yield Mutant(replaced(scene.formula(quantity), {out.leaf: net.leaf}), f"{net.written} for {out.written}")


MISCONCEPTION = Misconception(
    "M302",
    "slope-of-the-net",
    "The slope is taken at the net instead of the out",
    looks="net (1 - net) for a sigmoid, 1 - net^2 for tanh.",
    why="The slope is that of f at net, so net is put into a formula that is written for out.",
    right="out (1 - out) holds the out of the unit; with the net it would be f(net) (1 - f(net)).",
    question="Which number goes into the formula for the slope that you used?",
    wrong_example="0.3775 × (1 - 0.3775) = 0.2350",
    right_example="0.5933 × (1 - 0.5933) = 0.2413",
    mutants=mutants,
)

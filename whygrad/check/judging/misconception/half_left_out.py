"""The loss twice or half as large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.check.judging.scene import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The loss twice, and its half."""
    if scene.part(quantity) in (Part.ERROR, Part.LOSS) and scene.reads(scene.formula(quantity), Part.TARGET):
        yield Mutant(2.0 * scene.formula(quantity), "without the half")
        yield Mutant(0.5 * scene.formula(quantity), "halved once more")


MISCONCEPTION = Misconception(
    "M202",
    "half-left-out",
    "A factor of two is left out or added in the loss",
    looks="The loss is exactly twice or half of what it should be.",
    why="Some books halve the squared error and some do not; the two are mixed.",
    right="Decide once: with the half the derivative is out - target, without it 2 (out - target).",
    question="How exactly is the loss of this network defined?",
    wrong_example="E_Y1 = 0.7469^2 = 0.5579",
    right_example="E_Y1 = 1/2 × 0.7469^2 = 0.2789",
    mutants=mutants,
)

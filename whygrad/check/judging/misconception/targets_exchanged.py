"""The error with the target of a neighbour."""

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
    """The error, or its derivative, with each other target of the row."""
    formula = scene.formula(quantity)
    for target in scene.reads(formula, Part.TARGET):
        for other in scene.peers(target):
            yield Mutant(replaced(formula, {target.leaf: other.leaf}), f"{other.written} for {target.written}")


MISCONCEPTION = Misconception(
    "M205",
    "targets-exchanged",
    "The target of another output is used",
    looks="The error is that of the right output and the wrong target.",
    why="Targets are written in one line, and the wrong one is copied.",
    right="Each output has its own target.",
    question="Whose target did you take?",
    wrong_example="E_Y1 = 1/2 (0.99 - 0.7569)^2 = 0.0272",
    right_example="E_Y1 = 1/2 (0.01 - 0.7569)^2 = 0.2789",
    mutants=mutants,
)

"""The loss without those of the other outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.algebra import terms
from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.check.judging.scene import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """Each summand of the loss by itself."""
    parts = terms(scene.formula(quantity))
    if scene.part(quantity) is Part.LOSS and len(parts) > 1:
        for each in parts:
            of = ", ".join(found.written for found in scene.step.leaves(each))
            yield Mutant(each, f"only {of}")


MISCONCEPTION = Misconception(
    "M203",
    "one-output-only",
    "Only one output's error is counted",
    looks="The total is the error of a single output.",
    why="One follows one output through the page and forgets the others.",
    right="E = E_Y1 + E_Y2: every output has its part in the loss.",
    question="Which outputs have a part in the loss?",
    wrong_example="E = 0.2789",
    right_example="E = 0.2789 + 0.0247 = 0.3036",
    mutants=mutants,
)

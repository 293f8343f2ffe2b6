"""What an optimizer remembers, as if it remembered nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.algebra import total, without
from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.check.judging.scene import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The velocity, or the running mean, without what it was before."""
    if scene.part(quantity) is not Part.NEW_MEMORY:
        return
    for term, (before, *_) in scene.terms_with(quantity, Part.MEMORY):
        rest = without(scene.summands(quantity), term)
        if rest:
            yield Mutant(total(rest), f"without {before.written}")


MISCONCEPTION = Misconception(
    "M509",
    "momentum-left-out",
    "What was remembered is left out",
    looks="From the second step on the velocity is the gradient alone, or the running mean its share of it.",
    why="In the first step what is remembered is 0, and nothing is lost by leaving it out.",
    right="v_new = momentum × v + gradient: part of the last velocity is kept.",
    question="What does this optimizer carry over from one step to the next?",
    wrong_example="velocity_w5_new = 0.0815",
    right_example="velocity_w5_new = 0.9 × 0.1020 + 0.0815 = 0.1733",
    mutants=mutants,
)

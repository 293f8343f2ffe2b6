"""A step of Nesterov as one of plain momentum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.algebra import replaced
from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.check.judging.scene import Part
from whygrad.graph import constant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The step by the velocity alone, and by the gradient alone."""
    formula, old, rate = scene.formula(quantity), scene.old(quantity), scene.rate(quantity)
    velocities = scene.reads(formula, Part.NEW_MEMORY)
    gradients = [*scene.reads(formula, Part.WEIGHT_GRADIENT), *scene.reads(formula, Part.BIAS_GRADIENT)]
    if old is None or rate is None or len(velocities) != 1 or len(gradients) != 1 or scene.is_rooted(formula):
        return
    yield Mutant(old.leaf - rate.leaf * velocities[0].leaf, "by the velocity alone")
    yield Mutant(replaced(formula, {velocities[0].leaf: constant(0.0)}), "by the gradient alone")


MISCONCEPTION = Misconception(
    "M511",
    "look-ahead-left-out",
    "Nesterov's look ahead is left out",
    looks="The weight moves by the velocity, as with plain momentum.",
    why="Both rules have the same velocity, and differ only in how it is used.",
    right="w_new = w - rate × (gradient + momentum × velocity_new).",
    question="By what does the weight move: the velocity, or the gradient and a share of the velocity?",
    wrong_example="w5_new = 0.40 - 0.5 × 0.0815 = 0.3592",
    right_example="w5_new = 0.40 - 0.5 × (0.0815 + 0.9 × 0.0815) = 0.3226",
    mutants=mutants,
)

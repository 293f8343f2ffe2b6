"""A decay that goes through the optimizer, as a part of the gradient."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.algebra import number, replaced
from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.check.judging.scene import Part
from whygrad.graph import topological

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The step with the decay added to the gradient, in everything that the optimizer remembers."""
    decayed, old = scene.decay(quantity), scene.old(quantity)
    if decayed is None or old is None:
        return
    formula = replaced(scene.formula(quantity), {decayed: old.leaf})
    strength = next((found for each in topological([decayed]) if (found := number(each)) not in (None, 1.0)), None)
    memories = scene.reads(formula, Part.NEW_MEMORY)
    gradient = scene.twin(old, Part.WEIGHT_GRADIENT) or scene.twin(old, Part.BIAS_GRADIENT)
    if strength is None or gradient is None or not memories:
        return
    coupled = {gradient.leaf: gradient.leaf + strength * old.leaf}
    remembered = {each.leaf: replaced(scene.formula(each), coupled) for each in memories}
    yield Mutant(replaced(formula, {**remembered, **coupled}), "with the decay in the gradient")


MISCONCEPTION = Misconception(
    "M516",
    "decay-coupled",
    "The weight decay is added to the gradient",
    looks="The decay is divided by the root of the squared gradients like everything else.",
    why="With plain gradient descent the two are the same, and older libraries add it to the gradient.",
    right="A decoupled decay shrinks the weight itself, apart from the optimizer's step.",
    question="Does the decay go through the optimizer, or past it?",
    wrong_example="g = 0.0815 + 0.1 × 0.40, and then Adam's step with it",
    right_example="w5_new = 0.40 × (1 - 0.001 × 0.1) - 0.001 × 0.0815 / sqrt(0.00664)",
    mutants=mutants,
)

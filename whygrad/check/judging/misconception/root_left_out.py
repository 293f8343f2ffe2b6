"""A step divided by the mean of squares itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.algebra import is_of, replaced
from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.check.judging.scene import Part
from whygrad.graph import topological

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The step without the root."""
    if scene.part(quantity) not in (Part.NEW_WEIGHT, Part.NEW_BIAS):
        return
    formula = scene.formula(quantity)
    for node in topological([formula]):
        if is_of(node, "sqrt") and scene.reads(node, Part.NEW_MEMORY):
            yield Mutant(replaced(formula, {node: node.inputs[0]}), "without the root")


MISCONCEPTION = Misconception(
    "M514",
    "root-left-out",
    "The root of the squared gradients is left out",
    looks="A step that is far too large: small squares are smaller than their roots.",
    why="The running mean of the squares is what one has, and the root is a further key on the calculator.",
    right="The step is divided by sqrt(v), which has the size of a gradient.",
    question="Of which size is what the step is divided by: of a gradient, or of its square?",
    wrong_example="w5_new = 0.40 - 0.001 × 0.0815 / 0.00664 = 0.3877",
    right_example="w5_new = 0.40 - 0.001 × 0.0815 / sqrt(0.00664) = 0.3990",
    mutants=mutants,
)

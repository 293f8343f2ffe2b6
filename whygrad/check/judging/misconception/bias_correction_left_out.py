"""A step of Adam by running means that were not corrected for their start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.algebra import is_of, replaced
from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.check.judging.scene import Part
from whygrad.graph import Apply, topological

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene
    from whygrad.graph import Expr


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The step without both corrections, and without each."""
    if scene.part(quantity) not in (Part.NEW_WEIGHT, Part.NEW_BIAS):
        return
    formula = scene.formula(quantity)
    corrected = {each: each.inputs[0] for each in topological([formula]) if is_corrected(scene, each)}
    if len(corrected) > 1:
        yield Mutant(replaced(formula, corrected), "without the corrections")
    for each, mean in corrected.items():
        read = scene.reads(mean, Part.NEW_MEMORY)
        yield Mutant(replaced(formula, {each: mean}), f"with {read[0].written} as it is" if read else "uncorrected")


def is_corrected(scene: Scene, node: Expr) -> bool:
    """Whether a node divides what is remembered by 1 - beta^t."""
    if not is_of(node, "divide") or not isinstance(node, Apply) or not scene.reads(node.inputs[0], Part.NEW_MEMORY):
        return False
    below = node.inputs[1]
    return is_of(below, "subtract") and any(each.array == "updates" for each in scene.step.leaves(below))


MISCONCEPTION = Misconception(
    "M512",
    "bias-correction-left-out",
    "Adam's correction for the start is left out",
    looks="The first steps are too large, about three times with the usual settings.",
    why="The running means look finished, and later steps hardly change by the correction.",
    right="m / (1 - beta1^t) and v / (1 - beta2^t): both running means start at 0 and are too small at first.",
    question="Both running means started at zero: what does that do to the first steps?",
    wrong_example="w5_new = 0.40 - 0.001 × 0.00815 / sqrt(0.00000664) = 0.3968",
    right_example="w5_new = 0.40 - 0.001 × 0.0815 / sqrt(0.00664) = 0.3990",
    mutants=mutants,
)

"""The blame of an out without the weights."""

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
    """The blame with each weight as if it were 1, and with all of them."""
    if scene.part(quantity) is not Part.OUT_BLAME:
        return
    formula = scene.formula(quantity)
    weights = scene.reads(formula, Part.WEIGHT)
    if weights:
        yield Mutant(replaced(formula, {each.leaf: constant(1.0) for each in weights}), "without the weights")
    for each in weights if len(weights) > 1 else []:
        yield Mutant(replaced(formula, {each.leaf: constant(1.0)}), f"without {each.written}")


MISCONCEPTION = Misconception(
    "M308",
    "weight-left-out-on-the-way-back",
    "The weight is left out on the way back",
    looks="The blame of the unit above is handed down as it is.",
    why="Going back, the edge seems to be only a way.",
    right="Blame is weighed by the same weight that weighed the signal.",
    question="How strongly does this unit act on the one above it?",
    wrong_example="dE/dout_H1 = 0.1374 - 0.0397 = 0.0978",
    right_example="dE/dout_H1 = 0.1374 × 0.40 - 0.0397 × 0.45 = 0.0371",
    mutants=mutants,
)

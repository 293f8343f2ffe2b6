"""The forward pass after an update in which the hidden layers were updated by way of the new output weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.algebra import replaced
from whygrad.check.judging.misconception.hidden_weights_still_old import is_last
from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.check.judging.scene import Part
from whygrad.graph import constant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The net of a hidden unit after the update by weights whose gradients were taken at the new output weights."""
    if scene.past is None or scene.part(quantity) is not Part.NET or is_last(scene, quantity):
        return
    formula, values = scene.formula(quantity), scene.past.in_sequence
    weights = {each.leaf: constant(values[each]) for each in scene.reads(formula, Part.WEIGHT) if each in values}
    if weights:
        detail = f"{quantity.written} after the update by weights that the new output weights led to"
        yield Mutant(replaced(formula, weights), detail)


MISCONCEPTION = Misconception(
    "M508",
    "updated-in-sequence",
    "The hidden weights were updated by way of output weights that were new already",
    looks="An error after the step that is right in its first six digits or so, as in the best-known worked example.",
    why="A program that changes output weights in place has only the new ones left when it comes to the hidden ones.",
    right="All gradients are taken at the weights before the update; then every weight is changed.",
    question="At which weights are the gradients of one step taken?",
    wrong_example="after the update: E = 0.291027924, with dE/dout_H1 = 0.1385 × 0.3589 - 0.0381 × 0.5113 = 0.0302",
    right_example="after the update: E = 0.291027774, with dE/dout_H1 = 0.1385 × 0.40 - 0.0381 × 0.50 = 0.0364",
    mutants=mutants,
)

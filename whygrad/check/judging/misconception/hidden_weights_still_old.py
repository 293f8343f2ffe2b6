"""The forward pass after an update in which only the output layer has its new weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.algebra import replaced
from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.check.judging.scene import Part, layer_of
from whygrad.graph import constant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene
    from whygrad.graph import Expr


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The net of a hidden unit after the update by its weights before it; then by its bias before it as well."""
    if scene.past is None or scene.part(quantity) is not Part.NET or is_last(scene, quantity):
        return
    formula, written = scene.formula(quantity), ""
    for part, word in ((Part.WEIGHT, "the old weights"), (Part.BIAS, "the old bias")):
        old = {each.leaf: constant(scene.past.old[each]) for each in stated(scene, formula, part)}
        if old:
            formula, written = replaced(formula, old), f"{written} and {word}" if written else word
            yield Mutant(formula, f"{quantity.written} after the update by {written}")


def stated(scene: Scene, formula: Expr, part: Part) -> list[Quantity]:
    """The quantities in a formula that play a part, and whose value before the update is known."""
    return [each for each in scene.reads(formula, part) if scene.past is not None and each in scene.past.old]


def is_last(scene: Scene, quantity: Quantity) -> bool:
    """Whether a net belongs to the output layer."""
    nets = scene.of_part(Part.NET) or scene.of_part(Part.OUT)
    return layer_of(quantity) == layer_of(nets[-1])


MISCONCEPTION = Misconception(
    "M507",
    "hidden-weights-still-old",
    "After the update the hidden weights are still the old ones",
    looks="An error after the step that is right in its first digits: the forward pass before it mixes new and old.",
    why="The output weights are updated first, and the program goes forward again before it is at the others.",
    right="One step updates every weight; the forward pass after it takes all the new ones.",
    question="Which weights does the forward pass after the update take, layer by layer?",
    wrong_example="after the update: net_H1 = 0.15 × 0.05 + 0.20 × 0.10 + 0.35 = 0.3775",
    right_example="after the update: net_H1 = 0.149781 × 0.05 + 0.199561 × 0.10 + 0.35 = 0.377445",
    mutants=mutants,
)

"""The net with another weight of its layer in the place of one of its own."""

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
    """The net, or the blame of an out, with each of its weights exchanged for each other of the layer."""
    if scene.part(quantity) not in (Part.NET, Part.OUT_BLAME):
        return
    formula = scene.formula(quantity)
    for weight in scene.reads(formula, Part.WEIGHT):
        for other in scene.peers(weight):
            exchanged = {weight.leaf: other.leaf, other.leaf: weight.leaf}
            yield Mutant(replaced(formula, exchanged), f"{weight.written} and {other.written} exchanged")


MISCONCEPTION = Misconception(
    "M104",
    "weights-exchanged",
    "Two weights are exchanged",
    looks="A weighted sum with the right inputs and a weight that belongs to another edge.",
    why="Weights are numbered, and the numbers do not say from where to where they lead.",
    right="A weight belongs to one edge: from its input to its unit.",
    question="Between which two units does each of your weights stand?",
    wrong_example="net_H1 = 0.15 × 0.05 + 0.25 × 0.10 + 0.35 = 0.3825",
    right_example="net_H1 = 0.15 × 0.05 + 0.20 × 0.10 + 0.35 = 0.3775",
    mutants=mutants,
)

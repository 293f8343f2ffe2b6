"""The net with the matrix of its layer transposed."""

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
    """The net, or the blame of an out, with each weight of the layer that has its indices the other way round.

    Where that changes one weight alone, two are exchanged, and no more can be said.
    """
    if scene.part(quantity) not in (Part.NET, Part.OUT_BLAME):
        return
    formula = scene.formula(quantity)
    turned = {}
    for weight in scene.reads(formula, Part.WEIGHT):
        other = next((each for each in scene.peers(weight) if each.index == weight.index[::-1]), None)
        if other is not None and other is not weight:
            turned[weight.leaf] = other.leaf
    if len(turned) > 1:
        yield Mutant(replaced(formula, turned), "the matrix transposed")


MISCONCEPTION = Misconception(
    "M105",
    "matrix-transposed",
    "The weights are read the other way round",
    looks="Every weight is that of the edge with the same two numbers in the other order.",
    why="Books write w_ij for the weight from i to j, and for that from j to i.",
    right="Decide once whether the first index is where a weight comes from or where it goes to.",
    question="Which index of a weight says where it comes from, and which where it leads?",
    wrong_example="net_H1 = w11 x1 + w12 x2 + b, with w12 leading from 1 to 2",
    right_example="net_H1 = w11 x1 + w21 x2 + b, with w21 leading from 2 to 1",
    mutants=mutants,
)

"""The out of a unit from the net of another."""

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
    """The activation of each other net of the layer."""
    net = scene.twin(quantity, Part.NET)
    if scene.part(quantity) is not Part.OUT or net is None:
        return
    for other in scene.peers(net):
        yield Mutant(replaced(scene.formula(quantity), {net.leaf: other.leaf}), f"the activation of {other.written}")


MISCONCEPTION = Misconception(
    "M109",
    "activation-of-another-net",
    "The activation of another unit's net is taken",
    looks="The out of one unit is that of its neighbour.",
    why="The numbers stand close together, and one is copied from the wrong line.",
    right="out_H1 = f(net_H1): the activation of the same unit's net.",
    question="Whose net went into this activation?",
    wrong_example="out_H1 = sigmoid(0.3925) = 0.5969",
    right_example="out_H1 = sigmoid(0.3775) = 0.5933",
    mutants=mutants,
)

"""The out of a unit by another function than the network has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.algebra import is_of
from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.check.judging.scene import Part
from whygrad.primitive import relu, sigmoid, tanh

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """Each other usual activation of the net."""
    net = scene.twin(quantity, Part.NET)
    if scene.part(quantity) is not Part.OUT or net is None:
        return
    for activation in (sigmoid, tanh, relu):
        if not is_of(scene.formula(quantity), activation.name):
            yield Mutant(activation(net.leaf), f"{activation.name}({net.written})")


MISCONCEPTION = Misconception(
    "M110",
    "another-activation",
    "Another activation is used",
    looks="The out is that of tanh where the network has a sigmoid, or the other way round.",
    why="There are several usual ones, and the last one that was used comes to mind.",
    right="The network says which activation each layer has.",
    question="Which activation does this layer have?",
    wrong_example="out_H1 = tanh(0.3775) = 0.3606",
    right_example="out_H1 = sigmoid(0.3775) = 0.5933",
    mutants=mutants,
)

"""The out of a unit that is its net."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.check.judging.scene import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The net itself."""
    net = scene.twin(quantity, Part.NET)
    if scene.part(quantity) is Part.OUT and net is not None and net in scene.step.leaves(scene.formula(quantity)):
        yield Mutant(net.leaf, f"{net.written} itself")


MISCONCEPTION = Misconception(
    "M107",
    "activation-left-out",
    "The activation is left out",
    looks="The out of a unit is the same number as its net.",
    why="The weighted sum looks like a result.",
    right="out = f(net): the activation is applied once to each net.",
    question="What happens to a weighted sum before it leaves the unit?",
    wrong_example="out_H1 = 0.3775",
    right_example="out_H1 = sigmoid(0.3775) = 0.5933",
    mutants=mutants,
)

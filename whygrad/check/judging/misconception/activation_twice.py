"""The out of a unit, put through the activation once more."""

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
    """The activation of the activation."""
    net = scene.twin(quantity, Part.NET)
    formula = scene.formula(quantity)
    if scene.part(quantity) is Part.OUT and net is not None and net in scene.step.leaves(formula):
        yield Mutant(replaced(formula, {net.leaf: formula}), f"the activation of {quantity.written}")


MISCONCEPTION = Misconception(
    "M108",
    "activation-twice",
    "The activation is applied twice",
    looks="An out that is the activation of the true out.",
    why="A number that is an out already is taken for a net.",
    right="out = f(net): the activation is applied once to each net.",
    question="Is the number that you put into the activation still a net?",
    wrong_example="out_H1 = sigmoid(0.5933) = 0.6441",
    right_example="out_H1 = sigmoid(0.3775) = 0.5933",
    mutants=mutants,
)

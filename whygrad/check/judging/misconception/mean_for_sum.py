"""The loss divided by the number of its parts, or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.check.judging.scene import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The loss over the number of errors that it has, and times that."""
    count = len(scene.of_part(Part.ERROR))
    if scene.part(quantity) is Part.LOSS and count > 1:
        yield Mutant(scene.formula(quantity) / float(count), "the mean over the outputs")
        yield Mutant(scene.formula(quantity) * float(count), "the sum over the outputs")


MISCONCEPTION = Misconception(
    "M204",
    "mean-for-sum",
    "The mean is taken for the sum",
    looks="The total is off by a factor that is the number of outputs or rows.",
    why="Both are in use: mean squared error, sum of squared errors.",
    right="The network says whether the errors are added or averaged.",
    question="Are the errors of this network added or averaged?",
    wrong_example="E = (0.2789 + 0.0247) / 2 = 0.1518",
    right_example="E = 0.2789 + 0.0247 = 0.3036",
    mutants=mutants,
)

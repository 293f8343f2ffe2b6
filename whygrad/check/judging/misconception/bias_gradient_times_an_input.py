"""The gradient of a bias as if it were a weight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.check.judging.scene import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The gradient times each input and out of the row, and times the bias."""
    if scene.part(quantity) is not Part.BIAS_GRADIENT:
        return
    rows = {each.row for each in scene.reads(scene.formula(quantity), Part.NET_BLAME)}
    own = scene.twin(quantity, Part.BIAS)
    others = [*scene.of_part(Part.INPUT), *scene.of_part(Part.OUT)]
    for each in [each for each in others if each.row in rows] + ([own] if own is not None else []):
        yield Mutant(scene.formula(quantity) * each.leaf, f"times {each.written}")


MISCONCEPTION = Misconception(
    "M406",
    "bias-gradient-times-an-input",
    "The gradient of a bias is multiplied by an input",
    looks="The delta times an input or the bias itself.",
    why="All other gradients have an input beside the delta.",
    right="The input of a bias is 1: its gradient is the delta.",
    question="What does a bias multiply?",
    wrong_example="dE/db2 = 0.1374 × 0.5933 = 0.0815",
    right_example="dE/db2 = 0.1374",
    mutants=mutants,
)

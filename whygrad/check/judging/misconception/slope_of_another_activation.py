"""The blame with the slope of a function that the unit has not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.check.judging.scene import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The blame with the slope of tanh, of a sigmoid, and of tanh taken at the net."""
    found, out, net = scene.slope(quantity), scene.twin(quantity, Part.OUT), scene.twin(quantity, Part.NET)
    if found is None or out is None or net is None:
        return
    slopes = {
        f"1 - {out.written}^2": 1.0 - out.leaf * out.leaf,
        f"{out.written} (1 - {out.written})": out.leaf * (1.0 - out.leaf),
        f"1 - {net.written}^2": 1.0 - net.leaf * net.leaf,
    }
    for told, slope in slopes.items():
        yield Mutant(found[0] * slope, f"with {told}")


MISCONCEPTION = Misconception(
    "M306",
    "slope-of-another-activation",
    "The slope of another activation is used",
    looks="1 - out^2 for a sigmoid, or out (1 - out) for tanh.",
    why="The two formulas are learned together.",
    right="A sigmoid has out (1 - out), tanh has 1 - out^2.",
    question="To which activation does the formula for the slope belong that you used?",
    wrong_example="dE/dnet_Y1 = 0.7469 × (1 - 0.7569^2) = 0.3190",
    right_example="dE/dnet_Y1 = 0.7469 × 0.7569 × (1 - 0.7569) = 0.1374",
    mutants=mutants,
)

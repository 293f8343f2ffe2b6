"""The net without one of its products."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.algebra import terms, total, without
from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.check.judging.scene import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The net without each of its products."""
    if scene.part(quantity) is not Part.NET:
        return
    parts = terms(scene.formula(quantity))
    for term, (weight, *_) in scene.terms_with(quantity, Part.WEIGHT):
        yield Mutant(total(without(parts, term)), f"without the product of {weight.written}")


MISCONCEPTION = Misconception(
    "M106",
    "input-left-out",
    "An input is left out",
    looks="A weighted sum with a product less than the unit has edges.",
    why="One edge of the picture is overlooked.",
    right="Every unit that leads to this one has its product in the sum.",
    question="How many edges lead into this unit?",
    wrong_example="net_H1 = 0.15 × 0.05 + 0.35 = 0.3575",
    right_example="net_H1 = 0.15 × 0.05 + 0.20 × 0.10 + 0.35 = 0.3775",
    mutants=mutants,
)

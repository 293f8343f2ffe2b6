"""The blame of a net times the slope of its activation once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.check.judging.scene import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The blame times its slope; where sigmoid and cross-entropy have none left, times that of the sigmoid."""
    if (found := scene.slope(quantity)) is not None:
        yield Mutant(scene.formula(quantity) * found[1], f"{quantity.written} with the slope twice")
        return
    out = scene.twin(quantity, Part.OUT)
    if scene.part(quantity) is Part.NET_BLAME and out is not None and scene.gate(quantity) is None:
        yield Mutant(
            scene.formula(quantity) * (out.leaf * (1.0 - out.leaf)), f"times {out.written} (1 - {out.written})"
        )


MISCONCEPTION = Misconception(
    "M304",
    "slope-twice",
    "The slope is applied twice",
    looks="A blame that is too small by the slope.",
    why="The delta has the slope in it already, and the formula for the weight is remembered with one.",
    right="The slope of each unit stands once in the chain.",
    question="How often is each unit passed on the way back?",
    wrong_example="dE/dnet_Y1 = 0.1374 × 0.1840 = 0.0253",
    right_example="dE/dnet_Y1 = 0.7469 × 0.1840 = 0.1374",
    mutants=mutants,
)

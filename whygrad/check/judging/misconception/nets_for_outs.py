"""The net from nets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.check.judging.scene import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The net, with the net of each unit in the place of its out."""
    if scene.part(quantity) is Part.NET and (formula := scene.with_twins(quantity, Part.OUT, Part.NET)) is not None:
        yield Mutant(formula, "from the nets of the layer before")


MISCONCEPTION = Misconception(
    "M111",
    "nets-for-outs",
    "The nets of the layer before are used instead of its outs",
    looks="A weighted sum of numbers that were not put through the activation.",
    why="The nets were computed first and stand on top of the page.",
    right="A layer reads what the layer before gives out: its activations.",
    question="What does a layer read from the layer before it?",
    wrong_example="net_Y1 = 0.40 × 0.3775 + 0.50 × 0.3925 + 0.60 = 0.9473",
    right_example="net_Y1 = 0.40 × 0.5933 + 0.50 × 0.5969 + 0.60 = 1.1358",
    mutants=mutants,
)

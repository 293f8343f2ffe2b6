"""The net with its bias in it twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.check.judging.scene import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The net with each of its biases once more."""
    if scene.part(quantity) is Part.NET:
        for _, (bias, *_) in scene.terms_with(quantity, Part.BIAS):
            yield Mutant(scene.formula(quantity) + bias.leaf, f"{bias.written} twice")


MISCONCEPTION = Misconception(
    "M102",
    "bias-twice",
    "The bias is added twice",
    looks="A weighted sum that is too large by exactly the bias.",
    why="It is added with the first product, and again at the end.",
    right="net = w1 x1 + w2 x2 + b: the bias is added once.",
    question="How often does each number stand in your sum?",
    wrong_example="net_H1 = 0.0275 + 0.35 + 0.35 = 0.7275",
    right_example="net_H1 = 0.0275 + 0.35 = 0.3775",
    mutants=mutants,
)

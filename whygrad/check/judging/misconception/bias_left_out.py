"""net = sum of w x, without the bias."""

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
    """The net without each bias that it has."""
    if scene.part(quantity) is not Part.NET:
        return
    parts = terms(scene.formula(quantity))
    for term, (bias, *_) in scene.terms_with(quantity, Part.BIAS):
        yield Mutant(total(without(parts, term)), f"without {bias.written}")


MISCONCEPTION = Misconception(
    "M101",
    "bias-left-out",
    "The bias is left out",
    looks="A weighted sum that ends after the last weight.",
    why="The bias has no input of its own, so it is not in the pairs that one multiplies.",
    right="net = w1 x1 + w2 x2 + b: the bias is added once, whatever the inputs are.",
    question="Is a net made of products alone?",
    wrong_example="net_Y1 = 0.40 × 0.5933 + 0.50 × 0.5969 = 0.5358",
    right_example="net_Y1 = 0.40 × 0.5933 + 0.50 × 0.5969 + 0.60 = 1.1358",
    mutants=mutants,
)

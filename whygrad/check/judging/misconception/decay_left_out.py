"""The new weight without its decay, and with one that forgets the rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.algebra import replaced
from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.graph import constant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The weight that does not decay, and the one that decays by the whole strength."""
    decayed, old, rate = scene.decay(quantity), scene.old(quantity), scene.rate(quantity)
    if decayed is None or old is None or rate is None:
        return
    formula = scene.formula(quantity)
    yield Mutant(replaced(formula, {decayed: old.leaf}), "without the decay")
    yield Mutant(
        replaced(formula, {decayed: replaced(decayed, {rate.leaf: constant(1.0)})}), "with the decay without the rate"
    )


MISCONCEPTION = Misconception(
    "M515",
    "decay-left-out",
    "The weight decay is left out, or taken without the learning rate",
    looks="The weight moves by the gradient alone, or is far too small.",
    why="The decay has nothing to do with the error, and its strength is given beside the rate.",
    right="w × (1 - rate × decay) before the step: each weight shrinks a little.",
    question="What happens to a weight here whose gradient is zero?",
    wrong_example="w5_new = 0.40 - 0.5 × 0.0815 = 0.3592",
    right_example="w5_new = 0.40 × (1 - 0.5 × 0.1) - 0.5 × 0.0815 = 0.3392",
    mutants=mutants,
)

"""What an optimizer remembers, with the new gradient in another share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.algebra import factors, number, product, total, without
from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.check.judging.scene import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """A velocity as a running mean, a running mean as a velocity, and one with its two shares exchanged."""
    kept = next(scene.terms_with(quantity, Part.MEMORY), None)
    if scene.part(quantity) is not Part.NEW_MEMORY or kept is None:
        return
    memory, _ = kept
    share = next((found for each in factors(memory) if (found := number(each)) is not None), None)
    parts = without(scene.summands(quantity), memory)
    if share is None or not parts:
        return
    given = [each for each in factors(total(parts)) if number(each) is not None]
    if not given:
        yield Mutant(memory + (1.0 - share) * total(parts), f"with {1.0 - share:.6g} of the gradient")
        return
    gradient = product(without(factors(total(parts)), given[0]))
    yield Mutant(memory + gradient, "with the whole gradient")
    rest = product([each for each in factors(memory) if number(each) is None])
    yield Mutant((1.0 - share) * rest + share * gradient, "with the two shares exchanged")


MISCONCEPTION = Misconception(
    "M510",
    "share-of-the-gradient",
    "The new gradient gets another share of what is remembered",
    looks="The velocity is a tenth of the gradient, or the running mean is all of it.",
    why="A velocity adds the whole gradient, a running mean only a share of it, and the two look alike.",
    right="A velocity is momentum × v + gradient; a running mean is beta × m + (1 - beta) × gradient.",
    question="How much of the new gradient enters what is remembered?",
    wrong_example="velocity_w5_new = 0.9 × 0 + 0.1 × 0.0815 = 0.0082",
    right_example="velocity_w5_new = 0.9 × 0 + 0.0815 = 0.0815",
    mutants=mutants,
)

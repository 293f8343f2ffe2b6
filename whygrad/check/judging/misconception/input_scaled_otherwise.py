"""The inputs as the table has them where the network scales them, or the other way round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.algebra import replaced
from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.check.judging.scene import Part
from whygrad.graph import constant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The net, or the gradient of a weight, with the inputs in their other scale: all of them, and each."""
    if scene.part(quantity) not in (Part.NET, Part.OUT, Part.WEIGHT_GRADIENT):
        return
    formula = scene.formula(quantity)
    read = {each: scene.step.taken_for(each) for each in scene.reads(formula, Part.INPUT)}
    for told in dict.fromkeys(words for others in read.values() for words in others):
        other = {each: constant(others[told]) for each, others in read.items() if told in others}
        names = ", ".join(each.written for each in other)
        yield Mutant(replaced(formula, {each.leaf: number for each, number in other.items()}), f"{names} {told}")
        for each, number in other.items() if len(other) > 1 else ():
            yield Mutant(replaced(formula, {each.leaf: number}), f"{each.written} {told}")


MISCONCEPTION = Misconception(
    "M112",
    "input-scaled-otherwise",
    "An input is taken in another scale",
    looks="A weighted sum of the numbers in the table, where the network has standardised them, or the reverse.",
    why="The table is what one looks at; that the numbers are scaled before the network sees them stands elsewhere.",
    right="The network reads scaled numbers, and each weight meets those: (x - mean) / deviation.",
    question="Does the network read the numbers of the table as they are?",
    wrong_example="net_h1 = 0.5 × 181 + 0.1 = 90.6",
    right_example="net_h1 = 0.5 × (181 - 190) / 10 + 0.1 = -0.35",
    mutants=mutants,
)

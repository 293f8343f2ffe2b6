"""The blame of an out without one of the units that it feeds."""

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
    """The blame without each of its parts."""
    parts = terms(scene.formula(quantity))
    if scene.part(quantity) is not Part.OUT_BLAME or len(parts) < 2:
        return
    for term, (blame, *_) in scene.terms_with(quantity, Part.NET_BLAME):
        yield Mutant(total(without(parts, term)), f"without the path through {blame.written.removeprefix('dE/d')}")


MISCONCEPTION = Misconception(
    "M307",
    "path-left-out",
    "A path is left out",
    looks="The blame of a hidden unit comes from one output only.",
    why="One follows a single path through the picture.",
    right="Every unit that reads this out sends blame back, and the parts are added.",
    question="Along how many ways does this unit reach the loss?",
    wrong_example="dE/dout_H1 = 0.1374 × 0.40 = 0.0550",
    right_example="dE/dout_H1 = 0.1374 × 0.40 - 0.0397 × 0.45 = 0.0371",
    mutants=mutants,
)

"""The blame of a net as if a softmax were a sigmoid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.algebra import is_of
from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.check.judging.scene import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The part of the unit's own output: its derivative of the cross-entropy times the diagonal of the softmax."""
    out, target = scene.twin(quantity, Part.OUT), scene.twin(quantity, Part.TARGET)
    if scene.part(quantity) is not Part.NET_BLAME or out is None or not is_of(scene.formula(out), "softmax", "divide"):
        return
    for target in scene.reads(scene.formula(quantity), Part.TARGET):
        yield Mutant(-(target.leaf * (1.0 - out.leaf)), f"only the path through {out.written}")


MISCONCEPTION = Misconception(
    "M314",
    "softmax-cross-terms-ignored",
    "The cross terms of the softmax are ignored",
    looks="out (1 - out) for a softmax, with only the unit's own output.",
    why="The softmax looks like a function of its own net alone.",
    right="Every output of a softmax depends on every net; with cross-entropy all of it is out - target.",
    question="On which nets does one output of a softmax depend?",
    wrong_example="dE/dnet_1 = -target_1 (1 - out_1)",
    right_example="dE/dnet_1 = out_1 - target_1",
    mutants=mutants,
)

"""A step by a root that has the small number under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.judging.algebra import is_of, number, replaced
from whygrad.check.judging.misconception.record import Misconception, Mutant
from whygrad.check.judging.scene import Part
from whygrad.graph import topological
from whygrad.primitive import sqrt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene


def mutants(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
    """The step with epsilon under the root, and without it."""
    if scene.part(quantity) not in (Part.NEW_WEIGHT, Part.NEW_BIAS):
        return
    formula = scene.formula(quantity)
    for node in topological([formula]):
        if is_of(node, "add") and is_of(root := node.inputs[0], "sqrt") and number(node.inputs[1]) is not None:
            squares, epsilon = root.inputs[0], node.inputs[1]
            yield Mutant(replaced(formula, {node: sqrt(squares + epsilon)}), "with epsilon under the root")
            yield Mutant(replaced(formula, {node: root}), "without epsilon")


MISCONCEPTION = Misconception(
    "M513",
    "epsilon-inside-the-root",
    "Epsilon is put under the root",
    looks="A step that is a little too small where the gradients are small, and right elsewhere.",
    why="Some books have it there, and it only shows where gradients are tiny.",
    right="sqrt(v) + epsilon: the root is taken first.",
    question="Where does the small number stand that keeps the division from failing?",
    wrong_example="w5_new = 0.40 - 0.1 × 0.0815 / sqrt(0.00664 + 0.001) = 0.3068",
    right_example="w5_new = 0.40 - 0.1 × 0.0815 / (sqrt(0.00664) + 0.001) = 0.3012",
    mutants=mutants,
)

"""Ways of writing the same method down that differ and are not errors, and a step as it is under some of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, Final

from whygrad.check.judging.scene import Part, Scene

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from whygrad.check.judging.quantities import Quantities, Quantity
    from whygrad.graph import Expr


@dataclass(frozen=True)
class Convention:
    """A choice that books make differently.

    - `about`: what is chosen, "loss"; only one convention about a thing can hold.
    - `words`: how it is told; `change`: another formula for a quantity, None where it stays as it is.
    - `cost`: how much it must explain before it is believed, in lines.
    """

    about: str
    words: str
    change: Callable[[Scene, Quantity], Expr | None]
    cost: int = 1


class World:
    """A step under some conventions: the same quantities, some of them made of something else."""

    def __init__(self, step: Quantities, changed: Mapping[Quantity, Expr]) -> None:
        self.step, self.changed = step, changed

    def every(self) -> Sequence[Any]:
        return self.step.every()

    def definition(self, element: Any) -> Expr:
        return self.changed[element] if element in self.changed else self.step.definition(element)

    def leaves(self, expr: Expr) -> Sequence[Any]:
        return self.step.leaves(expr)

    def is_parameter(self, element: Any) -> bool:
        return self.step.is_parameter(element)


def scaled(factor: float, *parts: Part) -> Callable[[Scene, Quantity], Expr | None]:
    """The quantities of some parts that are made with the targets themselves, times a factor."""

    def change(scene: Scene, quantity: Quantity) -> Expr | None:
        formula = scene.formula(quantity)
        if scene.part(quantity) not in parts or not scene.reads(formula, Part.TARGET):
            return None
        return factor * formula

    return change


def averaged(scene: Scene, quantity: Quantity) -> Expr | None:
    """The loss as a mean over its parts, and the blame of the outputs to fit."""
    count = len(scene.of_part(Part.ERROR))
    if count < 2:
        return None
    if scene.part(quantity) is Part.LOSS:
        return scene.formula(quantity) / float(count)
    is_first = scene.part(quantity) in (Part.OUT_BLAME, Part.NET_BLAME)
    return scene.formula(quantity) / float(count) if is_first and is_of_an_output(scene, quantity) else None


def is_of_an_output(scene: Scene, quantity: Quantity) -> bool:
    """Whether a blame is made with a target."""
    return bool(scene.reads(scene.formula(quantity), Part.TARGET))


def biases_stay(scene: Scene, quantity: Quantity) -> Expr | None:
    """A bias after the update as it was before."""
    old = scene.old(quantity)
    return old.leaf if scene.part(quantity) is Part.NEW_BIAS and old is not None else None


def in_sequence(scene: Scene, quantity: Quantity) -> Expr | None:
    """Blame that goes back by weights that are updated already."""
    return scene.with_twins(quantity, Part.WEIGHT, Part.NEW_WEIGHT) if scene.part(quantity) is Part.OUT_BLAME else None


FIRST_PARTS: Final = (Part.ERROR, Part.LOSS, Part.OUT_BLAME, Part.NET_BLAME)
CONVENTIONS: Final = (
    Convention("half", "the loss without its half: (target - out)^2", scaled(2.0, *FIRST_PARTS)),
    Convention("half", "the loss with a half: 1/2 (target - out)^2", scaled(0.5, *FIRST_PARTS)),
    Convention("mean", "the loss as the mean over the outputs", averaged),
    Convention("biases", "biases that are not updated", biases_stay),
    Convention("order", "weights updated one layer after the other, from the output on", in_sequence, cost=2),
)


def choices() -> Iterator[tuple[Convention, ...]]:
    """Every set of conventions that do not contradict each other, the smallest first."""
    about = {each.about: [other for other in CONVENTIONS if other.about == each.about] for each in CONVENTIONS}
    every = product(*([None, *some] for some in about.values()))
    found = [tuple(each for each in some if each is not None) for some in every]
    yield from sorted(found, key=lambda some: sum(each.cost for each in some))


def under(step: Quantities, conventions: Sequence[Convention]) -> Quantities:
    """A step under some conventions, one after the other."""
    for convention in conventions:
        scene = Scene(step)
        found = {each: convention.change(scene, each) for each in scene.quantities}
        step = World(step, {each: formula for each, formula in found.items() if formula is not None})
    return step

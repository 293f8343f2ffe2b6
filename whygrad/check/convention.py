"""Ways of writing the same method down that differ and are not errors, and a step as it is under some of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from whygrad.check.judging.account import Account
from whygrad.check.judging.algebra import is_of, number, replaced, total
from whygrad.check.judging.scene import Part, Scene, layer_of, part_of
from whygrad.graph import Constant, constant, topological

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from whygrad.check.judging.quantities import Evaluate, Quantities, Quantity
    from whygrad.graph import Expr
    from whygrad.graph.element import Index


@dataclass(frozen=True)
class Convention:
    """A choice that books make differently.

    - `name`: what one asks for it by; `about`: what is chosen, "half": only one convention about a thing can hold.
    - `words`: how it is told; `change`: another formula for a quantity, None where it stays as it is.
    - `cost`: how much it must explain before it is believed, in lines.
    """

    name: str
    about: str
    words: str
    change: Callable[[Scene, Quantity], Expr | None]
    cost: float = 1


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

    def taken_for(self, element: Any) -> Mapping[str, float]:
        return self.step.taken_for(element)


def scaled(factor: float, loss: str) -> Callable[[Scene, Quantity], Expr | None]:
    """Where the loss is of a kind, it and the blame that comes from it first, times a factor."""

    def change(scene: Scene, quantity: Quantity) -> Expr | None:
        formula = scene.formula(quantity)
        if scene.part(quantity) not in FIRST_PARTS or not scene.reads(formula, Part.TARGET) or not has(scene, loss):
            return None
        return factor * formula

    return change


def has(scene: Scene, loss: str) -> bool:
    """Whether the loss of a step is made by a primitive of this name."""
    formulas = [scene.formula(each) for part in (Part.ERROR, Part.LOSS) for each in scene.of_part(part)]
    return any(is_of(node, loss) for formula in formulas for node in topological([formula]))


def averaged(scene: Scene, quantity: Quantity) -> Expr | None:
    """The loss as a mean over its parts, and the blame of the outputs to fit."""
    count = len(scene.of_part(Part.ERROR))
    return shared_out(scene, quantity, 1.0 / count) if count > 1 and not is_mean(scene) else None


def summed(scene: Scene, quantity: Quantity) -> Expr | None:
    """A loss that is a mean over its parts as their sum, and the blame of the outputs to fit."""
    return shared_out(scene, quantity, float(len(scene.of_part(Part.ERROR)))) if is_mean(scene) else None


def shared_out(scene: Scene, quantity: Quantity, factor: float) -> Expr | None:
    """The loss, and the blame that comes from it first, times a factor; None for all else."""
    is_first = scene.part(quantity) in (Part.OUT_BLAME, Part.NET_BLAME) and is_of_an_output(scene, quantity)
    return factor * scene.formula(quantity) if is_first or scene.part(quantity) is Part.LOSS else None


def is_mean(scene: Scene) -> bool:
    """Whether the loss is the mean of its parts, and not their sum: its formula has their number in it."""
    errors, losses = scene.of_part(Part.ERROR), scene.of_part(Part.LOSS)
    counts = (float(len(errors)), 1.0 / len(errors)) if len(errors) > 1 else ()
    return any(number(node) in counts for each in losses for node in topological([scene.formula(each)]))


def is_of_an_output(scene: Scene, quantity: Quantity) -> bool:
    """Whether a blame is made with a target."""
    return bool(scene.reads(scene.formula(quantity), Part.TARGET))


def negative(scene: Scene, quantity: Quantity) -> Expr | None:
    """The error as target - out, and every derivative that comes from it in that sign; the update adds them."""
    part, formula = scene.part(quantity), scene.formula(quantity)
    if part in (Part.OUT_BLAME, Part.NET_BLAME) and is_of_an_output(scene, quantity):
        return -formula
    if part not in (Part.NEW_WEIGHT, Part.NEW_BIAS):
        return None
    slopes = [*scene.reads(formula, Part.WEIGHT_GRADIENT), *scene.reads(formula, Part.BIAS_GRADIENT)]
    return replaced(formula, {each.leaf: -each.leaf for each in slopes}) if slopes else None


def biases_stay(scene: Scene, quantity: Quantity) -> Expr | None:
    """A bias after the update as it was before."""
    old = scene.old(quantity)
    return old.leaf if scene.part(quantity) is Part.NEW_BIAS and old is not None else None


def biases_shared(scene: Scene, quantity: Quantity) -> Expr | None:
    """The gradient of a bias as the sum over its layer, where all biases of the layer are the same number."""
    if scene.part(quantity) is not Part.BIAS_GRADIENT:
        return None
    every = [quantity, *scene.peers(quantity)]
    biases = [scene.twin(each, Part.BIAS) for each in every]
    values = {each.value for each in biases if each is not None}
    return total([scene.formula(each) for each in every]) if len(every) > 1 and len(values) == 1 else None


def in_sequence(scene: Scene, quantity: Quantity) -> Expr | None:
    """Blame that goes back by weights that are updated already."""
    return scene.with_twins(quantity, Part.WEIGHT, Part.NEW_WEIGHT) if scene.part(quantity) is Part.OUT_BLAME else None


def renumbered(which: str) -> Callable[[Scene, Quantity], Expr | None]:
    """The weights of all layers, or of some, numbered by where they come from instead of where they lead to."""

    def change(scene: Scene, quantity: Quantity) -> Expr | None:
        part, formula = scene.part(quantity), scene.formula(quantity)
        if part is Part.WEIGHT_GRADIENT:
            moved = moves(scene, layer_of(quantity), which)
            other = scene.places.get((part, layer_of(quantity), moved.get(quantity.index, quantity.index)))
            return None if other is None or other is quantity else scene.formula(other)
        weights = scene.reads(formula, Part.WEIGHT) if part in (Part.NET, Part.OUT, Part.OUT_BLAME) else []
        moved = moves(scene, layer_of(weights[0]), which) if weights else {}
        there = {place: scene.places.get((Part.WEIGHT, layer_of(weights[0]), index)) for index, place in moved.items()}
        leaves = {each.leaf: named.leaf for each in weights if (named := there.get(each.index)) and named is not each}
        return replaced(formula, leaves) if leaves else None

    return change


def moves(scene: Scene, layer: str, which: str) -> dict[Index, Index]:
    """Where each weight of a layer would be if the layer were numbered the other way round; nothing for one row."""
    weights = [each for each in scene.of_part(Part.WEIGHT) if layer_of(each) == layer]
    last = layer_of(scene.of_part(Part.WEIGHT)[-1]) if weights else ""
    if which != "all" and (layer == last) != (which == "output"):
        return {}
    places = [each.index for each in sorted(weights, key=lambda each: natural(each.written))]
    by_aim, by_origin = sorted(places, key=lambda place: place[::-1]), sorted(places)
    if by_aim == by_origin or places not in (by_aim, by_origin):
        return {}
    return dict(zip(places, by_origin if places == by_aim else by_aim, strict=True))


def natural(name: str) -> list[tuple[int, str]]:
    """What names are sorted by as people count: w2 before w10."""
    return [(int(each), "") if each.isdecimal() else (0, each) for each in re.split(r"(\d+)", name)]


def nowhere(scene: Scene, quantity: Quantity) -> Expr | None:  # noqa: ARG001 (what all conventions take)
    """No change of a formula: what is other is the network, or the sign of what is written."""
    return None


FIRST_PARTS: Final = (Part.ERROR, Part.LOSS, Part.OUT_BLAME, Part.NET_BLAME)
BIASES_STAY: Final = Convention("biases-stay", "biases", "biases that are not updated", biases_stay)
MINUS: Final = Convention("minus", "delta", "deltas with the minus sign", nowhere)
SEPARATE: Final = Convention("separate-biases", "sharing", "a bias for each unit", nowhere)
IN_SEQUENCE: Final = Convention(
    "in-sequence", "order", "weights updated one layer after the other, from the output on", in_sequence, cost=1.5
)
RENUMBERED: Final = {
    which: Convention(name, "numbering", f"the weights of {words} numbered the other way round", renumbered(which), 2)
    for which, name, words in (
        ("all", "renumbered", "each layer"),
        ("hidden", "renumbered-hidden", "the hidden layers"),
        ("output", "renumbered-output", "the output layer"),
    )
}
CONVENTIONS: Final = (
    Convention("full", "half", "the loss without its half: (target - out)^2", scaled(2.0, "half_squared_error")),
    Convention("half", "half", "the loss with a half: 1/2 (target - out)^2", scaled(0.5, "squared_error")),
    Convention("mean", "mean", "the loss as the mean over the outputs", averaged),
    Convention("sum", "mean", "the loss as the sum over the outputs", summed),
    Convention("negative", "sign", "the error as target - out, and its derivatives in that sign", negative),
    BIASES_STAY,
    Convention("shared-biases", "sharing", "one bias shared by the units of a layer", biases_shared),
    IN_SEQUENCE,
    *RENUMBERED.values(),
)


def under(step: Quantities, conventions: Sequence[Convention]) -> Quantities:
    """A step under some conventions, one after the other."""
    for convention in conventions:
        scene = Scene(step)
        found = {each: convention.change(scene, each) for each in scene.quantities}
        changed = {each: formula for each, formula in found.items() if formula is not None}
        step = World(step, changed) if changed else step
    return step


class Before:
    """What came before the pass after an update; worked out when asked for."""

    def __init__(self, step: Quantities, after: Quantities, evaluate: Evaluate) -> None:
        self.step, self.after, self.evaluate = step, after, evaluate

    @cached_property
    def old(self) -> dict[Quantity, float]:
        """The weights and biases before the update, where they are known."""
        stated = [each for each in self.step.every() if self.step.is_parameter(each)]
        values = {part_and_place(each): each.value for each in stated if self.step.definition(each) is each.leaf}
        return {each: values[place] for each in self.after.every() if (place := part_and_place(each)) in values}

    @cached_property
    def in_sequence(self) -> dict[Quantity, float]:
        """Those after an update of each layer by the new weights of the one above it."""
        found = passed_on(under(self.step, (IN_SEQUENCE,)), self.after, self.evaluate).changed
        return {each: float(value.value) for each, value in found.items() if isinstance(value, Constant)}


def passed_on(step: Quantities, after: Quantities, evaluate: Evaluate) -> World:
    """The step after another, with the parameters that the first, as it is now, leads to."""
    account, new = Account(step, evaluate), {part_and_place(each): each for each in step.every()}
    changed: dict[Quantity, Expr] = {}
    for each in after.every():
        part, place = part_and_place(each)
        later = {Part.WEIGHT: Part.NEW_WEIGHT, Part.BIAS: Part.NEW_BIAS}.get(part)
        if later is not None and (later, place) in new:
            changed[each] = constant(account.value(new[later, place]))
    return World(after, changed)


def part_and_place(quantity: Quantity) -> tuple[Part, tuple[str, Index]]:
    """What tells a quantity from the others of a step."""
    return part_of(quantity), (layer_of(quantity), quantity.index)

"""Who plays which part in a step: the nets, the slopes, the weights, and which of them belong together."""

from __future__ import annotations

from enum import Enum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from whygrad.check.judging.algebra import factors, is_of, product, reads, replaced, terms, without
from whygrad.graph import topological

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.quantities import Past, Quantities, Quantity
    from whygrad.graph import Expr


class Part(Enum):
    """The part that a quantity plays in a step."""

    INPUT = "input"
    TARGET = "target"
    WEIGHT = "weight"
    BIAS = "bias"
    NET = "net"
    OUT = "out"
    ERROR = "error"
    LOSS = "loss"
    OUT_BLAME = "derivative by an out"
    NET_BLAME = "derivative by a net"
    WEIGHT_GRADIENT = "gradient of a weight"
    BIAS_GRADIENT = "gradient of a bias"
    NEW_WEIGHT = "weight after the update"
    NEW_BIAS = "bias after the update"
    MEMORY = "what the optimizer remembers"
    NEW_MEMORY = "what it remembers after the update"
    OTHER = "other"


ENDINGS: Final = {
    ("", "W"): Part.WEIGHT,
    ("", "b"): Part.BIAS,
    ("", "net"): Part.NET,
    ("", "out"): Part.OUT,
    ("adjoint", "net"): Part.NET_BLAME,
    ("adjoint", "out"): Part.OUT_BLAME,
    ("adjoint", "W"): Part.WEIGHT_GRADIENT,
    ("adjoint", "b"): Part.BIAS_GRADIENT,
    ("gradient", "W"): Part.WEIGHT_GRADIENT,
    ("gradient", "b"): Part.BIAS_GRADIENT,
    ("after", "W"): Part.NEW_WEIGHT,
    ("after", "b"): Part.NEW_BIAS,
}
MEMORIES: Final = {"": Part.MEMORY, "after": Part.NEW_MEMORY}
WHOLE: Final = {"x": Part.INPUT, "y": Part.TARGET, "errors": Part.ERROR, "loss": Part.LOSS}


def part_of(quantity: Quantity) -> Part:
    """The part that a quantity plays, told by its place in the trace."""
    words = quantity.ref.partition("[")[0].split()
    sort = next((each for each in words if each in ("adjoint", "gradient", "after")), "")
    if not sort and quantity.array in WHOLE:
        return WHOLE[quantity.array]
    if quantity.array.rpartition(".")[0].endswith((".W", ".b")) and sort in MEMORIES:
        return MEMORIES[sort]
    return ENDINGS.get((sort, quantity.array.rpartition(".")[2]), Part.OTHER)


@lru_cache(maxsize=16)
def parts_of(quantities: tuple[Quantity, ...]) -> dict[Quantity, Part]:
    """The part of each quantity; the same for a step under many conventions."""
    return {each: part_of(each) for each in quantities}


class Scene:
    """The quantities of a step by their parts.

    `past`: of the pass after an update, what came before it; else None.
    """

    def __init__(self, step: Quantities, past: Past | None = None) -> None:
        self.step, self.past = step, past
        self.quantities: list[Quantity] = list(step.every())
        self.parts = parts_of(tuple(self.quantities))

    @cached_property
    def places(self) -> dict[tuple[Part, str, tuple[int, ...]], Quantity]:
        """Quantities by part, layer and index."""
        return {(self.parts[each], layer_of(each), each.index): each for each in self.quantities}

    def part(self, quantity: Quantity) -> Part:
        """The part that a quantity plays."""
        return self.parts.get(quantity, Part.OTHER)

    def twin(self, quantity: Quantity, part: Part) -> Quantity | None:
        """What plays another part at the same place: the out of a net, the gradient of a weight."""
        return self.places.get((part, layer_of(quantity), quantity.index))

    def with_twins(self, quantity: Quantity, own: Part, other: Part) -> Expr | None:
        """What a quantity is made of, all that play one part in it replaced by their twins; None where none has one."""
        formula = self.formula(quantity)
        pairs = [(each, self.twin(each, other)) for each in self.reads(formula, own)]
        twins = {each.leaf: twin.leaf for each, twin in pairs if twin is not None}
        return replaced(formula, twins) if twins else None

    def peers(self, quantity: Quantity) -> list[Quantity]:
        """The others that play the same part in the same layer, and for the same row."""
        return [
            each
            for each in self.quantities
            if each is not quantity
            and self.parts[each] is self.part(quantity)
            and (layer_of(each), each.row) == (layer_of(quantity), quantity.row)
        ]

    def of_part(self, part: Part) -> list[Quantity]:
        """All that play a part."""
        return [each for each in self.quantities if self.parts[each] is part]

    def formula(self, quantity: Quantity) -> Expr:
        """What a quantity is truly made of."""
        return self.step.definition(quantity)

    def reads(self, formula: Expr, part: Part) -> list[Quantity]:
        """The quantities in a formula that play a part."""
        return [each for each in self.step.leaves(formula) if self.part(each) is part]

    def terms_with(self, quantity: Quantity, part: Part) -> Iterator[tuple[Expr, list[Quantity]]]:
        """The summands of a formula that have quantities of a part in them, with these."""
        for term in terms(self.formula(quantity)):
            if found := self.reads(term, part):
                yield term, found

    def gate(self, quantity: Quantity) -> Expr | None:
        """What comes from above to the blame of a net whose activation lets it through or not; None without a gate."""
        above = self.twin(quantity, Part.OUT_BLAME)
        formula = self.formula(quantity)
        is_gate = self.part(quantity) is Part.NET_BLAME and is_of(formula, "where")
        return above.leaf if is_gate and above is not None else None

    def unit_of(self, gradient: Quantity, part: Part) -> Quantity | None:
        """What plays a part in the unit that a weight leads to, in the only row or the first: its net, its out."""
        unit, row = gradient.index[-1:], (0,)
        return self.places.get((part, layer_of(gradient), row + unit))

    def old(self, quantity: Quantity) -> Quantity | None:
        """The parameter before the update, of one after it."""
        before = {Part.NEW_WEIGHT: Part.WEIGHT, Part.NEW_BIAS: Part.BIAS}.get(self.part(quantity))
        return None if before is None else self.twin(quantity, before)

    def rate(self, quantity: Quantity) -> Quantity | None:
        """The learning rate that a parameter after the update was made with, where it stands in the formula."""
        if self.old(quantity) is None:
            return None
        read = self.step.leaves(self.formula(quantity))
        return next((each for each in read if each.array == "learning_rate"), None)

    def summands(self, quantity: Quantity) -> list[Expr]:
        """The summands of what a quantity is made of."""
        return terms(self.formula(quantity))

    def decay(self, quantity: Quantity) -> Expr | None:
        """The factor by which a weight shrinks before its update, times the weight: w (1 - rate decay); or None."""
        old, rate = self.old(quantity), self.rate(quantity)
        if old is None or rate is None:
            return None
        for term in self.summands(quantity):
            if is_of(term, "multiply") and term.inputs[0] is old.leaf and reads(term.inputs[1], rate.leaf):
                return term
        return None

    def is_rooted(self, formula: Expr) -> bool:
        """Whether a step is divided by a root, as Adam's is."""
        return any(is_of(each, "sqrt") for each in topological([formula]))

    def slope(self, quantity: Quantity) -> tuple[Expr, Expr] | None:
        """The blame of a net taken apart: what comes from above, and the slope of the activation; None without one.

        dE/dnet = dE/dout * slope: the factor that is the blame of the same unit's out is what comes from above.
        """
        if self.part(quantity) is not Part.NET_BLAME:
            return None
        above = self.twin(quantity, Part.OUT_BLAME)
        parts = factors(self.formula(quantity))
        if above is None or above.leaf not in parts or len(parts) < 2:
            return None
        return above.leaf, product(without(parts, above.leaf))


def layer_of(quantity: Quantity) -> str:
    """The layer that a quantity belongs to, "hidden"; "" where it belongs to none."""
    return quantity.array.rpartition(".")[0]

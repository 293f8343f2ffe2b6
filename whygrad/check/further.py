"""Quantities that a step has no node of its own for: dout_Y1/dnet_Y1, the change of a weight. Made when asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from whygrad.check.judging.algebra import product, reads, total
from whygrad.check.judging.scene import Part, Scene
from whygrad.graph import Expr, Input, constant
from whygrad.primitive import gradient

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from whygrad.check.judging.quantities import Quantities, Quantity
    from whygrad.graph.element import Index

DIFFERENTIATED: Final = (Part.NET, Part.OUT, Part.ERROR, Part.LOSS)
LONGEST_WAY: Final = 12  # quantities between one and what it is differentiated by


@dataclass(frozen=True, eq=False)
class Made:
    """A quantity made of others by `formula`."""

    written: str
    formula: Expr
    leaf: Input = field(default_factory=lambda: Input((), ""))
    array: str = ""
    index: Index = ()
    row: int | None = None
    value: float = float("nan")

    @property
    def ref(self) -> str:
        return self.written


class Further:
    """A step with further quantities, which no formula of the step reads."""

    def __init__(self, step: Quantities) -> None:
        self.step = step
        self.scene = Scene(step)
        self.made: dict[tuple[str, Quantity, Quantity], Made | None] = {}
        self.read: dict[Expr, Sequence[Any]] = {}

    def every(self) -> Sequence[Any]:
        return self.step.every()

    def definition(self, element: Any) -> Expr:
        return element.formula if isinstance(element, Made) else self.step.definition(element)

    def leaves(self, expr: Expr) -> Sequence[Any]:
        if expr not in self.read:
            self.read[expr] = self.step.leaves(expr)
        return self.read[expr]

    def is_parameter(self, element: Any) -> bool:
        return not isinstance(element, Made) and self.step.is_parameter(element)

    def taken_for(self, element: Any) -> Mapping[str, float]:
        return {} if isinstance(element, Made) else self.step.taken_for(element)

    def derivative(self, of: Quantity, by: Quantity) -> Made | None:
        """How one quantity changes with another that it is made of, along every path; None where it is not."""
        place = ("d", of, by)
        if place not in self.made:
            formula = self.slope(of, by, {}, 0) if self.scene.part(of) in DIFFERENTIATED and of is not by else None
            self.made[place] = None if formula is None else Made(f"d{of.written}/d{by.written}", formula)
        return self.made[place]

    def difference(self, target: Quantity) -> Made | None:
        """Target - out of an output, which some call its error, of its target."""
        outs = [each for each in self.scene.of_part(Part.OUT) if each.index == target.index]
        if not outs:
            return None
        place = ("-", target, outs[-1])
        if place not in self.made:
            self.made[place] = Made(f"{target.written} - {outs[-1].written}", target.leaf - outs[-1].leaf)
        return self.made[place]

    def change(self, new: Quantity) -> Made | None:
        """What an update adds to a parameter, of the parameter after it."""
        old = self.scene.old(new)
        if old is None:
            return None
        place = ("Δ", new, old)
        if place not in self.made:
            self.made[place] = Made(f"Δ{old.written}", self.step.definition(new) - old.leaf)
        return self.made[place]

    def slope(self, of: Quantity, by: Quantity, known: dict[Quantity, Expr | None], depth: int) -> Expr | None:
        """The derivative as a formula: over everything that is read, its own slope times the local one."""
        if of is by:
            return constant(1.0)
        if of not in known:
            formula = self.step.definition(of)
            read = [] if formula is of.leaf or depth > LONGEST_WAY else self.step.leaves(formula)
            ways = [(each, self.slope(each, by, known, depth + 1)) for each in read]
            shares = [
                local(formula, each) if each is by else product([inner, local(formula, each)])
                for each, inner in ways
                if inner is not None
            ]
            known[of] = total(shares) if shares else None
        return known[of]


def local(formula: Expr, by: Quantity) -> Expr:
    """The derivative of a formula by one of its leaves."""
    return gradient(formula, [by.leaf])[0] if reads(formula, by.leaf) else constant(0.0)

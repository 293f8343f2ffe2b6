"""A solution as somebody writes it down: number by number, each rounded before it is used, a misconception planted.

Whoever knows how a step is worked out with a person's numbers and formulas hands that in: the checker's `Account` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from whygrad.graph import Expr

Rounding = Callable[[float], str]  # how a number is written: what it is from there on


class Quantity(Protocol):
    """A number of a step that has a name, "net_H1"."""

    @property
    def written(self) -> str: ...


class Working(Protocol):
    """A step worked out with some numbers and formulas of a person's own."""

    def again(self, quantity: Any) -> float:
        """What a quantity comes to by its formula."""


class Rule(Protocol):
    """A misconception: for a quantity, every other formula that it leads to (`formula` and `detail`)."""

    @property
    def name(self) -> str: ...

    @property
    def mutants(self) -> Callable[[Any, Any], Iterator[Any]]: ...


Work = Callable[[Mapping[Any, float], Mapping[Any, "Expr"]], Working]


@dataclass(frozen=True, eq=False)
class Written:
    """A number in a solution: the quantity, as it is written, and what that is worth."""

    quantity: Any
    text: str

    @property
    def value(self) -> float:
        return float(self.text)


@dataclass(frozen=True, eq=False)
class Plant:
    """A misconception at one place: there `formula` is used; `detail` says what is other, "without b1"."""

    rule: Any
    quantity: Any
    formula: Expr
    detail: str

    @property
    def changed(self) -> dict[Any, Expr]:
        """The formulas that are other than they should be."""
        return {self.quantity: self.formula}


def worked(
    work: Work,
    quantities: Iterable[Any],
    rounding: Rounding,
    changed: Mapping[Any, Expr] | None = None,
    *,
    from_rounded: bool = True,
) -> tuple[Written, ...]:
    """The quantities in order, each worked out from the numbers written before it.

    - `changed`: the formulas that the person has for some of them.
    - `from_rounded`: go on from what was written, else from what a calculator still had.

    A solution ends before a number that is none: infinite, or worked out in a circle.
    """
    found: list[Written] = []
    written: dict[Any, float] = {}
    for quantity in quantities:
        value = work(written if from_rounded else {}, changed or {}).again(quantity)
        if not isfinite(value):
            break
        found.append(Written(quantity, rounding(value)))
        written[quantity] = found[-1].value
    return tuple(found)


def plants(scene: Any, rules: Iterable[Any], quantities: Iterable[Any]) -> Iterator[Plant]:
    """Every misconception at every quantity where it can be made."""
    places = list(quantities)
    for rule in rules:
        for quantity in places:
            for mutant in rule.mutants(scene, quantity):
                yield Plant(rule, quantity, mutant.formula, mutant.detail)


def shows(right: Sequence[Written], wrong: Sequence[Written], plant: Plant, least: float) -> bool:
    """Whether a solution is right up to where a misconception is planted, and there off by `least` or more."""
    for one, other in zip(right, wrong, strict=False):
        if other.quantity is plant.quantity:
            return abs(one.value - other.value) >= least
        if one.text != other.text:
            return False
    return False

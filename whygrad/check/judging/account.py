"""A step as somebody may have computed it: some numbers are theirs, some formulas are others than the true ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from whygrad.check.judging.quantities import Evaluate, Quantities, Quantity
    from whygrad.graph import Expr


class Account:
    """The value of every quantity, worked out when asked for.

    - `given`: numbers that are taken as they are, whatever they should be.
    - `changed`: other formulas for some quantities, over the leaves of others.
    - `worked`: what was found so far; `known` is what was found elsewhere, and holds here as well.
    """

    def __init__(
        self,
        step: Quantities,
        evaluate: Evaluate,
        given: Mapping[Quantity, float] | None = None,
        changed: Mapping[Quantity, Expr] | None = None,
        known: Mapping[Quantity, float] | None = None,
    ) -> None:
        self.step, self.evaluate = step, evaluate
        self.given, self.changed = dict(given or {}), dict(changed or {})
        self.worked: dict[Quantity, float] = {**(known or {}), **self.given}

    def value(self, quantity: Quantity) -> float:
        """What it comes to; NaN where it cannot be worked out, as with formulas that read each other in a circle."""
        if quantity in self.worked:
            return self.worked[quantity]
        stack, open_ = [(quantity, iter(self.read(quantity)))], {quantity}
        while stack:
            each, missing = stack[-1]
            above = next((x for x in missing if x not in self.worked), None)
            if above is None:
                self.worked[each] = self._computed(each)
                open_.remove(each)
                stack.pop()
            elif above in open_:
                return float("nan")
            else:
                open_.add(above)
                stack.append((above, iter(self.read(above))))
        return self.worked[quantity]

    def again(self, quantity: Quantity) -> float:
        """What it comes to by its formula, even where a number is given for it."""
        for each in self.read(quantity):
            self.value(each)
            if each not in self.worked:  # it reads itself
                return float("nan")
        return self._computed(quantity)

    def formula(self, quantity: Quantity) -> Expr:
        """What it is made of here."""
        return self.changed[quantity] if quantity in self.changed else self.step.definition(quantity)

    def read(self, quantity: Quantity) -> list[Quantity]:
        """What its formula reads."""
        formula = self.formula(quantity)
        return [] if formula is quantity.leaf else list(self.step.leaves(formula))

    def _computed(self, quantity: Quantity) -> float:
        formula = self.formula(quantity)
        if formula is quantity.leaf:
            return quantity.value
        values: dict[Expr, float] = {each.leaf: self.worked[each] for each in self.step.leaves(formula)}
        with np.errstate(all="ignore"):
            return float(self.evaluate([formula], values)[formula])

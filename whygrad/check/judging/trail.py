"""The trail of a quantity: what it is made of, down to the numbers that are given, worked out again and again.

A wrong number is tried under hundreds of other formulas. Each time only what depends on them is worked out again.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from whygrad.check.judging.account import Account

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from whygrad.check.judging.quantities import Quantity
    from whygrad.graph import Expr


class Trail:
    """A quantity and those that it is made of in an account; what the account is given ends the trail.

    - `above`: the quantity and each on the trail that is not given, the nearest first, with what it reads.
    - `value`: what the quantity comes to by its formula.
    """

    def __init__(self, account: Account, quantity: Quantity) -> None:
        self.account, self.quantity = account, quantity
        self.above: dict[Quantity, list[Quantity]] = {}
        waiting = [quantity]
        while waiting:
            each = waiting.pop(0)
            if each not in self.above:
                self.above[each] = account.read(each)
                waiting += [x for x in self.above[each] if x not in account.given and x not in self.above]
        self.value = account.again(quantity)

    @cached_property
    def used(self) -> list[Quantity]:
        """The given numbers that the way leads to."""
        read = (x for each in self.above.values() for x in each)
        return list(dict.fromkeys(x for x in read if x in self.account.given))

    def under(self, changed: Mapping[Quantity, Expr]) -> float:
        """What the quantity comes to with other formulas for some on the way."""
        return self.other(self.account.given, {**self.account.changed, **changed}, changed)

    def operands(self, changed: Mapping[Quantity, Expr]) -> list[float]:
        """The values that the quantity is made of with other formulas for some."""
        account = self.account_with(self.account.given, {**self.account.changed, **changed}, changed)
        return [account.value(each) for each in account.read(self.quantity)]

    def moved(self, given: Quantity, value: float) -> float:
        """What the quantity comes to with another value of a number that is given."""
        return self.other({**self.account.given, given: value}, self.account.changed, [given])

    def other(
        self, given: Mapping[Quantity, float], changed: Mapping[Quantity, Expr], moved: Iterable[Quantity]
    ) -> float:
        """What the quantity comes to in another account."""
        return self.account_with(given, changed, moved).again(self.quantity)

    def account_with(
        self, given: Mapping[Quantity, float], changed: Mapping[Quantity, Expr], moved: Iterable[Quantity]
    ) -> Account:
        """Another account; what is made of none that moved stays as it was."""
        worked, moves = self.account.worked, self.depending(frozenset(moved))
        stays = {each: worked[each] for each in self.above if each not in moves and each in worked}
        return Account(self.account.step, self.account.evaluate, given, changed, stays)

    def depending(self, changed: frozenset[Quantity]) -> set[Quantity]:
        """The quantities on the way that are made of any of some, directly or not; these included."""
        if changed not in self.dependents:
            found, waiting = set(changed), list(changed)
            while waiting:
                for each in self.below.get(waiting.pop(), ()):
                    if each not in found:
                        found.add(each)
                        waiting.append(each)
            self.dependents[changed] = found
        return self.dependents[changed]

    @cached_property
    def dependents(self) -> dict[frozenset[Quantity], set[Quantity]]:
        """What was found so far to depend on what."""
        return {}

    @cached_property
    def below(self) -> dict[Quantity, list[Quantity]]:
        """What on the way reads each quantity."""
        found: dict[Quantity, list[Quantity]] = {}
        for each, read in self.above.items():
            for x in read:
                found.setdefault(x, []).append(each)
        return found

"""What the names and the numbers in a chain are worth: a person's own, the network's, exact or rounded."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from whygrad.check.finding import literals, signed
from whygrad.check.judging.verdict import Printed
from whygrad.check.lexicon import plain
from whygrad.check.links import Links
from whygrad.graph import Constant, topological

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whygrad.check.judging.judge import Judge
    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.naming import Naming
    from whygrad.check.reading.formula import Chain, Name

EXACT: Final = 1e-12


class Values:
    """What is known of a step and of what a person wrote so far.

    - `own`: the latest number of every name; `made`: names that a person made of what they might have meant.
    """

    def __init__(self, naming: Naming | None, judges: Sequence[Judge]) -> None:
        self.naming, self.judges = naming, judges
        self.own: dict[str, list[Printed]] = {}
        self.made: set[str] = set()

    def judge_of(self, quantity: Quantity) -> Judge:
        """The judge of the step that a quantity belongs to."""
        second = self.naming is not None and self.naming.is_second(quantity)
        return self.judges[1 if second else 0]

    def is_own(self, name: str) -> bool:
        """Whether a name is a person's own, whatever the network calls so."""
        return plain(name) in self.made

    def links(self, chain: Chain, subject: Quantity | None, *, later: int) -> Links:
        """What holds the links of a chain against each other."""
        rounded = [] if subject is None else self.rounded_in(subject, chain)
        return Links(lambda name: self.of(name, subject, later=later), self.exact_in(subject), rounded)

    def of(self, name: Name, subject: Quantity | None, *, later: int) -> list[Printed]:
        """What a name may be worth: the person's latest number for it, else the true one."""
        own = self.own.get(plain(name.text), [])
        if self.naming is None or self.is_own(name.text):
            return own
        found: list[Printed] = []
        if subject is not None and self.naming.is_bias(name.text):
            found += [Printed(each.value, 0.0) for each in self.naming.bias_of(subject)]
        for each in self.naming.meanings(name.text, later=later):
            found += [signed(value, each.sign) for value in self.judge_of(each.quantity).worths(each.quantity)]
        return found or own

    def rounded_in(self, subject: Quantity, chain: Chain) -> list[float]:
        """The values of what a quantity is made of that may stand rounded in a chain; not given ones that it shows."""
        judge, stated = self.judge_of(subject), [abs(each.value) for each in literals(chain)]
        found: list[float] = []
        for each in judge.truth.read(subject):
            value, entry = judge.truth.value(each), judge.entries.get(each)
            is_given = judge.truth.formula(each) is each.leaf
            if not is_given or not any(abs(abs(value) - other) <= EXACT for other in stated):
                found += [value, *([entry.printed.value] if entry is not None and not is_given else [])]
        return found

    def exact_in(self, subject: Quantity | None) -> Sequence[float]:
        """What is given, and the numbers of a quantity's own formula: Adam's 0.999 is not rounded either."""
        if subject is None:
            return self.exact
        formula = self.judge_of(subject).truth.formula(subject)
        own = {abs(float(each.value)) for each in topological([formula]) if isinstance(each, Constant)}
        return sorted({*self.exact, *own}) if own else self.exact

    @cached_property
    def exact(self) -> list[float]:
        """The sizes of the numbers that are given and so have no rounding, in order."""
        if self.naming is None:
            return []
        truth = self.judges[0].truth
        given = (each for each in self.naming.scene.quantities if truth.formula(each) is each.leaf)
        return sorted(abs(truth.value(each)) for each in given)

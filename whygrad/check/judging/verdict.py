"""What a line of somebody's notes is: one verdict, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from math import isfinite
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from whygrad.check.judging.misconception.record import Misconception
    from whygrad.check.judging.quantities import Quantity
    from whygrad.graph import Expr


class Verdict(Enum):
    """One for each line."""

    RIGHT = "right"
    ROUNDING = "right by rounding"
    LAST_DIGIT = "last digit"
    FALSE_EXPRESSION = "right value, false expression"
    FOLLOWS = "follows"
    WRONG = "wrong"
    INCONSISTENT = "inconsistent"
    UNREAD = "unread"
    UNFILLED = "not filled in"
    UNJUDGED = "not judged"

    @property
    def is_fault(self) -> bool:
        """Whether what is computed from such a line is off because of it."""
        return self in (Verdict.LAST_DIGIT, Verdict.FOLLOWS, Verdict.WRONG, Verdict.INCONSISTENT)

    @property
    def is_error(self) -> bool:
        """Whether it is counted as an error of its own."""
        return self in (Verdict.FALSE_EXPRESSION, Verdict.WRONG, Verdict.INCONSISTENT)


@dataclass(frozen=True)
class Printed:
    """A number as it is written, and half a unit of its last shown place; 0 for one that is exact."""

    value: float
    half: float

    def holds(self, value: float, drift: float = 0.0) -> bool:
        """Whether a value is written like this, give or take what rounding on the way may have done to it."""
        if not isfinite(value):
            return False
        # A hair more than half a unit: halves are rounded either way, and doubles are not decimals.
        slack = 1e-9 * max(abs(value), abs(self.value)) if self.half else 1e-12 * max(abs(value), 1.0)
        return abs(value - self.value) <= self.half * (1 + 1e-6) + drift + slack


@dataclass(frozen=True)
class Working:
    """What stands beside a number: the numbers that it was worked out with, and what that is worth as it stands."""

    literals: tuple[Printed, ...] = ()
    worths: tuple[float, ...] = ()


@dataclass(frozen=True, eq=False)
class Cause:
    """A misconception that reproduces the number written: where, and what it gives.

    - `changed`: the quantities whose formula is other than it should be; `value`: what that leads to.
    - `everywhere`: whether it is made wherever it can be.
    """

    misconception: Misconception
    detail: str
    changed: Mapping[Quantity, Expr]
    value: float
    everywhere: bool = False


@dataclass(frozen=True, eq=False)
class Judgement:
    """A verdict on a number written for a quantity.

    - `true`: what it should be; `expected`: what it should be given the numbers written before it.
    - `drift`: how much rounding on the way may have done; `since`: the line that it follows from.
    - `causes`: what explains it, the likeliest first; `slip`: what happened to its digits.
    - `borne_out`: the cause of an earlier number that this one has in it as well.
    """

    verdict: Verdict
    true: float
    expected: float
    drift: float = 0.0
    since: int | None = None
    causes: Sequence[Cause] = field(default=())
    slip: str = ""
    borne_out: Sequence[Cause] = field(default=())

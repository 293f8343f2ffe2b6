"""What is suspected after a wrong number: causes that show in later numbers too, until those tell which it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.verdict import Cause
    from whygrad.graph import Expr

    Changed = dict[Quantity, Expr]


@dataclass(frozen=True, eq=False)
class Guess:
    """One thing that may have happened: causes that hold together, and what they change besides the wrong number."""

    causes: tuple[Cause, ...]
    elsewhere: Changed


@dataclass(eq=False)
class Suspicion:
    """What may explain the wrong number of a line; the first guess is the likeliest."""

    line: int
    guesses: list[Guess]


def suspicion(quantity: Quantity, causes: Sequence[Cause], line: int, *, together: bool = False) -> Suspicion | None:
    """What is suspected after a wrong number for a quantity; None where nothing of it would show elsewhere."""
    alternatives = [tuple(causes)] if together else [(each,) for each in causes]
    guesses = [Guess(some, elsewhere(quantity, some)) for some in alternatives if some]
    return Suspicion(line, guesses) if any(each.elsewhere for each in guesses) else None


def elsewhere(quantity: Quantity, causes: Iterable[Cause]) -> Changed:
    """What causes change besides one quantity."""
    return {each: formula for cause in causes for each, formula in cause.changed.items() if each is not quantity}


def habit(suspicions: Iterable[Suspicion], other: Suspicion | None = None, guess: Guess | None = None) -> Changed:
    """The formulas of the likeliest guesses; of `other` those of another guess."""
    found: Changed = {}
    for each in suspicions:
        chosen = guess if each is other and guess is not None else each.guesses[0]
        found |= chosen.elsewhere
    return found

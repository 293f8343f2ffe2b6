"""What was found of one reading of a claim, and how a number and its links go together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from whygrad.check.judging.verdict import Printed, Verdict, Working
from whygrad.check.links import Held, printed
from whygrad.check.reading.formula import Number, Relation, leaves, shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from whygrad.check.judging.together import Stray
    from whygrad.check.judging.verdict import Cause
    from whygrad.check.lexicon import Meaning
    from whygrad.check.reading.formula import Chain

SEVERITY: Final = {
    Verdict.RIGHT: 0,
    Verdict.ROUNDING: 0,
    Verdict.FOLLOWS: 1,
    Verdict.LAST_DIGIT: 2,
    Verdict.UNJUDGED: 3,
    Verdict.FALSE_EXPRESSION: 4,
    Verdict.INCONSISTENT: 5,
    Verdict.WRONG: 6,
}
NEAR: Final = 0.005  # of a given number: it was rounded in some way


@dataclass(frozen=True, eq=False)
class Finding:
    """What was found of one reading of a claim.

    - `name`: the quantity that it is about, or the written name where no network knows it; `right`: its value.
    - `wrote`: the number that is judged; `expected`: what it should be given the numbers before it; `drift`: how far
      rounding may move that; `since`: the line that it follows from, or contradicts.
    - `causes`: what explains it, the likeliest first; `together`: they hold all at once; `borne_out`: those of an
      earlier line that this one has in it as well.
    - `said`: what else there is to say, in sentences.
    """

    chain: Chain
    verdict: Verdict
    meaning: Meaning | None = None
    name: str = ""
    wrote: Printed | None = None
    right: float | None = None
    expected: float | None = None
    drift: float = 0.0
    since: int | None = None
    causes: tuple[Cause, ...] = ()
    together: bool = False
    borne_out: tuple[Cause, ...] = ()
    strays: tuple[Stray, ...] = ()
    said: tuple[str, ...] = ()
    links: tuple[Held, ...] = field(default=(), repr=False)

    @property
    def is_right_as_written(self) -> bool:
        """Whether what is written beside a wrong number is worth the right one: only the number is another's."""
        if self.wrote is None or self.right is None or not self.verdict.is_error:
            return False
        false = [each for each in self.links if each.holds is False and gives(each, self.wrote)]
        return any(Printed(each.left, self.wrote.half).holds(self.right, each.drift) for each in false)


def numbers(chain: Chain) -> list[Printed]:
    """The numbers among the sides of a chain, as they are printed."""
    relations = (Relation.EQUAL, *chain.relations)
    found = [printed(side, relation) for side, relation in zip(chain.sides, relations, strict=True)]
    return [each for each in found if each is not None]


def literals(chain: Chain) -> list[Printed]:
    """The numbers that stand in the formulas among its sides, but the last."""
    return [
        Printed(each.value, each.half_unit)
        for side in chain.sides[:-1]
        if shown(side) is None
        for each in leaves(side)
        if isinstance(each, Number)
    ]


def working(links: Iterable[Held], chain: Chain, sign: int) -> Working:
    """What stands beside the number of a chain, in the sign of the network."""
    formulas = [each for each in links if shown(each.link.left) is None and each.left == each.left]
    return Working(tuple(literals(chain)), tuple(sign * each.left for each in formulas))


def by_rounding(found: Finding, faulty: Collection[float] = ()) -> Finding:
    """A number that what is written gives, where the rounding of what stands there explains why it is not the true one.

    Numbers that are given may have been rounded as well before they were used; `faulty` ones are more than rounded.
    """
    right = [
        each.drift
        for each in found.links
        if each.holds
        and not between_numbers(each)
        and gives(each, found.wrote)
        and not any(isinstance(leaf, Number) and leaf.value in faulty for leaf in leaves(each.link.left))
    ]
    is_off = found.verdict in (Verdict.WRONG, Verdict.LAST_DIGIT, Verdict.FOLLOWS)
    if not is_off or not right or found.wrote is None or found.right is None or found.strays:
        return found
    if not found.wrote.holds(found.right, max(right)):
        return found
    return replace(found, verdict=Verdict.ROUNDING, drift=max(right), causes=(), said=(), since=None)


def gives(held: Held, number: Printed | None) -> bool:
    """Whether a number is what a link gives."""
    target = shown(held.link.right)
    return target is not None and number is not None and target.value == number.value


def between_numbers(held: Held) -> bool:
    """Whether a link only rounds a number once more: the second is judged by itself."""
    return shown(held.link.left) is not None and shown(held.link.right) is not None


def signed(number: Printed, sign: int) -> Printed:
    """A number in the sign of the network."""
    return number if sign > 0 else Printed(-number.value, number.half)


def told(held: Held) -> str:
    """What a link is worth, in a sentence."""
    target = shown(held.link.right)
    left = f"{held.left:.6g}"
    if target is None:
        kind = ": a slip of a last digit" if held.is_digit else ""
        return f"Two sides differ: {left}, then {held.right:.6g}{kind}."
    slip = f": {held.slip}" if held.slip else ""
    return f"As written it is worth {left}, not {target.value:g}{slip}."

"""Whether the two sides of a link are worth the same as they are written, within what rounding explains."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import islice, product
from typing import TYPE_CHECKING, Final

from whygrad.check.judging.slip import slip_of, slipped
from whygrad.check.judging.verdict import Printed
from whygrad.check.reading.formula import Formula, Link, Name, Number, Relation, leaves, shown
from whygrad.check.worth import swing, worth

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from whygrad.check.reading.formula import Leaf

MOST_WAYS: Final = 24  # of giving values to names that may mean several things
FEW_UNITS: Final = 12  # half units of operands: a slip of some units in a last place
WHOLE: Final = 100  # whole numbers from here on may have been rounded to be whole
ALIKE: Final = 1e-12
HALVES: Final = ("0.5", ".5")  # as a half is written, and no number that was rounded


@dataclass(frozen=True)
class Held:
    """What was found of a link: whether it holds, and what its sides are worth.

    - `holds`: None where a side has no value, as with a name that nobody knows; `missing` is that name.
    - `slip`: what happened to the digits, where they tell; `is_digit`: whether it is one of the last ones.
    - `drift`: what rounding of the left side's operands may do.
    """

    link: Link
    holds: bool | None
    left: float = float("nan")
    right: float = float("nan")
    slip: str = ""
    is_digit: bool = False
    drift: float = 0.0
    missing: str = ""


def put_in(values: list[Printed], right: Formula) -> list[Printed]:
    """What a name may be worth, first as it stands on the right side, rounded."""
    literals = [Printed(each.value, each.half_unit) for each in leaves(right) if isinstance(each, Number)]
    rounded = [
        Printed(literal.value if value.value >= 0 else -literal.value, literal.half)
        for value in values[:1]
        for literal in literals
        if literal.half < abs(value.value) and literal.holds(abs(value.value)) and literal.value != abs(value.value)
    ]
    return [*rounded[:1], *values]


def printed(formula: Formula, relation: Relation | None = None) -> Printed | None:
    """The number that a side is, as it was printed; None where it is a formula."""
    found = shown(formula)
    if found is None:
        return None
    whole = found.number.half_unit == 0.5 and relation is not Relation.ABOUT and abs(found.value) < WHOLE
    return Printed(found.value, 0.0 if whole else found.half_unit * (2.0 if found.number.is_cut else 1.0))


class Links:
    """Holds links against what their names are worth.

    `exact` are the sizes of the numbers that the network gives, in order; `computed` are numbers that may stand there
    as well, rounded.
    """

    def __init__(
        self, values_of: Callable[[Name], list[Printed]], exact: Sequence[float], computed: Iterable[float] = ()
    ) -> None:
        self.values_of = values_of
        self.exact, self.computed = exact, list(computed)

    def held(self, link: Link) -> Held:
        """Whether a link holds under any meaning of its names."""
        names = {each.text: each for side in (link.left, link.right) for each in leaves(side) if isinstance(each, Name)}
        options = {text: put_in(self.values_of(name), link.right) for text, name in names.items()}
        if unknown := next((text for text, values in options.items() if not values), ""):
            return Held(link, None, missing=unknown)
        first: Held | None = None
        for values in islice(product(*options.values()), MOST_WAYS):
            found = self.under(link, dict(zip(options, values, strict=True)))
            if found.holds is not False:
                return found
            first = first or found
        return first or Held(link, None)

    def under(self, link: Link, values: Mapping[str, Printed]) -> Held:
        """Whether a link holds with these values of its names."""
        numbers = {text: each.value for text, each in values.items()}
        left, right = worth(link.left, numbers), worth(link.right, numbers)
        if left != left or right != right:
            return Held(link, None)

        rounded = self.rounded(link)

        def half(leaf: Leaf) -> float:
            return values[leaf.text].half if isinstance(leaf, Name) else self.half(leaf, rounded)

        drift, other = swing(link.left, numbers, half), swing(link.right, numbers, half)
        target = printed(link.right, link.relation)
        if target is None:
            number = Printed(right, other)
            near = number.holds(left, drift * FEW_UNITS + other * FEW_UNITS)
            return Held(link, number.holds(left, drift), left, right, "", near, drift)
        if target.holds(left, drift):
            return Held(link, holds=True, left=left, right=right, drift=drift)
        last = slip_of(left, target)
        slip = last or slipped(left, target)
        return Held(link, holds=False, left=left, right=right, slip=slip, is_digit=bool(last), drift=drift)

    def rounded(self, link: Link) -> set[str]:
        """The numbers in a link that may stand for computed ones: of several the one with most digits."""
        numbers = [each for side in (link.left, link.right) for each in leaves(side) if isinstance(each, Number)]
        found: set[str] = set()
        for value in self.computed:
            near = [each for each in numbers if Printed(each.value, each.half_unit).holds(abs(value))]
            finest = min((each.half_unit for each in near), default=0.0)
            found |= {each.text for each in near if each.half_unit == finest}
        return found

    def half(self, number: Number, rounded: Collection[str]) -> float:
        """Half a unit of a number's last place; nothing for one that is given, or whole."""
        is_whole = number.half_unit >= 0.5 and not number.is_percent
        given = is_among(number.value, self.exact) and number.text not in rounded
        if is_whole or given or number.text in HALVES:
            return 0.0
        return number.half_unit * (2.0 if number.is_cut else 1.0)


def is_among(value: float, sizes: Sequence[float]) -> bool:
    """Whether a number is one of some that are in order, up to the last bits of a double."""
    place = bisect_left(sizes, value - ALIKE)
    return place < len(sizes) and sizes[place] <= value + ALIKE

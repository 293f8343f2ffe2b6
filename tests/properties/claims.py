"""What a printed equation claims, held against the document: the same operations on the same names and numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from math import floor, log10
from typing import TYPE_CHECKING, Any

from tests.notation.drawn import identifier
from tests.notation.reading import parse
from whygrad.graph import Apply, Constant, Expr, Input, constant
from whygrad.graph.traverse import replaced

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.properties.intervals import Interval
    from tests.properties.media import Line
    from whygrad.notation import Numbers

Node = dict[str, Any]
Side = dict[str, Any]


class Unlike(AssertionError):
    """What was printed is not what the document says."""


@dataclass(frozen=True, eq=False)
class Claim:
    """A printed side: its tree, the document's number for each printed one, and whether it is from the trace."""

    side: Side
    printed: Expr
    numbers: dict[Expr, tuple[float, bool]] = field(default_factory=dict)

    @property
    def is_in_numbers(self) -> bool:
        """Whether it has no name in it."""
        return not any(isinstance(each, Input) for each in leaves_of(self.printed))

    @property
    def exact(self) -> Expr:
        """The same with the document's numbers."""
        exact = {leaf: constant(value) for leaf, (value, _) in self.numbers.items()}
        return replaced([self.printed], exact)[self.printed]

    def may_be(self, shown: Numbers) -> dict[Expr, Interval]:
        """What each printed number may have been before it was rounded."""
        found: dict[Expr, Interval] = {}
        for leaf, (exact, _) in self.numbers.items():
            assert isinstance(leaf, Constant)
            half = 0.0 if leaf.value == exact else float(last_place(exact, shown)) / 2
            found[leaf] = (leaf.value - half, leaf.value + half)
        return found

    def misrounded(self, shown: Numbers) -> list[tuple[float, float]]:
        """The numbers that are not what rounding gives, with what they should have been.

        A number of the formula itself may be given whole.
        """
        return [
            (leaf.value, rounded(exact, shown))
            for leaf, (exact, traced) in self.numbers.items()
            if isinstance(leaf, Constant) and leaf.value != rounded(exact, shown) and (traced or leaf.value != exact)
        ]


def last_place(value: float, shown: Numbers) -> Decimal:
    """One unit of the last place that is shown of a number.

    There are so many significant digits, but no whole part is rounded away; or so many decimals, and two significant
    digits where these would be nothing but zeros.
    """
    digits = shown.digits
    if value == 0 or digits is None:
        return Decimal(1)
    first = floor(log10(abs(value)))
    decimals = Decimal(1).scaleb(-digits)
    if shown.fixed:
        return decimals if Decimal(value).quantize(decimals, ROUND_HALF_EVEN) else Decimal(1).scaleb(first - 1)
    written_out = 1e-4 <= abs(value) < 1e7
    return Decimal(1).scaleb(min(first - digits + 1, 0) if written_out else first - digits + 1)


def rounded(value: float, shown: Numbers) -> float:
    """A number correctly rounded."""
    return float(Decimal(value).quantize(last_place(value, shown), rounding=ROUND_HALF_EVEN))


def leaves_of(printed: Expr) -> list[Expr]:
    """The names and numbers of a printed formula, each as often as it stands there."""
    if not isinstance(printed, Apply):
        return [printed]
    return [leaf for each in printed.arguments for leaf in leaves_of(each)]


def claims_of(sides: list[Side], lines: list[Line]) -> list[Claim | None]:
    """What the lines of one printed equation claim, side by side; None for one that reads as the one before it."""
    names = {name for side in sides for name in names_of(side)}
    leaves: dict[str, Expr] = {identifier(name): Input((), name) for name in names}
    if len(leaves) != len(names):
        raise Unlike(f"two of these names are drawn alike: {sorted(names)}")
    waiting = [parse(words, leaves) for words in (lines[0].left, *(line.side for line in lines))]
    found: list[Claim | None] = []
    before: Expr | None = None
    for side in sides:
        try:
            found.append(claim_of(side, waiting[0], leaves))
            before = waiting.pop(0)
        except (Unlike, IndexError):
            if before is None or not reads_as(side, before, leaves):
                raise
            found.append(None)
    if waiting:
        raise Unlike(f"{len(waiting)} lines more than there are sides: {lines}")
    return found


def reads_as(side: Side, printed: Expr, leaves: Mapping[str, Expr]) -> bool:
    """Whether a side was left out because the one before it already says it."""
    try:
        claim_of(side, printed, leaves)
    except Unlike:
        return False
    return True


def names_of(side: Side) -> list[str]:
    """The names in a side."""
    match side["kind"]:
        case "name":
            return [side["name"]]
        case "derivative":
            return [f"d{side['of']}/d{side['by']}"]
        case "formula":
            return [node["name"] for node in side["nodes"] if "name" in node]
    return []


def claim_of(side: Side, printed: Expr, leaves: Mapping[str, Expr]) -> Claim:
    """A printed side held against the document's. Raises Unlike."""
    claim = Claim(side, printed)
    match side["kind"]:
        case "formula":
            held(side["nodes"], len(side["nodes"]) - 1, printed, leaves, claim)
        case "quantity":
            held([side], 0, printed, leaves, claim)
        case _:
            held([{"name": names_of(side)[0]}], 0, printed, leaves, claim)
    return claim


def held(nodes: list[Node], place: int, printed: Expr, leaves: Mapping[str, Expr], claim: Claim) -> None:
    """One node of the document held against what was printed, and all below it. Raises Unlike."""
    node = nodes[place]
    if "operation" in node:
        inputs, operation = node["inputs"], node["operation"]
        if operation == "negate" and isinstance(printed, Constant):  # minus a number is read as one number
            value = nodes[inputs[0]]
            held([{**value, "value": -value["value"]}], 0, printed, leaves, claim)
            return
        if not isinstance(printed, Apply) or printed.primitive.name != operation:
            raise Unlike(f"{operation}, not {printed!r}")
        if dict(printed.attributes) != node.get("settings", {}):
            raise Unlike(f"{operation} with {node['settings']}, not {printed.attributes}")
        for each, argument in zip(inputs, printed.arguments, strict=True):
            held(nodes, each, argument, leaves, claim)
    elif "name" in node:
        if printed is not leaves[identifier(node["name"])]:
            raise Unlike(f"{node['name']}, not {printed!r}")
    elif not isinstance(printed, Constant):
        raise Unlike(f"{node['value']}, not {printed!r}")
    else:
        exact = float(node["value"])
        if abs(printed.value - exact) > abs(exact):  # how well it is rounded is looked at later
            raise Unlike(f"{exact}, not {printed.value}")
        claim.numbers[printed] = exact, "ref" in node


def numbers_of(sides: list[Side]) -> dict[str, Node]:
    """The numbers of names, from the sides of one equation that have numbers where others have names."""
    found: dict[str, Node] = {}
    formulas = [side["nodes"] for side in sides if side["kind"] == "formula"]
    for names in formulas:
        for numbers in formulas:
            pairs: dict[str, Node] = {}
            if paired(names, len(names) - 1, numbers, len(numbers) - 1, pairs):
                found |= pairs
    return found


def paired(one: list[Node], place: int, other: list[Node], there: int, found: dict[str, Node]) -> bool:
    """Whether two formulas are one, names in the first and numbers in the second; fills in which is which."""
    node, number = one[place], other[there]
    if "name" in node and "value" in number:
        found[node["name"]] = number
        return True
    if "operation" in node and "operation" in number:
        if node["operation"] != number["operation"]:
            return False
        return all(paired(one, x, other, y, found) for x, y in zip(node["inputs"], number["inputs"], strict=True))
    return "value" in node and "value" in number and node["value"] == number["value"]

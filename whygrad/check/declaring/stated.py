"""The numbers that notes state: inputs, targets, weights, biases, the learning rate; each with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from whygrad.check.naming import speaks_of_later
from whygrad.check.reading.formula import Name, Relation, shown
from whygrad.check.reading.spelling import Role, Spelling

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from whygrad.check.reading.claims import Claim
    from whygrad.check.reading.formula import Chain
    from whygrad.check.reading.notes import Notes

NUMBER: Final = r"[-−]?(?:\d+(?:\.\d+)?|\.\d+)(?![\d.]*\w)"
FILLING: Final = r"(?:\s+(?:of|is|are|was|were|the|value|values|both|as|being|to|set))*"
LIST: Final = re.compile(
    rf"\b(?P<what>inputs?|targets?|(?:target|desired|expected|wanted) outputs?|weights?|bias(?:es)?){FILLING}\s*:?\s*"
    rf"(?P<numbers>[(\[]?{NUMBER}(?:(?:\s*[,;/&]\s*(?:and\s+)?|\s+and\s+|\s+){NUMBER})*)(?!\s*[=*·×+/^])",
    re.IGNORECASE,
)
ROLES: Final = {Role.INPUT, Role.TARGET, Role.WEIGHT, Role.BIAS, Role.RATE}
STATED_ROLES: Final = {"in": Role.INPUT, "we": Role.WEIGHT, "bi": Role.BIAS}
DESIRED: Final = frozenset({"target", "desired", "expected", "wanted", "ideal", "true", "correct", "label"})
OWN_TARGETS: Final = frozenset({"t", "target", "label", "truth", "expected"})
STEMS: Final = {Role.INPUT: "x", Role.TARGET: "t", Role.WEIGHT: "w", Role.BIAS: "b"}
MOST_NUMBERS: Final = 60


@dataclass(frozen=True)
class Fact:
    """A number that notes state, the name that it has there, and the line."""

    name: str
    value: float
    line: int
    role: Role
    stem: str = ""
    below: tuple[str, ...] = ()
    layer: str = ""

    @property
    def key(self) -> str:
        """The name as it is compared: w1, b_o1; for a list in prose, as it would be named."""
        return "_".join([self.stem.casefold() + self.layer, *self.below]).casefold()


@dataclass(frozen=True)
class Stated:
    """What notes state: numbers by what they are, in their order.

    - `contrary`: those that are stated again as another number: notes about several rows or networks.
    - `units`: the units that names speak of, by the letter that they begin with: {"h": (1, 2), "o": (1,)}.
    """

    facts: dict[Role, list[Fact]] = field(default_factory=dict)
    contrary: tuple[Fact, ...] = ()
    units: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def of(self, role: Role) -> list[Fact]:
        """The numbers of one kind."""
        return self.facts.get(role, [])


def stated(notes: Notes) -> Stated:
    """What notes state."""
    first: dict[tuple[Role, str], Fact] = {}
    contrary: list[Fact] = []
    named = list(facts(notes))
    roles = {each.role for each in named}
    for fact in [*named, *(each for each in listed(notes) if each.role not in roles)]:
        known = first.setdefault((fact.role, fact.key), fact)
        if known.value != fact.value:
            contrary.append(fact)
    targets = [each for each in first.values() if each.role is Role.TARGET and own_target(each)]
    kept: dict[Role, list[Fact]] = {}
    for each in first.values():
        if each.role is not Role.TARGET or not targets or each in targets:
            kept.setdefault(each.role, []).append(each)
    return Stated(kept, tuple(contrary), units(notes))


def own_target(fact: Fact) -> bool:
    """Whether a name is one that only targets have; y is an output as often."""
    return re.sub(r"[_\d{}()\s].*", "", fact.name.casefold()) in OWN_TARGETS


def facts(notes: Notes) -> Iterator[Fact]:
    """What is stated by a name, a sign of equality and a number."""
    computing = False
    for claim in notes.claims:
        computing = computing or is_computed(claim.chain)
        left, number = sides(claim.chain)
        if left is None or number is None:
            continue
        later = speaks_of_later(claim, notes.lines[claim.line - 1][: claim.span.start])
        found = meant(left, claim, computing=computing)
        if found is not None and not (later and found.role in (Role.WEIGHT, Role.BIAS)) and not found.is_new:
            yield Fact(left.text, number, claim.line, found.role, found.stem, found.below, found.layer)


def sides(chain: Chain) -> tuple[Name | None, float | None]:
    """The name and the number of a chain that states a number, and computes nothing."""
    plain = len(chain.sides) == 2 and chain.relations[0] in (Relation.EQUAL, Relation.ASSIGN, Relation.ABOUT)
    left, number = chain.sides[0], shown(chain.sides[1]) if plain else None
    return (left if isinstance(left, Name) else None), (number.value if number else None)


def is_computed(chain: Chain) -> bool:
    """Whether a chain computes the net or the out of a unit."""
    left = chain.sides[0]
    names = isinstance(left, Name) and any(each.role in (Role.NET, Role.OUT) for each in left.spellings)
    return names and any(shown(side) is None for side in chain.sides[1:])


def meant(name: Name, claim: Claim, *, computing: bool) -> Spelling | None:
    """What a stated name is; None where it is no given number."""
    found = name.spellings[0]
    if found.role is Role.OTHER and found.stem == "v" and found.below[:1] and found.below[0].isdecimal():
        return Spelling(Role.WEIGHT, found.stem, found.below, is_new=found.is_new)  # as some call the output weights
    is_desired = bool(claim.words) and claim.words[-1].casefold() in DESIRED
    if found.role is Role.OUT and is_desired:
        return Spelling(Role.TARGET, found.stem, found.below)
    if found.role is Role.TARGET and name.text.casefold().startswith("y") and computing and not is_desired:
        return None
    below = tuple(each for each in found.below if each.casefold() not in ("output", "value"))
    return Spelling(found.role, found.stem, below, found.layer, found.is_new) if found.role in ROLES else None


def listed(notes: Notes) -> Iterator[Fact]:
    """What is stated in prose: "inputs 0.05 and 0.10", "a bias of 0.35"."""
    for number, line in enumerate(notes.lines, 1):
        if number in notes.header.lines or len(line) > 1000:
            continue
        for found in LIST.finditer(line):
            what = found["what"].casefold()
            role = STATED_ROLES.get(what[:2], Role.TARGET)
            values = [float(each.replace("−", "-")) for each in re.findall(NUMBER, found["numbers"])][:MOST_NUMBERS]
            if "new" in line[: found.start()][-8:].casefold():
                continue
            single = len(values) == 1
            for place, value in enumerate(values, 1):
                below = () if single else (str(place),)
                yield Fact(f"{STEMS[role]}{'' if single else place}", value, number, role, STEMS[role], below)


def units(notes: Notes) -> dict[str, tuple[int, ...]]:
    """The units that names speak of, by their letters."""
    found: dict[str, set[int]] = {}
    for claim in notes.claims:
        for side in claim.chain.sides:
            for each in names_in(side):
                for letter, number in unit_of(each):
                    found.setdefault(letter, set()).add(number)
    return {letter: tuple(sorted(numbers)) for letter, numbers in found.items()}


def names_in(side: object) -> Sequence[Spelling]:
    """The likeliest meaning of a name that a side is."""
    if not isinstance(side, Name):
        return ()
    first = side.spellings[0]
    return (first, *(each for each in (first.of, first.by) if each is not None))


def unit_of(spelling: Spelling) -> Iterator[tuple[str, int]]:
    """The unit of a net, an out, an error: its letter and its number."""
    if spelling.role not in (Role.NET, Role.OUT, Role.ERROR, Role.DELTA, Role.TARGET):
        return
    for below in spelling.below[:1]:
        if found := re.fullmatch(r"([A-Za-z])(\d{1,2})", below):
            yield found[1], int(found[2])

"""How the true numbers of marked lines change under another convention."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from whygrad.check.choosing import telling
from whygrad.check.convention import CONVENTIONS, MINUS, Convention
from whygrad.check.judging.account import Account
from whygrad.check.reading.formula import Name
from whygrad.check.reading.spelling import Role
from whygrad.errors import nearest
from whygrad.errors.check import UnknownConvention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.choosing import Way
    from whygrad.check.finding import Finding
    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.verdict import Printed
    from whygrad.check.marking import Marked
    from whygrad.check.naming import Naming

ALL: Final = "all"
SAME: Final = 1e-12


@dataclass(frozen=True)
class Row:
    """A marked line: what it is about, the true number as marked, and under the other convention."""

    line: int
    name: str
    wrote: Printed | None
    as_marked: float
    under: float


@dataclass(frozen=True, eq=False)
class Compared:
    """The lines whose number another convention changes; `is_used`: notes are marked under it, and this is without."""

    convention: Convention
    rows: tuple[Row, ...]
    is_used: bool = False


def compared(marked: Marked, name: str) -> tuple[Compared, ...]:
    """Marked notes under the convention of a name, or each of those that change anything. Raises WG1122."""
    known = [*CONVENTIONS, MINUS]
    wanted = [each for each in known if name in (ALL, each.name)]
    if not wanted:
        names = tuple(each.name for each in known)
        raise UnknownConvention(name, nearest(name, names), (ALL, *names))
    way = marked.way
    if way is None:
        return ()
    able = {*telling(way.trial.version.step), *way.chosen, MINUS}
    found = (under(marked, way, each) for each in wanted if each in able)
    return tuple(each for each in found if each.rows or name != ALL)


def under(marked: Marked, way: Way, convention: Convention) -> Compared:
    """Marked notes under one more convention, or without one that they are marked under."""
    is_used = convention in marked.conventions
    chosen = [each for each in way.chosen if each.about != convention.about]
    names = way.trial.named(tuple(chosen if is_used else [*chosen, convention]))
    return Compared(convention, tuple(rows(marked, way, names, convention)), is_used)


def rows(marked: Marked, way: Way, names: Naming, convention: Convention) -> Iterator[Row]:
    """The lines whose number changes, each quantity once."""
    accounts = [Account(names.scene.step, way.trial.evaluate)]
    accounts += [Account(names.after.step, way.trial.evaluate)] if names.after is not None else []
    seen: set[Quantity] = set()
    for mark in marked.marks:
        finding = mark.finding
        if finding is None or finding.meaning is None or finding.right is None:
            continue
        quantity = finding.meaning.quantity
        if quantity in seen:
            continue
        there = counterpart(quantity, finding, names)
        value = accounts[names.is_second(quantity)].value(there) * finding.meaning.sign
        if convention is MINUS:
            value = finding.right * (-1 if is_delta(finding) else 1)
        if value == value and abs(value - finding.right) > SAME * max(1.0, abs(value)):
            seen.add(quantity)
            yield Row(mark.line, finding.name, finding.wrote, finding.right, value)


def counterpart(quantity: Quantity, finding: Finding, names: Naming) -> Quantity:
    """The same quantity where the step is another; one that is made for a name is made anew."""
    if quantity in names.scene.parts or names.is_second(quantity):
        return quantity
    texts = [side.text for side in finding.chain.sides if isinstance(side, Name)]
    found = [
        each.quantity for text in texts for each in names.meanings(text) if each.quantity.written == quantity.written
    ]
    return found[0] if found else quantity


def is_delta(finding: Finding) -> bool:
    """Whether a line calls its number a delta."""
    names = [side for side in finding.chain.sides if isinstance(side, Name)]
    return any(each.role is Role.DELTA for name in names for each in name.spellings)

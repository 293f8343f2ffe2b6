"""What a person changed on the way, in order: with it a run can be made again, bit for bit."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from whygrad.spec import Experiment


@dataclass(frozen=True)
class Weight:
    """Another value for one weight or bias."""

    name: str
    value: float


@dataclass(frozen=True, eq=False)
class Parameters:
    """Other values for whole arrays, by name."""

    values: Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Turn:
    """What was changed before an update was made: all settings, a weight, or whole arrays."""

    update: int
    made: Experiment | Weight | Parameters


@dataclass(eq=False)
class Turns:
    """The experiment that a run began with, and what was changed since."""

    started: Experiment
    made: list[Turn] = field(default_factory=list)

    def add(self, update: int, made: Experiment | Weight | Parameters) -> None:
        """Something is changed here: what was changed further on is gone, and what it takes the place of."""
        stay = [each for each in self.made if each.update < update]
        here = [each for each in self.made if each.update == update and not replaces(made, each.made)]
        self.made = [*stay, *here, Turn(update, made)]


def replaces(new: Experiment | Weight | Parameters, old: Experiment | Weight | Parameters) -> bool:
    """Whether nothing is left of an older change of the same moment.

    Settings that came in between may have made the optimizer forget what it remembered, so they stay.
    """
    return isinstance(new, Weight) and isinstance(old, Weight) and new.name == old.name

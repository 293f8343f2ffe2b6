"""How fast a run goes on by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from whygrad.lab.message import Unit

PROGRESS: Final = 0.2  # seconds of work, after which a page sees how far it is
MADE_UP: Final = 0.25  # seconds: what a slow network or machine falls behind further than this is not made up for


@dataclass
class Pace:
    """So many moves, updates or epochs a second, shown at most so many times a second; `latest` is the last time."""

    unit: Unit
    per_second: float
    shown_per_second: float
    latest: float
    owed: float = 0.0

    @property
    def next(self) -> float:
        """When the run goes on."""
        return self.latest + 1 / min(self.per_second, self.shown_per_second)

    def due(self, now: float) -> int:
        """How many units are to be made now, one at least."""
        self.owed += min(now - self.latest, MADE_UP + 1 / self.per_second) * self.per_second
        self.latest = now
        count = max(int(self.owed + 1e-6), 1)
        self.owed = max(self.owed - count, 0.0)
        return count

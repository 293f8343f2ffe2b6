"""What stands beside the network: the equations of the move, and the panels that the page shows.

It is drawn by another thread than the one that answers requests, of the place that was seen last.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from whygrad.lab.message import Drawn

if TYPE_CHECKING:
    from whygrad.lab.message import Answer
    from whygrad.lab.panels.panel import Panel
    from whygrad.lab.shown import Shown
    from whygrad.lab.sight import Sight


@dataclass(eq=False)
class Watched:
    """A panel that the page shows; `drawn`: of what it was drawn last, None after its settings were changed."""

    panel: Panel
    settings: Any
    drawn: Sight | None = None


@dataclass(eq=False)
class Beside:
    """`sight`: what is to be shown; `explained`: of what the page has the equations."""

    sight: Sight | None = None
    explained: Shown | None = None
    watched: dict[str, Watched] = field(default_factory=dict)

    def look(self, sight: Sight) -> None:
        """Something else is seen."""
        self.sight = sight

    def watch(self, panel: Panel, settings: Any, *, on: bool) -> None:
        """Draw a panel from now on, or no longer."""
        self.watched = {name: each for name, each in self.watched.items() if name != panel.name}
        if on:
            self.watched |= {panel.name: Watched(panel, settings)}

    def next(self) -> Answer | None:
        """The next thing that the page has not yet, the equations first; None where it has everything."""
        sight = self.sight
        if sight is None:
            return None
        if self.explained is None or not sight.shown.is_same_as(self.explained):
            self.explained = sight.shown
            return sight.shown.move()
        for each in self.watched.values():
            if is_old(each, sight):
                each.drawn = sight
                shown = sight.shown
                data = each.panel.draw(sight, each.settings)
                return Drawn(each.panel.name, shown.trace.number, shown.moves, shown.row, data)
        return None


def is_old(watched: Watched, sight: Sight) -> bool:
    """Whether a panel would look different now."""
    drawn = watched.drawn
    if not watched.panel.fits(sight.ready):
        return False
    if drawn is None or not watched.panel.is_of_place:
        return drawn is None or drawn.ready is not sight.ready
    if drawn.rows[-1:] != sight.rows[-1:] or len(drawn.rows) != len(sight.rows):
        return True
    return not watched.panel.of_epochs and not drawn.shown.is_same_as(sight.shown)

"""The panels that a page can show beside the network, one file each; `static/panels/` has the same files in JavaScript.

A panel is drawn again whenever the place that is looked at changes, on a thread of its own. What it tells depends on a
sight and on its settings alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from whygrad.errors.lab import NoSuchPart
from whygrad.lab.panels import boundary, confusion, curves, data, gradients, histograms, inactive, planes

if TYPE_CHECKING:
    from whygrad.lab.panels.panel import Panel
    from whygrad.pipeline.setting_up import SetUp

PANELS: Final[dict[str, Panel]] = {
    each.name: each
    for each in (
        *(data.PANEL, curves.PANEL, boundary.PANEL, confusion.PANEL),
        *(gradients.PANEL, histograms.PANEL, inactive.PANEL, planes.PANEL),
    )
}


def panel_called(name: str) -> Panel:
    """The panel of this name. Raises NoSuchPart (WG1014)."""
    if name not in PANELS:
        raise NoSuchPart("panel", name, tuple(PANELS))
    return PANELS[name]


def panels_for(ready: SetUp) -> list[dict[str, str]]:
    """The panels that have something to show of an experiment, each with its name and title."""
    return [{"name": each.name, "title": each.title} for each in PANELS.values() if each.is_card and each.fits(ready)]


def parts_for(ready: SetUp) -> list[str]:
    """The names of those that other parts of the page draw."""
    return [each.name for each in PANELS.values() if not each.is_card and each.fits(ready)]

"""Every control of the page, in each of its looks: it is there, it can be reached, and it does what one sees.

A control that is in the page and in no walk fails the walk through its room; a part that is in no room fails all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.lab.page.walk import beside, panels, run
from tests.lab.page.walk.settings import settings
from tests.lab.page.walk.walking import SCRIPT, Walk
from tests.render.window import missing

if TYPE_CHECKING:
    from tests.lab.page.conftest import Opening

pytestmark = [pytest.mark.skipif(bool(missing()), reason=missing()), pytest.mark.long]


@dataclass(frozen=True)
class Room:
    """A part of the page. `containers`: what listens for the controls inside of it."""

    name: str
    walk: Callable[[Walk], None]
    preset: str = "students"
    containers: tuple[str, ...] = ()


ROOMS: Final = (
    Room("wg-header", run.head, "notes-222"),
    Room("wg-network", run.picture, "notes-222", ("div drawing",)),
    Room("wg-controls", run.controls, "xor", ("form run",)),
    Room("wg-moves", run.moves, "notes-222"),
    Room("wg-formula", run.paper, "notes-222", ("form ask",)),
    Room("wg-chart", run.losses),
    Room("wg-weights", run.weights, "notes-222", ("wg-weights",)),
    Room("wg-units", run.units, "notes-222"),
    Room("wg-settings", settings, "moons", ("wg-settings-form form", "wg-settings-form wg-settings-form")),
    Room("wg-notes", run.notes),
    Room("wg-panels", panels.bar),
    Room("wg-panel-data", panels.data, "xor", ("wg-rows-table wg-rows-table",)),
    Room("wg-panel-curves", panels.curves),
    Room("wg-panel-boundary", panels.boundary, "moons"),
    Room("wg-panel-confusion", panels.confusion),
    Room("wg-panel-gradients", panels.gradients, "deep-sigmoid"),
    Room("wg-panel-histograms", panels.histograms, "xor"),
    Room("wg-panel-inactive", panels.inactive, "xor"),
    Room("wg-page-seeds", beside.seeds, "xor", ("form",)),
    Room("wg-page-check", beside.check, "notes-222"),
    Room("wg-dialogs", beside.dialogs, "notes-222", ("wg-guide aside A way round this page",)),
    Room("main", run.page, "notes-222"),
)
LOOKS: Final[dict[str, dict[str, Any]]] = {
    "light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("room", ROOMS, ids=lambda each: each.name)
def test_every_control_of_a_room_can_be_reached_and_does_something(room: Room, look: str, opening: Opening) -> None:
    window = opening(room.preset, script=SCRIPT, **LOOKS[look])
    if look != "phone":
        window.page.context.grant_permissions(["clipboard-write"])
    walk = Walk(window, room.name, ", ".join(each.name for each in ROOMS), look == "phone")
    walk.survey()
    room.walk(walk)
    walk.survey()
    assert walk.closed(room.containers) == [], f"these controls of {room.name} are in no walk"

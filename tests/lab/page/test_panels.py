"""Panels in the browser: they load when they are asked for, follow the run, and come back after a reload."""

from __future__ import annotations

import pytest

from tests.lab.page.conftest import Opening
from tests.render.window import missing

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())


def test_a_panel_loads_when_it_is_asked_for_and_comes_back_after_a_reload(opening: Opening) -> None:
    window = opening("students")
    loaded = "performance.getEntriesByType('resource').filter((each) => each.name.endsWith('/confusion.js')).length"
    assert window.page.evaluate(loaded) == 0
    window.button("Confusion matrix").click()
    window.part("wg-panel-confusion td").first.wait_for()
    assert window.page.evaluate(loaded) == 1
    window.page.reload()
    window.part("wg-panel-confusion td").first.wait_for()
    window.button("Confusion matrix").click()
    window.part("wg-panel-confusion").wait_for(state="detached")
    window.asks({"do": "watch", "panel": "confusion", "on": False})

"""The page for those who cannot see it, or see it otherwise: axe-core finds no fault in any of its states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.lab.page.conftest import Opening
from tests.render.window import missing

if TYPE_CHECKING:
    from tests.lab.page.conftest import Window

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())
# axe-core hears no text in MathML, which screen readers read out.
DEAF = 'empty-table-header: <th scope="row"><math'
LOOKS = [
    pytest.param({}, id="light"),
    pytest.param({"color_scheme": "dark"}, id="dark", marks=pytest.mark.long),
    pytest.param({"viewport": {"width": 390, "height": 844}}, id="phone", marks=pytest.mark.long),
]


def faults(window: Window) -> list[str]:
    """What axe-core objects to, and where."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(window.page).response["violations"]
    said = [f"{each['id']}: {node['html'][:120]}" for each in found for node in each["nodes"]]
    return [each for each in said if not each.startswith(DEAF)]


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_at_the_start_after_an_update_and_at_a_derivation(
    opening: Opening, look: dict[str, Any]
) -> None:
    window = opening(**look)
    assert faults(window) == []
    for moves in range(1, 7):
        window.page.keyboard.press("ArrowRight")
        window.at(0, moves)
    assert faults(window) == []
    window.part("wg-weights").get_by_role("button", name="Why is the gradient of w5 what it is?").click()
    window.part("wg-formula .title").get_by_text("w5").wait_for()
    assert faults(window) == []


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_with_every_panel_shown(opening: Opening, look: dict[str, Any]) -> None:
    window = opening("xor", **look)
    for button in window.part("wg-panels > .buttons button").all():
        button.click()
    window.button("Epoch on").click()
    window.at(4, 0)
    window.page.wait_for_function(
        "[...document.querySelectorAll('wg-panels .card, wg-panels section')].every((each) => each.children.length > 1)"
    )
    assert faults(window) == []


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_in_the_dialog_of_the_experiment(opening: Opening, look: dict[str, Any]) -> None:
    window = opening(**look)
    window.button("Experiment …").click()
    window.part("dialog textarea").wait_for()
    assert faults(window) == []


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_on_the_page_of_seeds(opening: Opening, look: dict[str, Any]) -> None:
    window = opening("xor", **look)
    window.page.get_by_role("link", name="Seeds").click()
    window.part("wg-page-seeds form").wait_for()
    assert faults(window) == []
    window.part("wg-page-seeds").get_by_role("spinbutton", name="epochs at most").fill("30")
    window.part("wg-page-seeds").get_by_role("button", name="Run").click()
    window.part("wg-page-seeds .words:has-text('All 200 starts')").wait_for(timeout=20_000)
    for summary in window.part("wg-page-seeds summary").all():
        summary.click()
    assert faults(window) == []


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_in_what_opens_over_the_page(opening: Opening, look: dict[str, Any]) -> None:
    window = opening(is_new=True, **look)
    window.part("wg-guide aside").wait_for()
    assert faults(window) == []
    window.part("wg-guide").get_by_role("button", name="Put away").click()
    for name in ("Share …", "Export …"):
        window.button(name).click()
        window.part("dialog[open]").wait_for()
        window.page.wait_for_timeout(100)
        assert faults(window) == []
        window.page.keyboard.press("Escape")

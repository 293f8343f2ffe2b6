"""Numbers that are dragged: one change in the run, no more requests than the lab answers, and the same by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.lab.page.test_modules import called
from tests.render.window import missing

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

    from tests.lab.page.conftest import Opening, Window

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Any:
    page = browser.new_page()
    page.goto(f"{address}static/lab.css")
    yield page
    page.close()


@pytest.mark.parametrize(
    ("start", "pixels", "kind", "fine", "value"),
    [
        (0.15, 10, "plain", False, 0.16),
        (0.15, 10, "plain", True, 0.151),
        (0.15, -200, "plain", False, -0.05),
        (-2.5, 10, "plain", False, -2.4),
        (0, 10, "plain", False, 0.01),
        (0.1497762, 1, "plain", False, 0.151),
        (0.1, 200, "number", False, 1),
        (0.1, -200, "number", False, 0.01),
        (0.1, 10, "number", False, 0.11),
        (1e-8, 10, "number", False, 1.1e-8),
        (0, 10, "number", False, 1.1e-4),
        (0, -10, "number", False, 0),
        (0.2, 50, "share", False, 0.25),
        (0.2, -500, "share", False, 0),
        (8, 14, "whole", False, 9),
        (8, -26, "whole", True, 5),
    ],
)
def test_how_far_a_number_is_pulled(
    page: Page,
    start: float,
    pixels: int,
    kind: str,
    fine: bool,  # noqa: FBT001
    value: float,
) -> None:
    assert called(page, "parts/drag.js", "m.moved(...a)", start, pixels, kind, fine) == pytest.approx(value, rel=1e-9)


FRAMES = (
    "() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(go))))"
)


def pulled(window: Window, grip: Locator, by: int, *, steps: int = 12) -> None:
    """Drag a grip to the right."""
    grip.scroll_into_view_if_needed()
    grip.hover()
    window.page.wait_for_timeout(100)
    box = grip.bounding_box()
    assert box is not None
    window.page.mouse.down()
    window.page.mouse.move(box["x"] + box["width"] / 2 + by, box["y"] + 5, steps=steps)
    window.page.mouse.up()
    asked = -1
    while asked != len(window.lab.asked):  # the last value is asked for with a later frame of the screen
        asked = len(window.lab.asked)
        window.page.evaluate(FRAMES)
        window.part("#lab:not([data-waiting])").wait_for()


def weights(window: Window) -> list[float]:
    return [each["value"] for each in window.lab.asked if each["do"] == "set-weight"]


def test_a_weight_is_dragged_as_one_change(opening: Opening) -> None:
    window = opening()
    window.button("Update on").click()
    window.at(1, 0)
    field = window.part("wg-weights input[data-ref='hidden.W[0,0]']")
    before = float(field.input_value())
    pulled(window, field.locator("xpath=following-sibling::*[@class='grip']"), 60)
    sent = weights(window)
    assert len(sent) >= 2
    assert sent == sorted(sent)
    assert sent[-1] == pytest.approx(before + 0.06, abs=0.002)
    session = window.lab.session
    assert len(session.stretches) == 2
    assert session.stretches[-1].line.states(1)["hidden.W"][0, 0] == sent[-1]
    window.page.wait_for_timeout(50)
    assert float(field.input_value()) == pytest.approx(sent[-1], abs=1e-6)


def test_no_more_is_asked_than_is_answered(opening: Opening) -> None:
    window = opening()
    window.is_slow = True
    field = window.part("wg-weights input[data-ref='hidden.W[0,0]']")
    grip = field.locator("xpath=following-sibling::*[@class='grip']")
    grip.hover()
    window.page.wait_for_timeout(200)
    box = grip.bounding_box()
    assert box is not None
    window.page.mouse.down()
    for step in range(40):
        window.page.mouse.move(box["x"] + 10 + step, box["y"] + 5)
        window.page.wait_for_timeout(20)
    # The first is not answered; what came before the page knew that it waits may be one more.
    assert 1 <= len([each for each in window.received if '"set-weight"' in each]) <= 2
    window.page.mouse.up()


def test_a_run_that_plays_is_paused_by_a_drag(opening: Opening) -> None:
    window = opening()
    window.button("Play").click()
    window.part("#lab[data-playing]").wait_for()
    field = window.part("wg-weights input[data-ref='hidden.W[0,0]']")
    pulled(window, field.locator("xpath=following-sibling::*[@class='grip']"), 30)
    kinds = [each["do"] for each in window.lab.asked]
    assert kinds.index("pause") < kinds.index("set-weight")
    assert window.part("#lab[data-playing]").count() == 0


def test_the_arrow_keys_move_a_weight_and_a_setting(opening: Opening) -> None:
    window = opening("xor")
    field = window.part("wg-weights input[data-ref='hidden.W[0,0]']")
    field.focus()
    window.page.wait_for_timeout(200)
    start = float(field.input_value().replace("−", "-"))
    field.press("ArrowUp")
    window.part("#lab:not([data-waiting])").wait_for()
    field.press("Shift+ArrowDown")
    window.part("#lab:not([data-waiting])").wait_for()
    first, second = weights(window)
    assert (first, second) == pytest.approx((start + 0.01, start + 0.009), abs=0.0006)
    rate = window.page.get_by_label("Learning rate")
    rate.press("ArrowUp")
    window.asks({"do": "change", "key": "training.learning_rate", "value": 0.11, "called": "Learning rate"})
    units = window.page.get_by_label("Units of layer 1")
    units.press("ArrowDown")
    window.asks({"do": "change", "key": "network.layers", "value": "2 -> 7 relu -> 1", "called": "Units of layer 1"})
    assert not any(each["do"] == "step" for each in window.lab.asked)


def test_a_setting_is_dragged_and_what_is_refused_is_said(opening: Opening) -> None:
    window = opening("xor")
    rate = window.page.get_by_label("Learning rate")
    pulled(window, rate.locator("xpath=following-sibling::*[@class='grip']"), -100)
    changes = [each["value"] for each in window.lab.asked if each["do"] == "change"]
    assert changes == sorted(changes, reverse=True)
    assert window.lab.session.experiment.training.learning_rate == changes[-1] == pytest.approx(0.032, abs=0.002)
    assert float(rate.input_value()) == changes[-1]
    seed = window.page.get_by_label("Seed", exact=True)
    pulled(window, seed.locator("xpath=following-sibling::*[@class='grip']"), -100)
    window.part("wg-settings .fault").get_by_text("out of range").wait_for()
    last = [each["value"] for each in window.lab.asked if each["do"] == "change"][-1]
    assert (seed.input_value(), last < 0) == (str(last), True)
    assert 0 <= window.lab.session.experiment.training.seed < 7


def test_one_note_is_left_of_a_drag(opening: Opening) -> None:
    window = opening()
    field = window.part("wg-weights input[data-ref='hidden.W[0,0]']")
    pulled(window, field.locator("xpath=following-sibling::*[@class='grip']"), 60)
    assert len(weights(window)) >= 2
    window.page.wait_for_timeout(50)
    assert window.part("wg-notes li").count() == 1

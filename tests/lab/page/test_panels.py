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


def test_a_number_that_was_asked_for_is_followed_through_training(opening: Opening) -> None:
    window = opening("notes-222")
    window.button("Update on").click()
    window.at(1, 0)
    window.part("wg-weights").get_by_role("button", name="Why is the gradient of w5 what it is?").click()
    window.part("wg-formula .title").get_by_text("w5").wait_for()
    window.part("wg-formula").get_by_text("Through training").click()
    window.part("wg-trail .note").get_by_text("w5 at the updates made").wait_for()
    window.part("wg-trail").get_by_text("As a table").click()
    after = window.lab.session.trace(0).change("w5").after
    assert window.part("wg-trail tbody tr").all_inner_texts() == ["0\t0.4", f"1\t{float(after)!r}"]
    window.button("Update on").click()
    window.at(2, 0)
    window.part("wg-trail tbody tr").nth(2).wait_for()
    window.part("wg-formula .ask input").fill("dE/dw5")
    window.page.keyboard.press("Enter")
    window.part("wg-trail .note").get_by_text("dE/dw5 at batch 0 of each epoch").wait_for()


def test_what_places_are_rounded_to_is_said_of_each_axis(opening: Opening) -> None:
    window = opening("xor")
    window.button("Data").click()
    window.part("wg-rows-plane .readout").get_by_text("x1 and x2 are rounded to 0.01.").wait_for()


@pytest.mark.parametrize("width", [820, 1280])
def test_no_gap_stands_beside_the_panels_that_are_tall(opening: Opening, width: int) -> None:
    window = opening("xor", viewport={"width": width, "height": 900})
    for name in ("Data", "Curves", "Inactive units", "Values per layer"):
        window.button(name).click()
        window.part(f"wg-panels section[aria-label='{name}'] > :nth-child(2)").wait_for(state="attached")
    whole = window.part("wg-panels .cards").bounding_box()
    wide = [window.part(f"wg-panels .panel[data-panel={name}]").bounding_box() for name in ("data", "curves")]
    assert whole is not None
    assert [each and each["width"] for each in wide] == pytest.approx([whole["width"]] * 2)
    low = [window.part(f"wg-panels .panel[data-panel={name}]").bounding_box() for name in ("inactive", "histograms")]
    assert len({each and each["y"] for each in low}) == 1

"""A page beside the lab: how one goes there and back, what it counts, and the lab that goes on behind it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.lab.page.conftest import Opening, Window
from tests.lab.test_seeds import swept
from tests.render.window import missing
from whygrad.lab.presets import preset
from whygrad.lab.tools.seeds import rank, share
from whygrad.pipeline.flock import of_seed

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())
SEEDS = "wg-page-seeds"


def seeds(window: Window) -> None:
    window.page.get_by_role("link", name="Seeds").click()
    window.part(f"{SEEDS} form").wait_for()


def run(window: Window, **wanted: object) -> None:
    for label, value in wanted.items():
        field = window.part(SEEDS).get_by_role("spinbutton", name=label.replace("_", " "), exact=True)
        field.fill(str(value))
    window.part(SEEDS).get_by_role("button", name="Run").click()


def over(window: Window, starts: int) -> None:
    window.part(f"{SEEDS} .words:has-text('All {starts} starts have ended')").wait_for(timeout=20_000)


def test_what_is_counted_is_what_python_counts(opening: Opening) -> None:
    window = opening("xor")
    seeds(window)
    run(window, starts=25, first_seed=3, epochs_at_most=60)
    over(window, 25)
    sweep = swept(of_seed(preset("xor"), 0), 25, 60, first=3)
    for how, count in sweep.counts.items():
        found = share(count, 25)
        cells = window.part(f"{SEEDS} tr[data-how={how}] td").all_text_contents()
        assert cells == [str(count), f"{found['share']:.1f} %", f"{found['low']:.1f} to {found['high']:.1f} %"]
    ranked = sorted(sweep.outcomes, key=rank)
    for name, listed in (("The best", ranked[:10]), ("The worst", ranked[::-1][:10])):
        rows = window.part(f"{SEEDS} [aria-label='{name}'] tbody tr").all()
        told = [(row.locator("th").inner_text(), *row.locator("td").all_inner_texts()[:2]) for row in rows]
        assert told == [(str(each.seed), each.how, str(each.epochs)) for each in listed]
    assert window.part(f"{SEEDS} path").count() == 25
    assert window.part(f"{SEEDS} path.solved").count() == sweep.counts["solved"]
    window.part(f"{SEEDS} summary").last.click()
    expect(window.part(f"{SEEDS} [aria-label*='is drawn'] tbody tr")).to_have_count(25)


def test_a_start_opens_in_the_lab(opening: Opening) -> None:
    window = opening("xor")
    seeds(window)
    run(window, starts=5, epochs_at_most=5)
    over(window, 5)
    window.part(f"{SEEDS} [aria-label='The worst'] button").first.click()
    expect(window.part("#lab")).not_to_have_attribute("data-page", "seeds")
    asked = window.lab.asked[-1]
    assert (asked["do"], asked["key"]) == ("change", "training.seed")
    window.part("wg-notes li:has-text('training.seed')").wait_for()
    assert window.lab.session.experiment.training.seed == asked["value"]
    seeds(window)
    assert window.part(f"{SEEDS} .fault:visible").count() == 0  # another seed leaves what was counted as it is


def test_results_of_other_settings_are_said_to_be_old(opening: Opening) -> None:
    window = opening("xor")
    seeds(window)
    run(window, starts=3, epochs_at_most=2)
    over(window, 3)
    window.page.get_by_role("link", name="Lab").click()
    window.part("wg-settings").get_by_label("learning rate").fill("0.2")
    window.part("wg-settings").get_by_label("learning rate").press("Enter")
    window.part("wg-notes li:has-text('training.learning_rate')").wait_for()
    seeds(window)
    window.part(f"{SEEDS} .fault:has-text('run again')").wait_for()
    run(window)
    over(window, 3)
    assert window.part(f"{SEEDS} .fault:visible").count() == 0


def test_there_and_back_by_links_by_keys_and_by_the_browser(opening: Opening) -> None:
    window = opening("xor")
    assert window.page.evaluate("performance.getEntriesByType('resource').every(e => !e.name.includes('/seeds'))")
    window.button("Update on").click()
    window.at(1, 0)
    network = window.part("wg-network svg").element_handle()
    links = window.page.get_by_role("navigation", name="Pages").get_by_role("link")
    assert links.all_text_contents() == ["Lab", "Seeds", "Check"]
    expect(links.nth(0)).to_have_attribute("aria-current", "page")
    links.nth(1).focus()
    window.page.keyboard.press("Enter")
    window.part(f"{SEEDS} form").wait_for()
    expect(links.nth(1)).to_have_attribute("aria-current", "page")
    expect(links.nth(1)).to_be_focused()
    assert window.page.evaluate("location.hash") == "#page=seeds"
    expect(window.part("wg-controls")).to_be_hidden()
    expect(window.button("Step on")).to_be_hidden()
    window.page.go_back()
    expect(window.part("wg-controls")).to_be_visible()
    expect(window.part(SEEDS)).to_be_hidden()
    assert window.page.evaluate("shown => shown.isConnected", network)
    window.at(1, 0)
    window.page.go_forward()
    expect(window.part(f"{SEEDS} form")).to_be_visible()
    window.page.reload()
    expect(window.part(f"{SEEDS} form")).to_be_visible()


def test_the_keys_of_the_lab_are_not_those_of_another_page(opening: Opening) -> None:
    window = opening("xor")
    seeds(window)
    asked = len(window.lab.asked)
    window.part(f"{SEEDS} h2").click()
    for key in ("ArrowRight", "r", "Space"):
        window.page.keyboard.press(key)
    window.page.wait_for_timeout(100)
    assert len(window.lab.asked) == asked


def test_the_page_asks_on_until_all_have_ended_and_stops_when_told(
    opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("whygrad.lab.tools.seeds.TURN", 0.3)
    window = opening("xor")
    seeds(window)
    run(window, starts=2000, epochs_at_most=100_000, solved_below_a_loss_of="1e-300")
    window.part(f"{SEEDS} .words:has-text('are at epoch')").wait_for(timeout=20_000)
    window.button("Stop").click()
    window.button("Go on").wait_for(timeout=20_000)
    asked = [each for each in window.lab.asked if each["do"] == "use"]
    assert [each["ask"]["go_on"] for each in asked] == [False] + [True] * (len(asked) - 1)
    assert {"do": "pause"} in window.lab.asked
    assert not window.button("Stop").is_visible()


def test_what_is_too_large_is_said(opening: Opening) -> None:
    window = opening("digits")
    seeds(window)
    run(window, starts=2)
    window.part("wg-notes li:has-text('WG1029')").wait_for()
    expect(window.part(SEEDS).get_by_role("button", name="Run")).to_be_enabled()


def test_a_start_is_pointed_at(opening: Opening) -> None:
    window = opening("xor")
    seeds(window)
    run(window, starts=1, epochs_at_most=30)
    over(window, 1)
    window.part(f"{SEEDS} path").dispatch_event("pointerover")
    window.part(f"{SEEDS} .readout:has-text('Seed 7: ')").wait_for()
    for name in ("log losses", "log epochs"):
        before = window.part(f"{SEEDS} path").get_attribute("d")
        window.part(SEEDS).get_by_label(name).uncheck()
        assert window.part(f"{SEEDS} path").get_attribute("d") != before


@pytest.mark.parametrize("width", [390, pytest.param(1300, marks=pytest.mark.long)])
def test_nothing_sticks_out_of_the_window(width: int, opening: Opening) -> None:
    window = opening("xor", viewport={"width": width, "height": 800})
    seeds(window)
    run(window, starts=4, epochs_at_most=20)
    over(window, 4)
    assert window.page.evaluate("document.documentElement.scrollWidth") <= width
    bottom = window.page.evaluate("document.documentElement.scrollHeight")
    assert bottom - window.part(SEEDS).evaluate("each => each.getBoundingClientRect().bottom + scrollY") < 80

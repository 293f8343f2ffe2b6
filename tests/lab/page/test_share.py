"""A session handed on by the page, and opened by it: in the address, in a file, and what is neither."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.lab.asking import desk, told
from tests.lab.page.conftest import Opening, Window
from tests.lab.test_real import started as lab_started
from tests.lab.test_state import LIVE
from tests.render.window import missing
from whygrad.lab.message import Request
from whygrad.lab.presets import preset
from whygrad.lab.state import in_address, parsed, state_of, text_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())


def address(*requests: Request) -> str:
    found = desk(preset("xor"))
    for each in requests:
        told(found, each)
    return in_address(state_of(found.session))


def share(window: Window) -> None:
    window.button("Share …").click()
    window.part("wg-share dialog").wait_for()


def behind(window: Window) -> str:
    return str(window.page.evaluate("location.hash"))


def test_a_link_holds_what_is_looked_at(opening: Opening) -> None:
    window = opening("xor", permissions=["clipboard-read", "clipboard-write"])
    window.button("Update on").click()
    window.button("Step on").click()
    window.at(1, 1)
    share(window)
    wanted = in_address(state_of(window.lab.session))
    window.part(f"wg-share p:has-text('It has {len(wanted):,} of the 4,000 characters')").wait_for()
    assert behind(window) == f"#{wanted}"
    link = window.part("wg-share input").input_value()
    assert link == window.page.url
    window.button("Copy the link").click()
    window.part("wg-share :text('Copied.')").wait_for()
    assert window.page.evaluate("navigator.clipboard.readText()") == link


def test_a_page_opened_at_a_link_shows_it_and_a_reload_stays_there(opening: Opening) -> None:
    link = address(*LIVE)
    window = opening("notes-222", behind=f"#{link}")
    window.at(12, 3)
    assert window.part("wg-header h1").text_content() == "XOR"
    assert window.lab.asked[0] == {"do": "open", "state": link.removeprefix("state=")}
    assert window.part("output").first.text_content() == "12 of 20"
    window.button("Step on").click()
    window.at(12, 4)
    window.page.reload()
    window.at(12, 4)
    assert window.lab.asked[-1] == {"do": "open", "session": "first", "state": link.removeprefix("state=")}


def test_another_link_in_the_same_page_is_opened(opening: Opening) -> None:
    window = opening("notes-222")
    link = address(*LIVE)
    window.page.evaluate("link => { location.hash = link }", link)
    window.at(12, 3)
    window.page.evaluate("link => { location.hash = link }", address(*LIVE[:1]))
    window.at(7, 0)
    window.page.go_back()
    window.at(12, 3)


def test_what_opens_something_else_leaves_the_link(opening: Opening) -> None:
    window = opening("notes-222", behind=f"#{address(*LIVE)}&page=seeds")
    window.at(12, 3)
    window.part("wg-header select").select_option("students")
    window.part("wg-header h1:has-text('tudents')").or_(window.part("#lab[data-place='0/0/0']")).first.wait_for()
    window.at(0, 0)
    assert behind(window) == "#page=seeds"


@pytest.mark.parametrize("link", ["state=AAAA", "state="])
def test_a_broken_link_is_said_and_the_page_begins_without(link: str, opening: Opening) -> None:
    window = opening("xor", behind=f"#{link}")
    window.at(0, 0)
    window.button("Step on").click()
    window.at(0, 1)
    if link == "state=AAAA":
        window.part("wg-notes li:has-text('WG1026')").wait_for()
        assert behind(window) == ""


def test_what_is_too_long_for_a_link_is_saved_and_opened_as_a_file(opening: Opening, tmp_path: Path) -> None:
    window = opening("xor")
    window.lab.desk = window.lab.sat_down(preset("xor"))
    window.page.evaluate(
        """() => document.querySelector("wg-header").dispatchEvent(new CustomEvent("wg-ask", {bubbles: true,
        detail: {do: "change", key: "network.layers", value: "2 -> 90 relu -> 1"}}))"""
    )
    window.part("wg-notes li:has-text('network.layers')").wait_for()
    window.button("Update on").click()
    window.at(1, 0)
    share(window)
    length = len(in_address(state_of(window.lab.session)))
    assert length > 4_000
    window.part(f"wg-share p:has-text('A link would have {length:,} characters')").wait_for()
    assert not window.button("Copy the link").is_visible()
    assert not window.part("wg-share input").is_visible()
    assert behind(window) == ""
    with window.page.expect_download() as download:
        window.button("Save as a file").last.click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name == "session.json"
    assert file.read_text("utf-8") == text_of(state_of(window.lab.session))
    before = window.lab.session.trace().loss
    window.part("wg-share").get_by_role("button", name="Close").click()
    window.button("Reset").click()
    window.at(0, 0)
    window.button("Experiment …").click()
    window.part("dialog[aria-label=Experiment] input[type=file]").set_input_files(file)
    window.part("dialog[aria-label=Experiment]").get_by_role("button", name="Open", exact=True).click()
    window.at(1, 0)
    window.part("dialog[aria-label=Experiment]").wait_for(state="hidden")
    assert window.lab.session.trace().loss == before


def test_a_file_that_is_no_session_is_refused_where_it_was_opened(opening: Opening) -> None:
    window = opening("xor")
    window.button("Experiment …").click()
    window.part("dialog[aria-label=Experiment] textarea").fill('{"format": 9}')
    window.part("dialog[aria-label=Experiment]").get_by_role("button", name="Open", exact=True).click()
    window.part("dialog[aria-label=Experiment] .fault:has-text('WG1027')").wait_for()
    assert window.lab.asked[-1] == {"do": "open", "state": '{"format": 9}'}


def test_rows_in_a_file_are_named(opening: Opening) -> None:
    window = opening("penguins")
    share(window)
    window.part("wg-share :text('Its rows are in penguins.csv')").wait_for()


def test_a_link_survives_the_way_in_with_the_token(browser: Browser, tmp_path: Path) -> None:
    """A real server takes the token out of the address; what stands behind # is the browser's, and stays."""
    link = address(*LIVE)
    with lab_started(tmp_path) as told:
        page = browser.new_context().new_page()
        page.goto(f"{told['url']}#{link}")
        page.locator("#lab[data-place^='12/3/']").wait_for(timeout=15_000)
        assert page.url == f"http://127.0.0.1:{told['port']}/#{link}"
        page.get_by_role("button", name="Put away").click()
        page.reload()
        page.locator("#lab[data-place^='12/3/']").wait_for(timeout=15_000)
        page.context.close()


def test_the_link_that_the_page_gives_opens_elsewhere(opening: Opening) -> None:
    window = opening("xor")
    window.button("Epoch on").click()
    window.at(4, 0)
    share(window)
    window.part("wg-share p:has-text('characters')").first.wait_for()
    state = parsed(behind(window).removeprefix("#"))
    assert (state.update, state.end) == (4, 4)
    assert json.loads(text_of(state))["experiment"].startswith('title = "XOR"')

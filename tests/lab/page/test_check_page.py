"""Notes on a page: marks beside their lines while one types, as the command says them, and what belongs to them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.lab.page.conftest import Opening, Window
from tests.lab.page.test_access import faults
from tests.render.window import missing
from whygrad.lab.message import Told
from whygrad.pipeline.marking import check

if TYPE_CHECKING:
    from playwright.sync_api import Locator

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())
PAGE = "wg-page-check"
OTHERS: list[dict[str, Any]] = [{"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 844}}]
ROOT = Path(__file__).parents[3]
WRONG = "So\n\nnet_H1 = (0.15)(0.05) + (0.20)(0.10) = 0.0275\nout_H1 = 0.5069"
RIGHT = "net_H1 = 0.15·0.05 + 0.20·0.10 + 0.35 = 0.3775"


def notes(window: Window, text: str = "") -> Locator:
    """The page, and the area for the notes with a text in it."""
    window.page.get_by_role("link", name="Check").click()
    field = window.page.get_by_role("textbox", name="Your notes")
    field.wait_for()
    if text:
        field.fill(text)
    return field


def mark(window: Window, line: int) -> Locator:
    """What stands beside a line."""
    return window.part(f"{PAGE} li:has(button.mark[aria-label^='Line {line}:'])")


def settled(window: Window) -> None:
    """Nothing is typed any more: marks are shown of the line of the cursor as well."""
    window.page.get_by_role("heading", name="Check").click()
    window.part(f"{PAGE} .sheet:not([data-stale])").wait_for()


def test_a_wrong_line_is_marked_while_typing_and_right_when_it_is_mended(opening: Opening) -> None:
    window = opening("notes-222")
    field = notes(window, WRONG)
    window.part(f"{PAGE} .counted:has-text('1 error.')").wait_for()
    settled(window)
    command = check(WRONG.encode(), ROOT / "examples" / "notes-222.toml")
    beside, follows = mark(window, 3), mark(window, 4)
    expect(beside.locator("button.mark")).to_have_text("3✗wrong")
    expect(beside).to_contain_text("right: 0.3775")
    said = command.structure()["marks"][0]["said"]
    assert said[0].startswith("The bias is left out")
    for each in said:
        expect(beside).to_contain_text(each)
    expect(beside.locator("math").last).to_contain_text("0.3775")  # the correct line
    expect(window.part(f"{PAGE} .about")).to_contain_text("Marked against the network in the lab")
    follows.get_by_role("button", name="line 3").click()  # goes there
    assert field.evaluate("each => each.value.slice(each.selectionStart, each.selectionEnd)") == WRONG.splitlines()[2]
    expect(field).to_be_focused()
    expect(beside).to_have_class("open")
    window.page.keyboard.insert_text(RIGHT)
    expect(beside.locator("button.mark")).to_have_text("3✓right")
    expect(follows.locator("button.mark")).to_contain_text("wrong")  # it does not follow any more
    assert window.lab.asked[-1]["ask"]["text"] == field.input_value()


def passes(window: Window, until: str, most: int = 1000) -> None:
    """Milliseconds pass, as few as it takes; the machine may take its own time for them."""
    for _ in range(0, most, 50):
        window.page.clock.run_for(50)
        window.page.wait_for_timeout(20)
        if window.part(until).count():
            return
    assert window.part(until).count()


def test_a_line_that_is_being_written_is_not_held_against_anybody(opening: Opening) -> None:
    window = opening("notes-222")
    window.page.clock.install(time=0)
    field = notes(window, "w1 = 0.15\n")
    window.part(f"{PAGE} .counted:has-text('No errors')").wait_for()
    window.page.clock.pause_at(600_000)  # milliseconds; from here on none pass by themselves
    field.press_sequentially("net_H1 = 0.5")
    passes(window, f"{PAGE} .sheet:not([data-stale])")
    expect(mark(window, 2).locator("button.mark")).to_contain_text("being written")
    expect(window.part(f"{PAGE} [role=status].unseen")).not_to_contain_text("1 error")
    expect(window.part(f"{PAGE} .line[data-kind=error]")).to_have_count(0)
    expect(window.part(f"{PAGE} .words")).to_have_attribute("data-stale", "")
    passes(window, f"{PAGE} [role=status].unseen:has-text('1 error')", most=1500)
    expect(mark(window, 2).locator("button.mark")).to_contain_text("wrong")


def test_a_sample_says_its_network_and_each_quantity_has_its_derivation(opening: Opening) -> None:
    window = opening("xor")
    field = notes(window, "mine = 1")
    window.button("A 2-2-2 network by hand").click()
    window.part(f"{PAGE} .counted:has-text('5 errors.')").wait_for()
    expect(window.part(f"{PAGE} .about")).to_contain_text("Marked against the preset notes-222.")
    window.page.get_by_role("button", name="Why is dE/dw5 what it is?").click()
    dialog = window.page.get_by_role("dialog", name="Derivation")
    expect(dialog.get_by_role("heading", name="Why dE/dw5 is 0.0815341")).to_be_visible()
    dialog.locator("[data-ref='hidden.out[0,0]']").first.click()
    expect(dialog.get_by_role("heading", name="Why out_H1 is 0.593270")).to_be_visible()
    dialog.get_by_role("button", name="Back").click()
    expect(dialog.get_by_role("heading", name="Why dE/dw5 is 0.0815341")).to_be_visible()
    window.page.keyboard.press("Escape")
    window.button("Bring my notes back").click()
    expect(field).to_have_value("mine = 1")
    window.button("From one neuron to blame").click()
    window.part(f"{PAGE} .counted:has-text('No errors.')").wait_for()
    expect(window.part(f"{PAGE} .about")).to_contain_text("No network is given")
    window.button("One step of a 2-2-1 network").click()
    window.button("Open it in the lab").click()
    expect(window.part("#lab")).not_to_have_attribute("data-page", "check")
    expect(window.part("wg-header h1")).to_have_text("A 2-2-1 network, one example, step by step")


def test_a_reload_keeps_the_notes_and_a_phone_shows_marks_below_them(opening: Opening) -> None:
    window = opening("notes-222", viewport={"width": 390, "height": 844})
    notes(window, f"{WRONG}\n{'a long line of prose ' * 9}\n{RIGHT}")
    window.part(f"{PAGE} .counted:has-text('1 error.')").wait_for()
    window.page.reload()
    window.part(f"{PAGE} .counted:has-text('1 error.')").wait_for()
    field = window.page.get_by_role("textbox", name="Your notes")
    assert field.input_value().startswith(WRONG)
    assert window.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert field.evaluate("each => each.scrollHeight - each.clientHeight") == 0  # broken as the text behind it is
    sheet = window.part(f"{PAGE} .paper").bounding_box()
    first = mark(window, 3).bounding_box()
    assert sheet is not None
    assert first is not None
    assert first["y"] >= sheet["y"] + sheet["height"]
    mark(window, 3).locator("button.mark").click()
    at_top = mark(window, 3).bounding_box()
    assert at_top is not None
    assert at_top["y"] == 0
    line = window.part(f"{PAGE} .line[data-kind=error]").bounding_box()
    assert line is not None
    assert at_top["height"] <= line["y"] < 844  # not behind it


@pytest.mark.parametrize("look", [{}, *(pytest.param(each, marks=pytest.mark.long) for each in OTHERS)], ids=str)
def test_axe_finds_nothing(opening: Opening, look: dict[str, Any]) -> None:
    window = opening("notes-222", **look)
    notes(window)
    window.button("A 2-2-2 network by hand").click()
    window.part(f"{PAGE} .counted:has-text('5 errors.')").wait_for()
    assert faults(window) == []
    mark(window, 16).locator("button.mark").click()
    assert faults(window) == []
    mark(window, 16).locator("button.name").first.click()
    window.page.get_by_role("heading", name="Why net_H1 is 0.3775").wait_for()
    assert faults(window) == []


@pytest.mark.long
def test_marks_of_an_earlier_text_are_never_shown_as_current(opening: Opening) -> None:
    window = opening("notes-222")
    field = notes(window, "w1 = 0.15")
    window.part(f"{PAGE} .counted:has-text('1 right')").wait_for()
    window.is_slow = True
    field.press_sequentially("5")
    expect(window.part(f"{PAGE} .sheet")).to_have_attribute("data-stale", "")
    expect(window.part(f"{PAGE} .words")).to_have_attribute("data-stale", "")
    expect(window.part(f"{PAGE} .progress")).to_be_visible()
    asked = window.lab.asked[-1]["ask"]["number"]
    window.say(Told("check", {"number": asked, "counted": "of before", "about": "", "opens": None, "marks": []}))
    window.page.wait_for_timeout(100)
    expect(window.part(f"{PAGE} .counted")).not_to_have_text("of before")
    field.press("Home")
    field.press("Enter")
    field.press("Enter")
    expect(window.part(f"{PAGE} .line[data-kind=right]")).to_have_count(0)  # its line is another one
    window.is_slow = False
    field.press("Enter")
    window.part(f"{PAGE} .sheet:not([data-stale])").wait_for()
    expect(window.part(f"{PAGE} .progress")).to_be_hidden()


@pytest.mark.long
def test_a_mark_stays_with_its_line_while_others_are_written_above(opening: Opening) -> None:
    window = opening("notes-222")
    field = notes(window, "w1 = 0.15\nw2 = 0.25")
    window.part(f"{PAGE} .counted:has-text('1 error')").wait_for()
    settled(window)
    before = mark(window, 2).bounding_box()
    window.is_slow = True
    field.press("Control+Home")
    field.press("Enter")
    after = mark(window, 2).bounding_box()
    assert before is not None
    assert after is not None
    assert after["y"] == before["y"] + 24
    tinted = window.part(f"{PAGE} .line[data-kind=error]")
    assert tinted.all_text_contents() == ["w2 = 0.25"]


@pytest.mark.long
def test_files_are_opened_dropped_and_kept(opening: Opening, tmp_path: Path) -> None:
    window = opening("notes-222")
    field = notes(window)
    (tmp_path / "homework.txt").write_text("w1 = 0.15\n", encoding="utf-8")
    window.part(f"{PAGE} input[type=file]").set_input_files(tmp_path / "homework.txt")
    window.part(f"{PAGE} .counted:has-text('1 right')").wait_for()
    expect(field).to_have_value("w1 = 0.15\n")
    for button, name in (("Save the notes", "homework.txt"), ("Save the marks", "homework-marked.html")):
        with window.page.expect_download() as download:
            window.button(button).click()
        assert download.value.suggested_filename == name
    assert "w1 = 0.15" in Path(download.value.path()).read_text(encoding="utf-8")
    dropped = """(at) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0])], "photo.png"));
      at.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    }"""
    field.evaluate(dropped)
    fault = window.part(f"{PAGE} .summary .fault")
    expect(fault).to_contain_text("WG1101 photo.png is a picture (PNG)")
    expect(field).to_have_value("w1 = 0.15\n")
    field.fill("x" * 100_001)
    expect(fault).to_contain_text("WG1031 the notes have 100,001 characters")
    field.fill("+++\nnetwork = 'my/own.toml'\n+++\nw1 = 1")
    expect(fault).to_contain_text("WG1030 the network 'my/own.toml' is not read")
    field.fill("one\n\n```whygrad\n")
    fault.get_by_role("button", name="line 3").click()
    assert field.evaluate("each => each.selectionStart") == 5
    field.fill("w1 = 0.15")
    expect(fault).to_be_hidden()
    window.page.get_by_label("Hold them against").select_option("nothing")
    expect(window.part(f"{PAGE} .about")).to_contain_text("No network is given")


@pytest.mark.long
def test_what_is_longer_than_its_room_opens_and_another_network_marks_anew(opening: Opening) -> None:
    window = opening("notes-222")
    field = notes(window, "w1 = 0.15\nnet_H1 = 0.3825\nw2 = 0.2")
    window.part(f"{PAGE} .counted:has-text('1 error')").wait_for()
    settled(window)
    more = mark(window, 2).get_by_role("button", name="More on line 2")
    assert mark(window, 2).evaluate("each => each.clientHeight") == 24
    more.click()
    assert mark(window, 2).evaluate("each => each.clientHeight") > 48
    window.part("wg-header").get_by_label("Presets").select_option("live-221")
    expect(window.part(f"{PAGE} .about")).to_contain_text("2-2-1 network, one example")
    expect(field).to_have_value("w1 = 0.15\nnet_H1 = 0.3825\nw2 = 0.2")
    window.sockets[-1].close()
    window.part("wg-notes .gone").wait_for()
    expect(window.part(f"{PAGE} .sheet")).to_have_attribute("data-stale", "")
    window.part(f"{PAGE} .sheet:not([data-stale])").wait_for()  # connected again

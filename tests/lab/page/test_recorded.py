"""A recorded run in the browser, opened from a disk: everything that one can look at, nothing asked of anybody."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from msgspec import structs

from tests.lab.asking import desk, frame, only, told
from tests.render.window import missing, opened
from whygrad.lab.desk import Desk
from whygrad.lab.hosts.notebook import LabView
from whygrad.lab.hosts.recorded_run import recorded_run
from whygrad.lab.hosts.recording import Budget
from whygrad.lab.message import Explain, Go, Step, Why
from whygrad.lab.opening import Opening
from whygrad.lab.presets import preset
from whygrad.spec import Experiment

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Frame, Page

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())
EPOCHS = 25
WATCHED = """() => {
  window.places = [];
  const lab = document.getElementById("lab");
  new MutationObserver(() => window.places.push(lab.dataset.place)).observe(lab, { attributeFilter: ["data-place"] });
}"""
SHOWN = "(text) => document.querySelector('wg-formula .title')?.textContent === text"


def students() -> Experiment:
    found = preset("students")
    return structs.replace(found, training=structs.replace(found.training, epochs=EPOCHS))


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hundred updates, of which eight are recorded, and two with derivations and panels."""
    _, page = recorded_run(Opening(students()), Budget(frames=40, drawings=20, derivations=24))
    path = tmp_path_factory.mktemp("recorded") / "run.html"
    path.write_text(page, encoding="utf-8")
    return path


@pytest.fixture
def driven() -> Desk:
    found = desk(students())
    told(found, Step("update", 4 * EPOCHS))
    return found


def at(page: Page | Frame, update: int, moves: int) -> None:
    page.locator(f"#lab[data-place='{update}/{moves}/0']").wait_for(timeout=20_000)


def press(page: Page | Frame, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def facts(page: Page | Frame) -> list[str]:
    return page.locator("wg-controls dl.place dd").all_inner_texts()


@pytest.fixture
def window(browser: Browser, file: Path) -> Any:
    """The page; in the end it has asked for nothing but itself, and complained about nothing."""
    page, heard = opened(browser, file)
    page.set_default_timeout(5000)
    at(page, 0, 0)
    yield page
    assert heard == [file.as_uri()]
    page.context.close()


def test_steps_on_and_back_show_what_the_lab_shows(window: Page, driven: Desk) -> None:
    for moves in range(1, 5):
        press(window, "Step on")
        at(window, 0, moves)
    seen = frame(told(driven, Go(0, 4)))
    assert facts(window)[:4] == ["0", "0", "0", "0"]
    assert float(facts(window)[4]) == pytest.approx(seen.loss, abs=1e-6)
    after = window.locator("wg-weights tbody tr").first.locator("td").last
    assert float(after.get_attribute("title") or "") == seen.weights["output.W"][0][0]
    press(window, "Step on")
    at(window, 1, 0)
    for moves in (4, 3, 2):
        press(window, "Step back")
        at(window, 0, moves)
    assert window.locator("wg-formula .title").inner_text() == "Loss"
    press(window, "Update on")
    press(window, "Update on")
    at(window, 2, 0)
    press(window, "Update back")
    at(window, 1, 0)
    press(window, "Reset")
    at(window, 0, 0)


def test_where_nothing_can_be_asked_it_says_where_it_can(window: Page) -> None:
    said = window.locator("wg-formula .note:visible").get_by_text("can be asked with")
    assert said.count() == 0
    press(window, "Update on")
    at(window, 1, 0)
    said.wait_for()
    assert said.inner_text() == "In this recording it can be asked with 0, 100 updates made, not here."
    window.locator("wg-formula .subtitle").get_by_text("after 1 update: epoch 0, batch 1").wait_for()


def test_it_plays_and_pauses(window: Page) -> None:
    window.evaluate(WATCHED)
    window.locator("wg-controls select").nth(1).select_option("5")
    press(window, "Play")
    for _ in range(200):
        if window.evaluate("window.places.length") >= 3:
            break
        window.wait_for_timeout(20)
    press(window, "Pause")
    window.get_by_role("button", name="Play", exact=True).wait_for()
    places = window.evaluate("window.places")
    expected = [f"{update}/{moves}/0" for update in (0, 1, 2) for moves in range(5)]
    assert places == expected[1 : 1 + len(places)]
    place = window.locator("#lab").get_attribute("data-place")
    window.wait_for_timeout(300)
    assert window.locator("#lab").get_attribute("data-place") == place
    window.locator("wg-controls select").nth(0).select_option("update")
    window.locator("wg-controls select").nth(1).select_option("20")
    press(window, "Play")
    at(window, 100, 0)
    window.get_by_role("button", name="Play", exact=True).wait_for()  # the end of the recording ends it


def test_the_scrubber_and_the_curve_lead_to_the_nearest_place(window: Page) -> None:
    scrubber = window.get_by_role("slider", name="Updates made")
    scrubber.evaluate("each => { each.value = 99; each.dispatchEvent(new Event('input')); }")
    at(window, 100, 0)
    scrubber.evaluate("each => { each.value = 3; each.dispatchEvent(new Event('input')); }")
    window.locator("#lab:not([data-place^='100/'])").wait_for()
    assert int(facts(window)[0]) < 20
    before = window.locator("#lab").get_attribute("data-place")
    drawing = window.locator("wg-chart .drawing").first
    width = drawing.evaluate("each => each.clientWidth")
    drawing.click(position={"x": width / 2, "y": 100})
    window.locator(f"#lab:not([data-place='{before}'])").wait_for()
    assert 10 < int(facts(window)[0]) < 100


def test_a_derivation_is_the_one_of_the_lab_and_where_there_is_none_it_says_where(window: Page, driven: Desk) -> None:
    window.locator("wg-weights").get_by_role("button", name="Why is the gradient of w what it is?").click()
    told(driven, Go(0))
    title = only(told(driven, Explain("w")), Why).document["title"]
    window.wait_for_function(SHOWN, arg=title)
    press(window, "Update on")
    window.get_by_text("The recording holds no derivation of this number at this update.").wait_for()
    window.get_by_text("It is there at updates 0, 100.").wait_for()
    assert window.locator("wg-notes li").count() == 0
    window.locator("wg-formula input").fill("net_o1")
    window.get_by_role("slider", name="Updates made").evaluate(
        "each => { each.value = 100; each.dispatchEvent(new Event('input')); }"
    )
    window.locator("wg-formula form button").click()
    told(driven, Go(100))
    window.wait_for_function(SHOWN, arg=only(told(driven, Explain("net_o1")), Why).document["title"])


def test_a_panel_shows_its_update_and_says_where_it_is_of_another(window: Page, driven: Desk) -> None:
    press(window, "Confusion matrix")
    card = window.locator("section[data-panel=confusion]")
    card.locator("td.number").first.wait_for()
    told(driven, Go(0))
    from whygrad.lab.panels.confusion import PANEL

    counts = PANEL.draw(driven.sight(), PANEL.settings())["parts"][0]["counts"]
    assert [int(each) for each in card.locator("td.number").all_inner_texts()] == [n for row in counts for n in row]
    assert card.get_attribute("data-stale") is None
    press(window, "Update on")
    at(window, 1, 0)
    window.locator("section[data-panel=confusion][data-stale]").wait_for()
    assert card.locator("h2").inner_text() == "Confusion matrix of update 0"


def test_what_needs_a_lab_is_not_offered(window: Page) -> None:
    for selector in ("wg-settings :is(input, select)", "wg-weights td input"):
        parts = window.locator(selector)
        assert parts.count() > 0
        assert all(each.is_disabled() for each in parts.all())
    for gone in (
        "nav",
        ".tools select[aria-label=Presets]",
        "wg-controls .jumps",
        "wg-moves .kind",
        "wg-controls .row",
    ):
        assert not window.locator(gone).is_visible()
    assert not window.get_by_role("button", name="Keep this run").is_visible()
    press(window, "Experiment …")
    dialog = window.locator("dialog.experiment")
    assert "epochs = 25" in dialog.locator("textarea").input_value()
    assert [each.inner_text() for each in dialog.get_by_role("button").all()] == ["Save as a file", "Close"]
    with window.expect_download() as got:
        dialog.get_by_role("button", name="Save as a file").click()
    assert got.value.suggested_filename == "experiment.toml"
    dialog.get_by_role("button", name="Close").click()
    summary = window.locator("details.recorded summary")
    assert summary.inner_text().startswith("This is a recorded run of 100 updates: 8 of them are here")
    summary.click()
    window.get_by_text("Nothing can be changed here.").wait_for()


def test_it_can_be_printed_and_looks_right_in_the_dark(browser: Browser, file: Path) -> None:
    page, heard = opened(browser, file, color_scheme="dark")
    at(page, 0, 0)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 31)"
    page.emulate_media(media="print")
    assert not page.locator("wg-settings").is_visible()
    assert page.locator("wg-network svg").is_visible()
    assert heard == [file.as_uri()]
    page.context.close()


def test_its_policy_lets_nothing_else_in_or_out(browser: Browser, file: Path) -> None:
    page, _ = opened(browser, file)
    at(page, 0, 0)
    tries = {
        "fetch": "fetch('https://example.org/').then(() => 'out', () => 'kept in')",
        "picture": "new Promise(done => { const each = new Image(); each.onload = () => done('out');"
        " each.onerror = () => done('kept in'); each.src = 'https://example.org/a.png'; })",
        "script": "new Promise(done => { const each = document.createElement('script'); window.ran = 'kept in';"
        " try { each.text = 'window.ran = \"out\"'; document.head.append(each); } catch {} done(window.ran); })",
        "style": "(() => { const each = document.createElement('style'); each.textContent = 'body { opacity: 0 }';"
        " document.head.append(each); return getComputedStyle(document.body).opacity === '0' ? 'out' : 'kept in' })()",
        "frame": "new Promise(done => { const each = document.createElement('iframe'); each.src = 'https://example.org/';"
        " document.addEventListener('securitypolicyviolation', () => done('kept in')); document.body.append(each); })",
    }
    for name, each in tries.items():
        late = "new Promise((done) => setTimeout(done, 3000, 'nothing said'))"
        assert page.evaluate(f"Promise.race([{each}, {late}])") == "kept in", name
    page.context.close()


def test_without_the_extra_a_notebook_shows_it_in_a_frame(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("whygrad.lab.hosts.notebook.find_spec", lambda _: None)
    view = LabView(Opening(students(), update=3))
    shown = view._repr_mimebundle_()
    assert shown.keys() == {"text/plain", "text/html"}
    assert shown["text/plain"] == "<Lab of Pass or fail, from the hours studied>"
    notebook = tmp_path / "notebook.html"
    # What would break out if it could, and what must not come in.
    notebook.write_text(
        f"<!doctype html><title>notebook</title><style>button {{ display: none }}</style>{shown['text/html']}",
        encoding="utf-8",
    )
    page, heard = opened(browser, notebook)
    inside = page.frames[1]
    at(inside, 0, 0)
    press(inside, "Step on")
    at(inside, 0, 1)
    assert inside.evaluate("window.origin") == "null"
    assert inside.evaluate("(() => { try { return parent.document.title } catch { return 'kept in' } })()") == "kept in"
    assert [each for each in heard if each not in (notebook.as_uri(), "about:srcdoc")] == []
    page.context.close()


def test_the_lines_of_a_recording_are_read(browser: Browser) -> None:
    """A value that a person could type, with what would break a line or a tag, comes back as it was."""
    wild = structs.replace(students(), title="</script><b>\u2028 \"quoted\" & 'so' \t <!--")
    _, page = recorded_run(Opening(wild, update=1), Budget(frames=10, drawings=2, derivations=2))
    assert page.count("</script>") == 2
    opened_page = browser.new_page()
    opened_page.set_content(page)
    opened_page.locator("wg-header h1").wait_for()
    assert opened_page.locator("wg-header h1").text_content() == wild.title
    assert msgspec.json.encode(wild.title).decode() not in page
    opened_page.close()

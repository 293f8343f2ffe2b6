"""The widget's own script in a browser, with a kernel's widget at the other end of a connection made here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from queue import Empty
from typing import TYPE_CHECKING, Any

import pytest

from tests.lab.comms import connect, say
from tests.render.window import missing
from whygrad.lab.hosts.kernel import registry
from whygrad.lab.hosts.notebook import LabView
from whygrad.lab.opening import Opening
from whygrad.lab.presets import preset

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

    from whygrad.lab.desk import Desk
    from whygrad.lab.hosts.widget import LabWidget

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())
# A notebook as far as a widget sees it: models, and outputs that are put into the page after they were drawn. Its
# styles are those of JupyterLab that reach everything in an output.
NOTEBOOK = """<!doctype html><html><head><title>notebook</title><style>
  .output dt { float: left; width: 20%; font-weight: bold }
  .output table { color: red } .output button { display: none }
</style></head><body><p id="beside">beside</p></body></html>"""
ADDRESS = "http://notebook.test/"
SHOW = """async ([name, esm, styles]) => {
  window.models ??= {};
  const heard = new Set();
  const model = window.models[name] ??= {
    heard, module: import(URL.createObjectURL(new Blob([esm], { type: "text/javascript" }))),
    get: (key) => (key === "styles" ? styles : undefined),
    on: (event, listener) => event === "msg:custom" && heard.add(listener),
    off: (event, listener) => heard.delete(listener),
    send: (content) => window.toKernel(name, JSON.stringify(content)),
  };
  const el = document.createElement("div");
  el.className = "output";
  const { default: widget } = await model.module;
  const leave = await widget.render({ model, el });
  document.body.append(el);
  el.leave = () => { el.remove(); leave(); };
}"""
PUMP = """() => setInterval(async () => {
  for (const [name, answer] of await window.fromKernel())
    for (const each of window.models[name].heard) each(answer, []);
}, 15)"""


class Notebook:
    """A page that shows widgets of this process."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.widgets: dict[str, LabWidget] = {}
        self.asked: list[tuple[str, Any]] = []
        self.is_busy = False
        page.expose_function("toKernel", self.take)
        page.expose_function("fromKernel", self.told)
        # At an address, so that the browser remembers things as it does for a notebook.
        page.route(ADDRESS, lambda route: route.fulfill(body=NOTEBOOK, content_type="text/html"))
        page.goto(ADDRESS)
        page.evaluate(PUMP)

    def take(self, name: str, content: str) -> None:
        request = json.loads(content)
        self.asked.append((name, request))
        if not self.is_busy:
            say(self.widgets[name], **request)

    def told(self) -> list[Any]:
        found = []
        for name, widget in self.widgets.items():
            line: Any = widget.comm
            try:
                while line is not None:
                    found.append([name, line.sent.get_nowait()])
            except Empty:
                pass
        return found

    def show(self, name: str, experiment: str = "") -> Locator:
        """Run a cell, or show its output once more."""
        if name not in self.widgets:
            self.widgets[name] = LabView(Opening(preset(experiment))).widget
        state = self.widgets[name].get_state()
        place = self.page.locator(".output").count()
        self.page.evaluate(SHOW, [name, state["_esm"], state["styles"]])
        found = self.page.locator(".output").nth(place).locator(".wg-lab")
        found.and_(self.page.locator("[data-place*='/']")).wait_for()
        return found


def at(lab: Locator, update: int, moves: int) -> None:
    lab.and_(lab.page.locator(f"[data-place='{update}/{moves}/0']")).wait_for()


def press(lab: Locator, name: str) -> None:
    lab.get_by_role("button", name=name, exact=True).click()


@pytest.fixture
def notebook(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> Iterator[Notebook]:
    pytest.importorskip("anywidget")
    connect(monkeypatch)
    page = browser.new_context(viewport={"width": 1200, "height": 900}).new_page()
    page.set_default_timeout(10_000)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    found = Notebook(page)
    yield found
    assert complaints == []
    page.context.close()
    for each in found.widgets.values():
        each.close()


def test_it_is_driven_like_the_page_and_shows_the_kernels_numbers(notebook: Notebook) -> None:
    lab = notebook.show("one", "notes-222")
    for moves in range(1, 7):
        press(lab, "Step on")
        at(lab, 0, moves)
    after = desk_of(notebook.widgets["one"]).view.frame().weights["hidden.W"][0][0]
    cell = lab.locator("wg-weights tbody tr").first.locator("td").last
    assert float(str(cell.get_attribute("title")).replace("−", "-")) == after
    press(lab, "Step back")
    at(lab, 0, 5)
    lab.locator("wg-weights").get_by_role("button", name="Why is the gradient of w5 what it is?").click()
    lab.locator("wg-formula .title").get_by_text("w5").wait_for()
    press(lab, "Gradient size per layer")
    lab.locator("wg-panel-gradients .drawing").first.wait_for()


def desk_of(widget: LabWidget) -> Desk:
    """The desk at the other end."""
    output = widget.conversation.output
    assert output is not None
    return registry().seats[output.session].desk


def test_two_outputs_do_not_meet_and_one_shown_twice_is_the_same(notebook: Notebook) -> None:
    one, other = notebook.show("one", "notes-222"), notebook.show("other", "xor")
    press(one, "Step on")
    at(one, 0, 1)
    at(other, 0, 0)
    again = notebook.show("one")
    at(again, 0, 1)
    press(again, "Step on")
    at(one, 0, 2)
    at(again, 0, 2)
    for each in (one, other):
        press(each, "Update on")
        at(each, 1, 0)
    other.locator("wg-chart").get_by_role("button", name="Keep this run").click()
    other.locator("wg-kept li").first.wait_for()
    one.locator("wg-chart").get_by_role("button", name="Keep this run").click()
    one.locator("wg-kept li").first.wait_for()
    notebook.page.wait_for_timeout(700)  # what the other one kept would come before its own
    assert one.locator("wg-kept li").count() == 1


def test_it_plays_and_ends_where_its_output_is_taken_away(notebook: Notebook) -> None:
    lab = notebook.show("one", "xor")
    press(lab, "Play")
    lab.and_(notebook.page.locator(":not([data-place^='0/0/'])")).wait_for()
    notebook.page.evaluate("document.querySelector('.output').leave()")
    for _ in range(100):
        if notebook.asked[-1] == ("one", {"do": "pause"}):
            break
        notebook.page.wait_for_timeout(20)
    assert notebook.asked[-1] == ("one", {"do": "pause"})
    notebook.page.wait_for_timeout(300)
    assert desk_of(notebook.widgets["one"]).pace is None


def test_keys_are_the_labs_where_it_has_the_focus_and_the_notebooks_elsewhere(notebook: Notebook) -> None:
    lab = notebook.show("one", "notes-222")
    page = notebook.page
    page.evaluate("window.keys = []; document.addEventListener('keydown', (event) => window.keys.push(event.key));")
    lab.focus()
    page.keyboard.press("ArrowRight")
    at(lab, 0, 1)
    page.keyboard.press("r")
    at(lab, 0, 0)
    assert page.evaluate("window.keys") == []
    assert page.locator(".output > [data-lm-suppress-shortcuts=true]").count() == 1
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("window.keys") == ["ArrowRight"]
    at(lab, 0, 0)


def test_styles_stay_where_they_belong(notebook: Notebook) -> None:
    page = notebook.page
    look = "(each) => { const found = getComputedStyle(each); return [found.color, found.font, found.margin]; }"
    before = page.locator("#beside").evaluate(look), page.locator("body").evaluate(look)
    lab = notebook.show("one", "notes-222")
    assert (page.locator("#beside").evaluate(look), page.locator("body").evaluate(look)) == before
    assert lab.locator("wg-controls dt").first.evaluate("(each) => getComputedStyle(each).float") == "none"
    assert lab.get_by_role("button", name="Play", exact=True).is_visible()
    assert lab.locator("wg-weights table").evaluate("(each) => getComputedStyle(each).color") == "rgb(27, 34, 48)"


def test_it_is_as_wide_as_its_output_and_says_within_it_what_it_says(notebook: Notebook) -> None:
    lab = notebook.show("one", "notes-222")
    columns = "(each) => getComputedStyle(each).gridTemplateColumns.split(' ').length"
    assert lab.locator(".stage").evaluate(columns) == 2
    notebook.page.evaluate("document.querySelector('.output').style.width = '600px'")
    assert lab.locator(".stage").evaluate(columns) == 1
    lab.locator("wg-formula input").fill("w99")
    lab.locator("wg-formula form button").first.click()
    note = lab.locator("wg-notes li").first
    note.wait_for()
    inside, around = note.bounding_box(), lab.bounding_box()
    assert inside is not None
    assert around is not None
    assert around["x"] <= inside["x"]
    assert inside["x"] + inside["width"] <= around["x"] + around["width"]


# Seconds of patience pass in a twentieth of the time.
SOON = """() => {
  const wait = window.setTimeout;
  window.setTimeout = (then, long, ...rest) => wait(then, long >= 5000 ? long / 20 : long, ...rest);
}"""


def test_a_kernel_that_is_busy_is_said_to_be_and_is_asked_again(notebook: Notebook) -> None:
    lab = notebook.show("one", "notes-222")
    notebook.is_busy = True
    notebook.page.evaluate(SOON)
    press(lab, "Step on")
    lab.get_by_text("The notebook's kernel does not answer.").wait_for()
    assert lab.get_by_role("button", name="Step on", exact=True).is_disabled()
    notebook.is_busy = False
    press(lab, "Ask again")
    lab.and_(notebook.page.locator("[data-connection=open]")).wait_for()
    press(lab, "Step on")
    at(lab, 0, 1)


def test_what_needs_an_address_of_its_own_is_not_offered(notebook: Notebook) -> None:
    lab = notebook.show("one", "xor")
    assert not lab.get_by_role("button", name="Share …").is_visible()
    assert not lab.get_by_role("navigation", name="Pages").is_visible()
    assert lab.locator("wg-guide").count() == 0
    lab.get_by_text("How this page works").click()
    lab.get_by_role("button", name="Show me around").click()
    card, around = lab.locator("wg-guide .guide").bounding_box(), lab.bounding_box()
    assert card is not None
    assert around is not None
    assert around["x"] <= card["x"] < card["x"] + card["width"] <= around["x"] + around["width"]
    lab.get_by_role("button", name="Put away", exact=True).last.click()
    lab.get_by_role("button", name="Export …").click()
    with notebook.page.expect_download() as got:
        lab.locator("wg-export").get_by_role("button", name="LaTeX").click()
    assert got.value.suggested_filename == "derivation.tex"
    assert isinstance(notebook.asked[-1][1], dict)

"""The guide for who is new, and everything that can be taken along: each button, and what it hands out."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.lab.page.conftest import Opening, Window
from tests.render.window import missing

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())
GUIDE = "wg-guide aside"
SHIFTS = """() => {
  window.shifts = [];
  const told = (list) => window.shifts.push(...list.getEntries().map((each) => each.value));
  new PerformanceObserver(told).observe({ type: "layout-shift" });
}"""


def saved(window: Window, button: str) -> tuple[str, str]:
    """The name and the text of the file that a button hands out."""
    with window.page.expect_download() as download:
        window.part("wg-export").get_by_role("button", name=button, exact=True).click()
    path = download.value.path()
    return download.value.suggested_filename, path.read_bytes().decode("utf-8", "replace")


FILES = [
    ("LaTeX", "derivation.tex", r"\begin{document}"),
    ("Markdown", "derivation.md", "# "),
    ("HTML", "derivation.html", "<math"),
    ("Python", "program.py", "learning_rate"),
    ("NumPy", "program.py", "import numpy"),
    ("PyTorch", "program.py", "import torch"),
    ("JAX", "program.py", "import jax"),
    ("SVG", "network.svg", "<svg"),
    ("PNG", "network.png", "PNG"),
    ("The experiment", "experiment.toml", "[training]"),
    ("The weights as JSON", "weights.json", '"wOut1"'),
]


def test_each_button_hands_out_its_file(opening: Opening) -> None:
    window = opening("live-221")
    for button, name, within in FILES:
        window.button("Export …").click()
        found, text = saved(window, button)
        assert found == name
        assert within in text, button
        window.part("wg-export [role=status]:has-text('made')").wait_for()
        window.part("wg-export").get_by_role("button", name="Close").click()  # what is said is forgotten


def test_the_derivation_is_that_of_what_was_asked(opening: Opening) -> None:
    window = opening("notes-222")
    window.part("wg-formula input").fill("w5")
    window.part("wg-formula input").press("Enter")
    window.part("wg-formula .title:has-text('w5')").first.wait_for()
    window.button("Export …").click()
    expect(window.part("wg-export legend").first).to_have_text("The derivation of w5")
    _, text = saved(window, "Markdown")
    assert "w_5" in text.splitlines()[0] or "w5" in text.splitlines()[0]
    assert window.lab.asked[-1]["ask"] == {"form": "markdown", "of": "w5"}


def test_what_the_lab_says_stands_in_the_dialog(opening: Opening) -> None:
    window = opening("live-221")
    window.button("Update on").click()
    window.at(1, 0)
    window.part("wg-weights input").first.fill("1")
    window.part("wg-weights input").first.press("Enter")
    window.part("wg-notes li").first.wait_for()
    window.button("Export …").click()
    saved(window, "Python")
    window.part("wg-export [role=status]:has-text('a change on the way')").wait_for()


def test_an_error_stands_in_the_dialog(opening: Opening) -> None:
    window = opening("students")
    window.button("Export …").click()
    window.part("wg-export").evaluate("each => each.use('nothing', {})")
    window.part("wg-export [role=status]:has-text('no tool')").wait_for()


def test_dialogs_are_loaded_when_they_are_opened(opening: Opening) -> None:
    window = opening("students")
    assert window.page.evaluate("performance.getEntriesByType('resource').every(e => !e.name.endsWith('/share.js'))")
    window.button("Share …").click()
    window.part("wg-share dialog").wait_for()
    assert window.page.evaluate("performance.getEntriesByType('resource').some(e => e.name.endsWith('/share.js'))")
    window.page.keyboard.press("Escape")
    expect(window.part("wg-share dialog")).to_be_hidden()


def test_who_is_new_is_shown_around_and_never_again(opening: Opening) -> None:
    window = opening("xor", is_new=True)
    expect(window.part(GUIDE)).to_be_visible()
    seen = []
    for place in range(1, 7):
        expect(window.part(GUIDE)).to_contain_text(f"{place} of 6")
        assert window.part(".guided").count() == 1
        seen.append(str(window.part(GUIDE).text_content()))
        window.part(GUIDE).get_by_role("button", name="Done" if place == 6 else "Next", exact=True).click()
    for word in ("loss", "gradient", "learning rate", "update", "ackpropagation"):
        assert any(word in each for each in seen)
    expect(window.part(GUIDE)).to_be_hidden()
    assert window.part(".guided").count() == 0
    window.page.reload()
    window.at(0, 0)
    window.page.wait_for_timeout(200)
    assert window.part(GUIDE).count() == 0
    window.part("wg-header summary").click()
    window.button("Show me around").click()
    expect(window.part(GUIDE)).to_be_visible()
    expect(window.part(f"{GUIDE} h2")).to_be_focused()


def test_the_guide_stands_in_nobodys_way(opening: Opening) -> None:
    window = opening("xor", is_new=True)
    expect(window.part(GUIDE)).to_be_visible()
    window.part("wg-settings input").first.wait_for()
    window.page.wait_for_load_state("networkidle")
    boxes = "() => [...document.querySelectorAll('section')].map(e => JSON.stringify(e.getBoundingClientRect()))"
    before = window.page.evaluate(boxes)
    window.page.evaluate(SHIFTS)
    window.page.keyboard.press("ArrowRight")
    window.at(0, 1)
    window.page.keyboard.press("ArrowLeft")
    window.at(0, 0)
    window.part(GUIDE).get_by_role("button", name="Next").focus()
    window.page.keyboard.press("Escape")
    expect(window.part(GUIDE)).to_be_hidden()
    assert window.page.evaluate(boxes) == before
    assert window.page.evaluate("localStorage['whygrad-guide']") == "away"
    assert window.page.evaluate("window.shifts") == []


def test_keys_in_the_guide_are_its_own(opening: Opening) -> None:
    window = opening("xor", is_new=True)
    window.part(GUIDE).get_by_role("button", name="Next").focus()
    asked = len(window.lab.asked)
    window.page.keyboard.press("Space")
    expect(window.part(GUIDE)).to_contain_text("2 of 6")
    window.page.keyboard.press("r")
    window.page.wait_for_timeout(50)
    assert len(window.lab.asked) == asked

"""Formulas are drawn with the page's own font where it was made, and with the system's where it was not."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import TYPE_CHECKING, Any

import pytest

from tests.lab.page.host import STATIC, served
from tests.render.window import missing
from whygrad.lab.server.files import Files

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.lab.page.conftest import Opening

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())
STATES = "() => [...document.fonts].map(face => `${face.family} ${face.status}`)"
CHECK = "() => document.fonts.check('16px \"whygrad math\"')"


def fonts_of(page: Page, selector: str) -> list[tuple[str, bool]]:
    """The fonts with which an element is really drawn, and whether the page brought them along."""
    browser = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        browser.send(f"{domain}.enable")
    root: Any = browser.send("DOM.getDocument")["root"]
    node: Any = browser.send("DOM.querySelector", {"nodeId": root["nodeId"], "selector": selector})["nodeId"]
    found: Any = browser.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    return [(each["familyName"], each["isCustomFont"]) for each in found]


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.long)])
def test_formulas_are_drawn_with_the_pages_own_font(opening: Opening, scheme: str, address: str) -> None:
    window = opening(color_scheme=scheme)
    asked: list[str] = []
    window.page.on("request", lambda request: asked.append(request.url))
    window.page.reload()
    window.at(0, 0)
    window.button("Step on").click()
    window.at(0, 1)
    window.part("wg-formula msub").first.wait_for()
    assert window.page.evaluate(CHECK)
    assert window.page.evaluate(STATES) == ["whygrad math loaded"]
    for element in ("mi", "mo", "mn", "msub :nth-child(2)"):
        assert fonts_of(window.page, f"wg-formula math {element}") == [("Whygrad Math", True)], element
    assert asked.count(f"{address}static/fonts/whygrad-math.woff2") == 1
    assert [each for each in asked if not each.startswith(address)] == []


def test_a_page_without_the_font_asks_for_none(opening: Opening, tmp_path: Path) -> None:
    copytree(STATIC, tmp_path / "static", ignore=ignore_patterns("fonts"))
    with served(Files(tmp_path / "static")) as address:
        window = opening(at=address)
        window.button("Step on").click()
        window.at(0, 1)
        window.part("wg-formula mn").first.wait_for()
        asked = window.page.evaluate("() => performance.getEntriesByType('resource').map(each => each.name)")
        assert [each for each in asked if "font" in each] == []
        assert window.page.evaluate(STATES) == []
        assert [is_ours for _, is_ours in fonts_of(window.page, "wg-formula mn")] == [False]

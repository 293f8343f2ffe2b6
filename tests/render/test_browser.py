"""The page as a browser shows it: from a file, without a network, on a phone and in the dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.render.sample import sample

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=QUIET.split())
        yield started
        started.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(sample(), encoding="utf-8")
    return path


def opened(browser: Browser, file: Path, **settings: Any) -> tuple[Page, list[str]]:
    """The page in a fresh window, and what it asked for or complained about."""
    page = browser.new_context(**settings).new_page()
    heard: list[str] = []
    page.on("request", lambda request: heard.append(request.url) if not request.url.startswith("data:") else None)
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.goto(file.as_uri())
    return page, heard


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_it_opens_alone_and_never_scrolls_sideways(browser: Browser, file: Path, width: int, scheme: str) -> None:
    page, heard = opened(browser, file, viewport={"width": width, "height": 800}, color_scheme=scheme)
    assert heard == [file.as_uri()]
    page.locator("summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.context.close()


def test_light_and_dark_differ_and_text_can_be_read_in_both(browser: Browser, file: Path) -> None:
    seen = set()
    for scheme in ("light", "dark"):
        page, _ = opened(browser, file, color_scheme=scheme)
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        ink = page.evaluate("getComputedStyle(document.querySelector('svg text')).fill")
        assert contrast(paper, ink) >= 4.5
        seen.add(paper)
        page.context.close()
    assert len(seen) == 2


def test_every_drawing_shows_its_text_within_its_frame(browser: Browser, file: Path) -> None:
    page, _ = opened(browser, file, viewport={"width": 1280, "height": 800})
    outside = page.evaluate(
        """[...document.querySelectorAll('svg')].flatMap(drawing => {
            const frame = drawing.getBoundingClientRect();
            return [...drawing.querySelectorAll('text')].filter(text => {
                const box = text.getBoundingClientRect();
                return box.left < frame.left - 1 || box.right > frame.right + 1
                    || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
            }).map(text => text.textContent);
        })"""
    )
    assert outside == []
    page.context.close()


def test_wide_equations_scroll_by_themselves_and_are_drawn_as_mathematics(browser: Browser, file: Path) -> None:
    page, _ = opened(browser, file, viewport={"width": 360, "height": 800})
    wide = page.locator(".equation .scroll").first
    assert wide.evaluate("box => box.scrollWidth > box.clientWidth && box.clientWidth <= 360")
    fraction = page.locator(".equation mfrac").first
    above, below = (fraction.locator("> *").nth(place).bounding_box() for place in (0, 1))
    assert above is not None
    assert below is not None
    assert above["y"] + above["height"] <= below["y"] + 1
    page.context.close()


def contrast(first: str, second: str) -> float:
    """The contrast of two colours, as in the guidelines for accessible content (WCAG 2.1, 1.4.3)."""
    darker, lighter = sorted(luminance(colour) for colour in (first, second))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """How light a colour of the form rgb(1, 2, 3) is."""
    shares = [int(part) / 255 for part in colour.removeprefix("rgb(").removesuffix(")").split(",")]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

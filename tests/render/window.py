"""A browser without a screen, for tests that look at pages: Debian's Chromium, where it is installed."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


def missing() -> str:
    """Why no page can be looked at here, "" when one can."""
    if find_spec("playwright") is None:
        return "Playwright is not installed"
    return "" if CHROMIUM.exists() else f"{CHROMIUM} is not installed"


def started() -> Iterator[Browser]:
    """A browser, closed in the end."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=QUIET.split())
        yield browser
        browser.close()


def opened(browser: Browser, file: Path, **settings: Any) -> tuple[Page, list[str]]:
    """The page in a fresh window, and what it asked for or complained about."""
    page = browser.new_context(**settings).new_page()
    heard: list[str] = []
    page.on("request", lambda request: heard.append(request.url) if not request.url.startswith("data:") else None)
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.goto(file.as_uri())
    return page, heard


def contrast(first: str, second: str) -> float:
    """The contrast of two colours, as in the guidelines for accessible content (WCAG 2.1, 1.4.3)."""
    darker, lighter = sorted(luminance(colour) for colour in (first, second))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """How light a colour of the form rgb(1, 2, 3) is."""
    shares = [int(part) / 255 for part in colour.removeprefix("rgb(").removesuffix(")").split(",")]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

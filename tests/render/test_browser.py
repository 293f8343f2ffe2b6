"""The page as a browser shows it: from a file, without a network, on a phone and in the dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.render.sample import sample
from tests.render.window import contrast, missing, opened, started

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from started()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(sample(), encoding="utf-8")
    return path


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


def test_wide_equations_are_broken_before_operators_and_are_drawn_as_mathematics(browser: Browser, file: Path) -> None:
    page, _ = opened(browser, file, viewport={"width": 360, "height": 800})
    found = page.locator(".right").first.evaluate(
        """side => [...side.querySelectorAll('math')].map(
            piece => [piece.textContent[0], piece.getBoundingClientRect().top])"""
    )
    assert len({top for _, top in found}) > 1
    assert {sign for sign, _ in found[1:]} <= set("+−⋅")
    assert page.locator(".right").evaluate_all("sides => sides.every(side => side.clientWidth <= 360)")
    fraction = page.locator(".equation mfrac").first
    above, below = (fraction.locator("> *").nth(place).bounding_box() for place in (0, 1))
    assert above is not None
    assert below is not None
    assert above["y"] + above["height"] <= below["y"] + 1
    page.context.close()

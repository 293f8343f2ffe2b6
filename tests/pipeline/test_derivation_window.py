"""The page of a derivation as a browser shows it: picture and text, on wide and narrow screens, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.pipeline.test_step_sketch import exists
from tests.render.window import contrast, missing, opened, started
from whygrad.cli.explain import asked_run
from whygrad.pipeline.derivation import explain

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FloatRect, Page

    from whygrad.trace import StepTrace

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())
ASKED = {
    "notes": ("notes-222", None),
    "w1": ("notes-222", "w1"),
    "penguins": ("penguins", "w4"),
    "deep": ("deep-norm", "w1"),
}
WIDER = """width => [...document.querySelectorAll('body *')].filter(element => {
    if (element.closest('.scroll, .right, .left, pre, svg') && !element.matches('.scroll, .right, .left, pre'))
        return false;
    const box = element.getBoundingClientRect();
    return box.right > width + 0.5 || box.left < -0.5;
}).map(element => element.outerHTML.slice(0, 80))"""
SCROLLING = """[...document.querySelectorAll('.right, .left')].filter(
    side => side.scrollWidth > side.clientWidth + 1).map(side => side.textContent)"""
INKS = """() => {
    const texts = [...document.querySelectorAll('h1, h2, p, td, th, caption, figcaption, a, math, aside svg text')];
    return [...new Set(texts.map(text => text.closest('svg') ? getComputedStyle(text).fill
                                                             : getComputedStyle(text).color))];
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from started()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, StepTrace]]:
    folder, found = tmp_path_factory.mktemp("pages"), {}
    for name, (example, of) in ASKED.items():
        trace = asked_run(Path(f"examples/{example}.toml"), None)[0].step(0)
        path = folder / f"{name}.html"
        path.write_text(explain(trace, of).html(), encoding="utf-8")
        found[name] = path, trace
    return found


def shown(browser: Browser, path: Path, width: int, **settings: Any) -> Page:
    """A page in a window of a width; it asks for nothing and complains of nothing."""
    page, heard = opened(browser, path, viewport={"width": width, "height": 900}, **settings)
    assert heard == [path.as_uri()]
    return page


def boxes(page: Page) -> tuple[FloatRect, FloatRect]:
    """Where the picture is, and where the text."""
    picture, text = (page.locator(each).bounding_box() for each in ("aside figure", ".text"))
    assert picture is not None
    assert text is not None
    return picture, text


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("width", [360, *(pytest.param(each, marks=pytest.mark.long) for each in (390, 800)), 1400])
def test_nothing_but_what_scrolls_by_itself_is_wider_than_the_page(
    browser: Browser, pages: dict[str, tuple[Path, StepTrace]], name: str, width: int
) -> None:
    page = shown(browser, pages[name][0], width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(WIDER, width) == []
    page.context.close()


@pytest.mark.parametrize("name", ["notes", "w1"])
def test_no_formula_of_a_small_network_has_to_be_scrolled_on_a_phone(
    browser: Browser, pages: dict[str, tuple[Path, StepTrace]], name: str
) -> None:
    page = shown(browser, pages[name][0], 390)
    assert page.evaluate(SCROLLING) == []
    page.context.close()


@pytest.mark.parametrize("name", ["notes", "w1", "penguins"])
def test_picture_and_derivation_stand_side_by_side_or_below_one_another(
    browser: Browser, pages: dict[str, tuple[Path, StepTrace]], name: str
) -> None:
    page = shown(browser, pages[name][0], 1400)
    picture, text = boxes(page)
    assert text["x"] + text["width"] < picture["x"]
    assert abs(picture["y"] - text["y"]) < 100
    page.evaluate("window.scrollTo(0, 1200)")
    assert boxes(page)[0]["y"] > 0
    page.set_viewport_size({"width": 390, "height": 900})
    picture, text = boxes(page)
    assert picture["y"] + picture["height"] <= text["y"]
    page.context.close()


def test_relations_stand_below_each_other(browser: Browser, pages: dict[str, tuple[Path, StepTrace]]) -> None:
    for width in (390, 1400):
        page = shown(browser, pages["notes"][0], width)
        places = page.locator(".equations").evaluate_all(
            """blocks => blocks.map(block => [...block.querySelectorAll('.right')].map(
                right => Math.round(right.querySelector('mo').getBoundingClientRect().left)))"""
        )
        assert len(places) >= 6
        assert [set(block) for block in places if len(set(block)) > 1] == []
        page.context.close()


def test_light_and_dark_can_both_be_read(browser: Browser, pages: dict[str, tuple[Path, StepTrace]]) -> None:
    papers = set()
    for scheme in ("light", "dark"):
        page = shown(browser, pages["w1"][0], 1400, color_scheme=scheme)
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        inks = page.evaluate(INKS)
        assert len(inks) >= 3
        assert {ink: contrast(paper, ink) for ink in inks if contrast(paper, ink) < 4.5} == {}
        papers.add(paper)
        page.context.close()
    assert len(papers) == 2


@pytest.mark.parametrize("name", ASKED)
def test_every_place_in_the_picture_is_one_of_the_trace(
    browser: Browser, pages: dict[str, tuple[Path, StepTrace]], name: str
) -> None:
    path, trace = pages[name]
    page = shown(browser, path, 1400)
    places = page.locator("aside svg [data-ref]").evaluate_all(
        "all => all.flatMap(each => each.dataset.ref.split(' '))"
    )
    assert places
    assert [place for place in places if not exists(trace, place)] == []
    page.context.close()


def test_the_numbers_of_the_page_have_the_places_of_the_picture(
    browser: Browser, pages: dict[str, tuple[Path, StepTrace]]
) -> None:
    page = shown(browser, pages["notes"][0], 1400)
    drawn, written = (
        set(page.locator(each).evaluate_all("all => all.flatMap(each => each.dataset.ref.split(' '))"))
        for each in ("aside svg [data-ref]", "math [data-ref]")
    )
    assert drawn <= written
    page.context.close()


def test_a_link_leads_to_its_section_within_a_notebook_as_well(
    browser: Browser, pages: dict[str, tuple[Path, StepTrace]], tmp_path: Path
) -> None:
    notebook = tmp_path / "notebook.html"
    notebook.write_text(f"<!doctype html><title>n</title>{explain(pages['w1'][1], 'w1')._repr_html_()}", "utf-8")
    page = shown(browser, notebook, 900)
    inside = page.frames[1]
    inside.locator("nav a").nth(3).click()
    assert inside.locator("h1").text_content() == "Why dE/dw1 is 0.000447976"
    assert page.url == notebook.as_uri()
    assert inside.evaluate("window.scrollY") > 0
    page.context.close()

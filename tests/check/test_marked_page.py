"""The page of marked notes: as they were typed, marks beside them, what is right, and why, in one file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.check.marked import NOTES_222, charts, hand_worked, marked
from tests.render.parsed import Parsed
from tests.render.window import missing, opened, started
from whygrad.pipeline.marked import annotated
from whygrad.pipeline.marking import Marking

if TYPE_CHECKING:
    from playwright.sync_api import Browser

browsing = pytest.mark.skipif(bool(missing()), reason=missing())


def page(text: str) -> str:
    return Marking(marked(text), "it", charts(NOTES_222)).html()


def test_every_line_stands_there_as_it_was_typed() -> None:
    found = Parsed(hand_worked().html())
    lines = found.texts["pre"]
    assert "\n".join(lines) == "\n".join(hand_worked().marked.notes.lines).rstrip("\n")
    assert found.texts["mark"][0] == "net_H1 = (0.15)(0.05) + (0.20)(0.10) + b = 0.3825"
    assert len(found.values("id")) == len(set(found.values("id")))


def test_every_link_leads_somewhere() -> None:
    found = Parsed(hand_worked().html())
    links = found.values("href")
    assert set(links) == {
        *(f"#why{number}" for number in range(1, 6)),
        "#line16",
        "#line17",
        "#line23",
        "#line24",
        "#line47",
    }
    assert {each[1:] for each in links} <= set(found.values("id"))
    assert found.texts["summary"] == [
        "Why net_H1 is 0.3775",
        "Why net_H2 is 0.3925",
        "Why net_Y1 is 1.13575",
        "Why net_Y2 is 1.19526",
        "Why dE/dw1 is 0.000447976",
    ]
    assert "All paths together" in found.texts["details"][-1]


def test_the_right_line_is_beside_an_error_and_beside_nothing_else() -> None:
    assert page("net_H1 = 0.9123\nout_H1 = 0.7135").count('<div class="correct">') == 1
    assert '<div class="correct">' not in page("net_H1 = 0.3775")
    assert '<div class="correct">' not in page("net_H1 = 0.9123 <!-- whygrad: right -->")


def test_under_a_convention_no_line_of_the_network_is_called_right() -> None:
    """The error without its half is right under the convention; a wrong one gets its value and no derivation."""
    text = "E_Y1 = (0.01 - 0.7569)^2 = 0.5579\nE_Y2 = (0.99 - 0.7677)^2 = 0.0494\nE_total = 0.6073\nE_total = 0.7777"
    marking = Marking(marked(text), "it", charts(NOTES_222))
    assert [each.about for each in marking.marked.conventions] == ["half"]
    assert len(marking.marked.errors) == 1
    found = Parsed(marking.html())
    assert "right: 0.6073" in " ".join(found.texts["div"])
    assert found.values("href") == []


def test_each_quantity_is_derived_once_and_not_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "net_H1 = 0.9123\nnet_H1 = 0.8123\nnet_H2 = 0.8\nout_Y1 = 0.1111"
    assert Parsed(page(text)).values("href").count("#why1") == 2
    monkeypatch.setattr(annotated, "MOST_DERIVED", 2)
    found = Parsed(page(text))
    assert len(found.texts["summary"]) == 2
    assert "Left out: out_Y1; whygrad explain derives them." in found.texts["p"]


def test_what_was_typed_is_text() -> None:
    found = Parsed(
        page('net_H1 = 0.9123 <script>alert(1)</script> & "x"\t\x1b[31m\nx = 3 * / 4 <!-- whygrad: right -->')
    )
    assert "script" not in found.tags()
    assert '<script>alert(1)</script> & "x"' in found.texts["pre"][0]
    assert "\x1b" not in found.texts["pre"][0]


def test_hints_have_neither_the_right_lines_nor_the_derivations() -> None:
    text = hand_worked().hinted(3).html()
    assert '<div class="correct">' not in text
    assert "<details" not in text
    assert "What to look at again" not in text
    assert "Is a net made of products alone?" in text


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from started()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "marked.html"
    path.write_text(hand_worked().with_points().html(), encoding="utf-8")
    return path


@browsing
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_it_opens_alone_never_scrolls_sideways_and_has_no_fault(
    browser: Browser, file: Path, width: int, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    window, heard = opened(browser, file, viewport={"width": width, "height": 800}, color_scheme=scheme)
    assert heard == [file.as_uri()]
    assert window.evaluate("document.documentElement.scrollWidth") == width
    found = Axe().run(window).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:80]) for each in found] == []
    window.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert window.evaluate("document.documentElement.scrollWidth") == width
    window.context.close()


@browsing
def test_a_link_opens_the_derivation_and_leads_back(browser: Browser, file: Path) -> None:
    window, _ = opened(browser, file, viewport={"width": 1280, "height": 800})
    derivation = window.locator("details").nth(2)
    assert derivation.get_attribute("open") is None
    window.get_by_role("link", name="Why net_Y1 is 1.13575").click()
    derivation.locator("math").first.wait_for(state="visible")
    window.get_by_role("link", name="back to line 23").click()
    assert window.url.endswith("#line23")
    window.context.close()

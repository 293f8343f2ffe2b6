"""A figure within a page: its text stays text, its colours follow the page, its ids are its own."""

from __future__ import annotations

import re

import pytest

from tests.render.parsed import SVG, svg, twice, words
from whygrad.render.loss import comparison_figure, loss_figure
from whygrad.render.palette import PALETTE
from whygrad.render.svg import as_svg, with_id
from whygrad.trace import History

HISTORY = History(tuple({"epoch": epoch, "loss": 4.0 / (epoch + 1)} for epoch in range(5)))
HOSTILE = 'a <script>alert("x")</script> & $b$ 学习'


@pytest.fixture(scope="module")
def drawn() -> str:
    return as_svg(loss_figure(HISTORY))


def test_it_says_what_it_shows_to_people_who_cannot_see_it(drawn: str) -> None:
    root = svg(drawn)
    found = {element.get("id"): element.text for element in root if element.tag in {f"{SVG}title", f"{SVG}desc"}}
    assert [found[name] for name in (root.get("aria-labelledby") or "").split()] == [
        "Loss by epoch",
        "training: 4 at epoch 0, 0.8 at epoch 4.",
    ]
    assert root.get("role") == "img"


def test_words_of_the_caller_replace_the_figures_own() -> None:
    text = as_svg(loss_figure(HISTORY), title="Learning", description="It falls & falls.")
    assert ">Learning</title>" in text
    assert ">It falls &amp; falls.</desc>" in text


def test_text_is_text_in_the_font_of_the_page(drawn: str) -> None:
    assert {"loss", "epoch", "training"} <= set(words(svg(drawn)))
    assert set(re.findall(r"font-family:[^;\"]*", drawn)) == {"font-family:inherit"}


def test_every_colour_is_asked_for_by_name(drawn: str) -> None:
    named = {colour.light for colour in PALETTE}
    outside = re.sub(r"var\(--wg-\w+, (#\w{6})\)", lambda found: "" if found[1] in named else found[0], drawn)
    assert re.findall(r"#[0-9a-f]{6}\b", outside) == []
    assert "currentColor" in drawn


def test_no_two_colours_share_a_value_as_they_are_told_apart_by_it() -> None:
    assert twice([colour.light for colour in PALETTE] + [colour.dark for colour in PALETTE]) == []


def test_nothing_styles_the_page_around_it(drawn: str) -> None:
    assert "<style" not in drawn
    assert "<metadata" not in drawn


def test_ids_are_its_own_and_every_reference_leads_to_one(drawn: str) -> None:
    ids = [element.get("id", "") for element in svg(drawn).iter() if element.get("id")]
    assert twice(ids) == []
    assert all(name.startswith(ids[0]) for name in ids)
    assert set(re.findall(r'(?:url\(|href=")#([\w.-]+)', drawn)) <= set(ids)


def test_two_figures_share_no_id_and_the_same_figure_may_be_renamed(drawn: str) -> None:
    other = as_svg(comparison_figure({"a": HISTORY}))
    ids = [re.findall(r'id="([^"]+)"', text) for text in (drawn, other, with_id(drawn, "second"))]
    assert twice(ids[0] + ids[1] + ids[2]) == []
    assert drawn == as_svg(loss_figure(HISTORY))


def test_hostile_names_are_only_text() -> None:
    root = svg(as_svg(comparison_figure({HOSTILE: HISTORY, "_b": HISTORY})))
    assert HOSTILE in words(root)
    assert list(root.iter(f"{SVG}script")) == []


def test_it_shrinks_and_grows_with_the_page(drawn: str) -> None:
    root = svg(drawn)
    assert root.get("viewBox") == "0 0 345.6 208.8"
    assert root.get("width") is None
    assert "width:100%" in (root.get("style") or "")

"""One HTML file: valid, self-contained, and no name in it can become markup."""

from __future__ import annotations

import pytest

from tests.render.parsed import Parsed, twice
from tests.render.sample import HOSTILE, LOSSES, network, sample
from tests.render.test_network import LIVE
from whygrad.document import Code, Document, Facts, Paragraph, Picture, Section, Table
from whygrad.render.network import network_svg
from whygrad.render.page import page


@pytest.fixture(scope="module")
def text() -> str:
    return sample()


@pytest.fixture(scope="module")
def parsed(text: str) -> Parsed:
    return Parsed(text)


def test_it_is_a_document_with_language_and_width(text: str, parsed: Parsed) -> None:
    assert text.startswith('<!doctype html>\n<html lang="en">')
    assert [tag for tag in parsed.tags() if tag in {"html", "head", "body", "main", "h1"}] == [
        "html",
        "head",
        "body",
        "main",
        "h1",
    ]
    assert "width=device-width, initial-scale=1" in parsed.values("content")
    assert parsed.texts["title"][0] == HOSTILE


def test_headings_are_in_order(parsed: Parsed) -> None:
    assert [tag for tag in parsed.tags() if tag in {"h1", "h2", "h3", "h4"}] == ["h1", "h2", "h2", "h2"]
    assert parsed.texts["h2"] == ["What was learned", HOSTILE, "Settings"]


def test_names_never_become_markup(text: str, parsed: Parsed) -> None:
    assert {"script", "b"} & set(parsed.tags()) == set()
    assert len(parsed.texts["style"]) == 1
    assert text.count("alert(") == text.count("alert(&quot;x&quot;)") + text.count('alert("x")')
    assert HOSTILE in parsed.texts["p"]
    assert HOSTILE in parsed.texts["dt"]
    assert any(HOSTILE in shown for shown in parsed.texts["pre"])


def test_it_asks_for_nothing_outside_itself(parsed: Parsed) -> None:
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in parsed.values("content")
    assert [value for value in parsed.values("href") if not value.startswith(("#", "data:"))] == []
    assert parsed.values("src") == []
    assert {"script", "link", "iframe", "object", "img", "base"} & set(parsed.tags()) == set()
    assert "url(" not in parsed.texts["style"][0]
    assert "@import" not in parsed.texts["style"][0]


def test_no_id_occurs_twice_though_a_picture_does(parsed: Parsed) -> None:
    assert twice(parsed.values("id")) == []
    assert {"picture1", "picture2", "picture3", "picture4"} <= set(parsed.values("id"))
    pointed = [name for value in parsed.values("aria-labelledby") for name in value.split()]
    assert set(pointed) <= set(parsed.values("id"))


def test_tables_have_captions_and_carry_the_exact_numbers(parsed: Parsed) -> None:
    assert parsed.tags().count("table") == len(parsed.texts["caption"]) == 2
    exact = [value for tag, attributes in parsed.elements if tag == "data" and (value := attributes["value"])]
    assert exact[:9] == ["0", "4.69721", "1", "0.595612", "2", "0.0763", "3", "1.5e-30", "4"]
    assert parsed.texts["data"][:10:2] == ["0", "1", "2", "3", "4"]
    assert parsed.texts["data"][1:9:2] == ["4.6972", "0.5956", "0.0763", "1.500e-30"]
    assert len(LOSSES) == len([tag for tag, attributes in parsed.elements if attributes.get("scope") == "row"]) - 1


def test_numbers_stand_on_the_right_and_text_on_the_left() -> None:
    parsed = Parsed(
        page(Document("t", "", (Section("s", (Table("c", ("name", "value"), (("w1", 0.5), ("w2", None))),)),)))
    )
    classes = [(tag, attributes.get("class")) for tag, attributes in parsed.elements if tag in {"th", "td"}]
    assert classes == [("th", None), ("th", "number"), ("th", None), ("td", "number"), ("th", None), ("td", "number")]
    assert parsed.texts["td"] == ["0.5", "–"]


def test_figures_in_words_stand_on_the_right_as_well_and_have_the_minus_sign_of_equations() -> None:
    rows = (("w1", "+12.5%", -0.5, "a-b"), ("w2", "", 2.0, "3"), ("w3", "2e-04", None, "-4"))
    parsed = Parsed(page(Document("t", "", (Section("s", (Table("c", ("name", "share", "value", "note"), rows),)),))))
    assert parsed.texts["td"] == ["+12.5%", "−0.5", "a-b", "", "2.0", "3", "2e-04", "–", "−4"]
    right = [attributes.get("class") for tag, attributes in parsed.elements if tag == "td"]
    assert right == ["number", "number", None, None, "number", None, "number", "number", None]


def test_a_picture_stands_beside_the_text_with_a_link_to_every_section() -> None:
    sections = tuple(Section(title, (Paragraph("p"),)) for title in ("one", "two", HOSTILE, "four"))
    parsed = Parsed(page(Document("t", "", sections), beside=Picture(network_svg(LIVE), "The network")))
    assert [tag for tag in parsed.tags() if tag in {"header", "aside", "nav", "section"}] == [
        *("header", "aside", "nav"),
        *("section",) * 4,
    ]
    assert parsed.texts["a"] == ["one", "two", HOSTILE, "four"]
    assert {link.removeprefix("#") for link in parsed.values("href")} <= set(parsed.values("id"))
    assert twice(parsed.values("id")) == []
    assert ("main", {"class": "beside"}) in parsed.elements


def test_a_wide_picture_stands_above_and_few_sections_need_no_list() -> None:
    wide = Parsed(page(Document("t", "", ()), beside=Picture(network(), "Wide")))
    assert ("main", {}) in wide.elements
    assert {"figure"} <= set(wide.tags())
    assert "nav" not in wide.tags()


def test_an_empty_table_and_an_empty_page() -> None:
    parsed = Parsed(page(Document("t", "", (Section("s", (Table("none", ("a", "b"), ()), Facts(()), Code(""))),))))
    assert parsed.texts["th"] == ["a", "b"]
    assert Parsed(page(Document("t", "", ()))).texts["h1"] == ["t"]


def test_white_space_of_code_is_kept() -> None:
    assert Parsed(page(Document("t", "", (Section("s", (Code("a\n\n  b"), Paragraph("p"))),)))).texts["code"] == [
        "a\n\n  b"
    ]

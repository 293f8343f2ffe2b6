"""A page within a notebook: whole, by itself, and unable to run anything."""

from __future__ import annotations

from tests.render.parsed import Parsed
from tests.render.sample import HOSTILE, sample
from whygrad.document import Document, Paragraph, Section
from whygrad.render.frame import BASE, HEIGHT, LEAST, framed, height_of
from whygrad.render.page import page


def test_the_page_inside_is_the_page() -> None:
    parsed = Parsed(framed(sample(), HOSTILE))
    assert parsed.tags() == ["div", "iframe"]
    (frame,) = (attributes for tag, attributes in parsed.elements if tag == "iframe")
    assert frame["srcdoc"] == sample().replace("<head>", f"<head>{BASE}")
    assert frame["title"] == HOSTILE
    assert frame["sandbox"] == ""


def test_a_page_may_run_its_own_scripts_and_nothing_else() -> None:
    parsed = Parsed(framed(sample(), "t", scripts=True, height=700))
    (frame,) = (attributes for tag, attributes in parsed.elements if tag == "iframe")
    assert frame["sandbox"] == "allow-scripts allow-downloads"  # of no origin: it reaches nothing of the page around it
    assert "height:700px" in framed(sample(), "t", scripts=True, height=700)


def test_a_short_page_takes_little_room_and_a_long_one_scrolls() -> None:
    short = page(Document("t", "", (Section("s", (Paragraph("p"),)),)))
    assert LEAST < height_of(short) < HEIGHT / 2
    assert height_of(sample()) == HEIGHT
    assert f"height:{HEIGHT}px" in framed(sample(), "t")

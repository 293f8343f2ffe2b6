"""Every page of a derivation is valid HTML: no parser has to mend anything, and it needs nothing but itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given
from tinyhtml5.parser import HTMLParser

from tests.properties.pages import Page, fewer, pages
from tests.render.parsed import Parsed, twice

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MATHML = "{http://www.w3.org/1998/Math/MathML}"
# MathML Core, W3C, section 1.2: the elements, and of those that take a fixed number of others how many these are.
CORE = {
    *("annotation", "annotation-xml", "maction", "math", "merror", "mi", "mmultiscripts", "mn", "mo", "mpadded"),
    *("mphantom", "mprescripts", "mrow", "ms", "mspace", "msqrt", "mstyle", "mtable", "mtd", "mtext", "mtr"),
    *("semantics", "mfrac", "mroot", "msub", "msup", "mover", "munder", "msubsup", "munderover"),
}
FIXED = {
    **dict.fromkeys(("mfrac", "mroot", "msub", "msup", "mover", "munder"), 2),
    **dict.fromkeys(("msubsup", "munderover"), 3),
}
TOKENS = {"mi", "mn", "mo", "mtext"}
ASKING = {"script", "link", "iframe", "object", "embed", "img", "base", "audio", "video", "source", "form"}


@fewer
@given(pages())
def test_a_page_of_a_derivation_is_valid_and_needs_nothing_but_itself(page: Page) -> None:
    text = page.derivation.html()
    parser = HTMLParser()
    root = parser.parse(text)
    assert parser.errors == [], text[: parser.errors[0][0][0]]
    for element in root.iter():
        if str(element.tag).startswith(MATHML):
            assert_of_core(element)
    parsed = Parsed(text)
    assert twice(parsed.values("id")) == []
    assert ASKING & set(parsed.tags()) == set()
    assert [each for name in ("src", "srcset", "action") for each in parsed.values(name)] == []
    assert {f"#{name}" for name in parsed.values("id")} >= set(parsed.values("href"))
    assert re.findall(r"@import|url\(|https?:", text) == []


def assert_of_core(element: Element) -> None:
    """An element of mathematics that browsers know, with as many others in it as it takes."""
    tag = element.tag.removeprefix(MATHML)
    assert tag in CORE
    assert len(element) == FIXED.get(tag, len(element)), tag
    if tag in TOKENS:
        assert len(element) == 0
        assert element.text, tag

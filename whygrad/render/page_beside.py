"""What accompanies a page: the picture that it is about, and the list of its sections."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from whygrad.render.page_equation import escape
from whygrad.render.page_table import scrolling
from whygrad.render.svg import with_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whygrad.document import Picture, Section

WIDTH: Final = re.compile(r'viewBox="\S+ \S+ (\d+)')
WIDEST_BESIDE: Final = 720  # pixels: a wider picture stands above the text on every screen
SECTIONS_LISTED: Final = 4  # fewer are seen at a glance


def is_beside(picture: Picture | None) -> bool:
    """Whether a picture is narrow enough to stand beside text on a wide screen."""
    width = WIDTH.search(picture.svg) if picture else None
    return width is not None and int(width[1]) <= WIDEST_BESIDE


def aside_html(picture: Picture | None, sections: Sequence[Section], name: str) -> str:
    """The picture and the list of sections."""
    drawn = "" if picture is None else picture_html(picture, name)
    listed = contents_html(sections) if len(sections) >= SECTIONS_LISTED else ""
    return f'<aside aria-label="Beside the text">\n{drawn}{listed}</aside>\n' if drawn or listed else ""


def picture_html(picture: Picture, name: str) -> str:
    """A picture with its caption; one that is too wide scrolls by itself."""
    drawing = scrolling(with_id(picture.svg, name), picture.caption)
    return f"<figure>{drawing}<figcaption>{escape(picture.caption)}</figcaption></figure>\n"


def contents_html(sections: Sequence[Section]) -> str:
    """A link to every section."""
    links = "".join(
        f'<li><a href="#{section_id(number)}">{escape(each.title)}</a></li>\n' for number, each in enumerate(sections)
    )
    return f'<nav aria-label="Sections of this page">\n<ul>\n{links}</ul>\n</nav>\n'


def section_id(number: int) -> str:
    """What a link to a section points to."""
    return f"section{number + 1}"

"""SVG within a page: text stays text in the page's font, colours follow the page's, ids are unique.

Every drawing has an id of its own on its root, and all ids inside begin with it.
"""

from __future__ import annotations

import re
from hashlib import sha256
from html import escape
from io import StringIO
from typing import TYPE_CHECKING, Final
from warnings import catch_warnings, filterwarnings
from xml.etree import ElementTree

from whygrad.render.palette import PALETTE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from matplotlib.figure import Figure

# How far a drawing shrinks or grows with its page before it scrolls or stops: text stays between 8 and 15 pixels.
SCALES: Final = (0.9, 1.55)

COLOUR: Final = re.compile(r"#[0-9a-f]{6}\b")
VARIABLES: Final = {colour.light: colour.variable for colour in PALETTE}
FONT: Final = re.compile(r"font-family:[^;]*")
REFERENCE: Final = re.compile(r"#([\w.-]+)")
ROOT_ID: Final = re.compile(r'<svg id="([\w-]+)"')


def as_svg(figure: Figure, *, title: str = "", description: str = "") -> str:
    """A matplotlib figure as one <svg> element for a page or a notebook, in light and dark.

    `title` and `description` are for people who cannot see it; the figures of this room bring their own.
    """
    from whygrad.render.style import described

    own_title, own_description = described(figure)
    text = saved(figure)
    scope = scope_of(text)
    root = ElementTree.fromstring(text)  # noqa: S314 (our own text, written a line above)
    _, _, width, height = (float(number) for number in root.attrib["viewBox"].split())
    tidy(root, scope)
    body = "".join(ElementTree.tostring(child, encoding="unicode") for child in root)
    return wrapped(body, scope, (width, height), (title or own_title, description or own_description))


def saved(figure: Figure) -> str:
    """The SVG file that matplotlib writes, without a background."""
    from whygrad.render.style import look

    text = StringIO()
    with look(), catch_warnings():
        # The text stays text, so the reader's own fonts have the letters that matplotlib's lack.
        filterwarnings("ignore", message="Glyph .* missing from font")
        figure.savefig(text, format="svg", transparent=True, metadata={"Date": None})
    return text.getvalue()


def scope_of(text: str) -> str:
    """An id made from what is drawn."""
    return f"wg{sha256(text.encode()).hexdigest()[:8]}"


def wrapped(
    body: str,
    scope: str,
    size: tuple[float, float],
    words: tuple[str, str],
    scales: tuple[float, float] = SCALES,
) -> str:
    """The <svg> around the drawn elements, with its words for screen readers and its limits of growth."""
    width, height = size
    title, description = words
    limits = f"min-width:{scales[0] * width:.0f}px;max-width:{scales[1] * width:.0f}px"
    return (
        f'<svg id="{scope}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img" '
        f'aria-labelledby="{scope}-title {scope}-desc" stroke-linejoin="round" '
        f'style="display:block;width:100%;height:auto;{limits};margin:auto;font-family:inherit">'
        f'<title id="{scope}-title">{escape(title)}</title><desc id="{scope}-desc">{escape(description)}</desc>'
        f"{body}</svg>"
    )


def with_id(svg: str, name: str) -> str:
    """The same drawing under another id, so that one page can hold it twice."""
    found = ROOT_ID.match(svg)
    return svg.replace(found[1], name) if found else svg


def tidy(root: Element, scope: str) -> None:
    """Makes matplotlib's elements fit into a page."""
    for element in list(root.iter()):
        for child in [child for child in element if local(child.tag) in {"metadata", "style"}]:
            element.remove(child)
    used = set(references(root))
    for element in root.iter():
        element.tag = local(element.tag)
        element.attrib = dict(attributes(element, used, scope))
        element.tail = None
        if element.tag not in {"text", "tspan"}:
            element.text = None


def local(tag: str) -> str:
    """A name without its namespace."""
    return tag.rpartition("}")[2]


def references(root: Element) -> Iterator[str]:
    """The ids that some element points to."""
    for element in root.iter():
        for name, value in element.attrib.items():
            if name.endswith("href") or "url(" in value:
                yield from REFERENCE.findall(value)


def attributes(element: Element, used: set[str], scope: str) -> Iterator[tuple[str, str]]:
    """The attributes as they are in the page: ids that are pointed to, named colours, the page's font."""
    for name, value in element.attrib.items():
        match local(name):
            case "id":
                if value in used:
                    yield "id", f"{scope}-{value}"
            case "href":
                yield "href", REFERENCE.sub(rf"#{scope}-\1", value) if value.startswith("#") else "".join(value.split())
            case "style":
                yield "style", recoloured(FONT.sub("font-family:inherit", value))
            case "d":
                yield "d", " ".join(value.split())
            case plain:
                yield plain, REFERENCE.sub(rf"#{scope}-\1", value) if "url(" in value else value


def recoloured(style: str) -> str:
    """A style whose colours of the palette are asked for by name."""
    return COLOUR.sub(lambda found: VARIABLES.get(found[0], found[0]), style)

"""Reads what the room wrote as a browser would, and complains about what a browser forgives."""

from __future__ import annotations

from collections.abc import Iterable
from html.parser import HTMLParser
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

VOID = {"meta", "wbr"}
SVG = "{http://www.w3.org/2000/svg}"


class Parsed(HTMLParser):
    """The elements of a page with their attributes, and the text of each kind of element."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(text)
        self.close()
        assert self.open == [], f"not closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute twice: {attrs}"
        self.elements.append((tag, dict(attrs)))
        self.texts.setdefault(tag, []).append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"{tag} closed before it was opened"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in dict.fromkeys(self.open):
            self.texts[tag][-1] += data

    def tags(self) -> list[str]:
        return [tag for tag, _ in self.elements]

    def values(self, attribute: str) -> list[str]:
        return [value for _, attributes in self.elements if (value := attributes.get(attribute)) is not None]


def svg(text: str) -> Element:
    """The root of an inline drawing; raises for anything that is not well-formed XML."""
    return ElementTree.fromstring(text)  # noqa: S314 (our own text)


def words(root: Element) -> list[str]:
    """Every text of a drawing, tooltips not included."""
    return ["".join(element.itertext()) for element in root.iter(f"{SVG}text")]


def tooltips(root: Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}title")]


def twice(values: Iterable[str]) -> list[str]:
    """The values that occur more than once."""
    seen: set[str] = set()
    return [value for value in values if value in seen or seen.add(value)]  # type: ignore[func-returns-value]

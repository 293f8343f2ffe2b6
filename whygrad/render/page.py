"""One self-contained HTML file: no script, no font, no request; light and dark, phone and print."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final, assert_never

from whygrad.document import Block, Cell, Code, Document, Equations, Facts, Fold, Paragraph, Picture, Section, Table
from whygrad.notation.numeral import USUAL
from whygrad.render.page_beside import aside_html, is_beside, picture_html, section_id
from whygrad.render.page_equation import equations_html, escape
from whygrad.render.page_table import table_html, value_html
from whygrad.render.sheet import SHEET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.notation import Numbers

FEW_LETTERS: Final = 24
POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def page(document: Document, numbers: Numbers = USUAL, *, language: str = "en", beside: Picture | None = None) -> str:
    """A whole HTML document; text is escaped, drawings get ids of their own, no two the same.

    The picture `beside` stands next to the text where the screen is wide, above it where it is narrow.
    """
    names = (f"picture{number}" for number in count(1))
    aside = aside_html(beside, document.sections, next(names)) if beside else ""
    text = "".join(
        section_html(each, numbers, names, here=section_id(number)) for number, each in enumerate(document.sections)
    )
    body = f'{aside}<div class="text">\n{text}</div>\n' if aside else text
    return whole(document, body, "beside" if is_beside(beside) else "", language=language)


def whole(document: Document, body: str, layout: str = "", *, language: str = "en", rules: str = "") -> str:
    """A file around the body of a page: title, the line below it, the style sheet with further rules."""
    below = f'<p class="subtitle">{escape(document.subtitle)}</p>' if document.subtitle else ""
    kind = f' class="{layout}"' if layout else ""
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(document.title)}</title>\n<style>\n{SHEET}{rules}</style>\n</head>\n<body>\n<main{kind}>\n"
        f"<header><h1>{escape(document.title)}</h1>{below}</header>\n{body}</main>\n</body>\n</html>\n"
    )


def section_html(section: Section, numbers: Numbers, names: Iterator[str], level: int = 2, here: str = "") -> str:
    """A heading, its blocks and the sections below it."""
    blocks = "".join(block_html(block, numbers, names) for block in section.blocks)
    below = "".join(section_html(each, numbers, names, level + 1) for each in section.sections)
    name = f' id="{here}"' if here else ""
    return f"<section{name}>\n<h{level}>{escape(section.title)}</h{level}>\n{blocks}{below}</section>\n"


def block_html(block: Block, numbers: Numbers, names: Iterator[str]) -> str:
    """One block of any kind."""
    match block:
        case Paragraph(words):
            return f"<p>{escape(words)}</p>\n"
        case Equations():
            return equations_html(block, numbers)
        case Table():
            return table_html(block, numbers)
        case Picture():
            return picture_html(block, next(names))
        case Facts(pairs):
            return f"<dl>{''.join(fact_html(term, value, numbers) for term, value in pairs)}</dl>\n"
        case Code(words, caption):
            above = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
            return f'<figure class="code">{above}{code_html(words, caption)}</figure>\n'
        case Fold(summary, blocks):
            inside = "".join(block_html(inner, numbers, names) for inner in blocks)
            return f"<details><summary>{escape(summary)}</summary>\n{inside}</details>\n"
        case other:
            assert_never(other)


def code_html(text: str, caption: str) -> str:
    """Code as it is, every blank kept."""
    inside = "\n".join(map(escape, text.expandtabs(4).split("\n")))
    return f'<pre tabindex="0" aria-label="{escape(caption or "code")}"><code>{inside}</code></pre>'


def fact_html(term: str, value: Cell, numbers: Numbers) -> str:
    """A term above its value; one in many words has a line of its own."""
    wide = ' class="wide"' if isinstance(value, str) and len(value) > FEW_LETTERS else ""
    return f"<div{wide}><dt>{escape(term)}</dt><dd>{value_html(value, numbers)}</dd></div>"

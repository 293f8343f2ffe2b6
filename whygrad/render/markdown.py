"""A document as Markdown, with TeX's mathematics between dollar signs."""

from __future__ import annotations

import re
from textwrap import wrap
from typing import TYPE_CHECKING, Final, assert_never

from whygrad.document import Block, Cell, Code, Equation, Equations, Facts, Fold, Paragraph, Picture, Section, Table
from whygrad.notation import TEX
from whygrad.notation.name import visible
from whygrad.notation.numeral import USUAL
from whygrad.notation.symbol import upright
from whygrad.render.equation import broken, lines, words
from whygrad.render.numbers import figure
from whygrad.render.table import columns

if TYPE_CHECKING:
    from whygrad.document import Document
    from whygrad.notation import Numbers

PUNCTUATION: Final = re.compile(r"([\\`*_\[\]<>$|~#&])")
OPENS_BLOCK: Final = re.compile(r"^(\s*\d*)([-+=.)])")
PLAIN_WORDS: Final = re.compile(r"[A-Za-z0-9 .,;:()'/+=?!-]*")
WIDEST: Final = 90
RELATIONS: Final = {"=": "=", "≈": r"\approx"}


def markdown(document: Document, numbers: Numbers = USUAL) -> str:
    """A document as Markdown; every name and text is escaped."""
    parts = [f"# {escaped(document.title)}"]
    parts += [escaped(document.subtitle)] if document.subtitle else []
    for section in document.sections:
        parts += section_parts(section, 2, numbers)
    return "\n\n".join(parts) + "\n"


def section_parts(section: Section, level: int, numbers: Numbers) -> list[str]:
    """A heading, its blocks and the sections below it."""
    parts = [f"{'#' * level} {escaped(section.title)}"]
    parts += [part for block in section.blocks for part in block_parts(block, numbers)]
    return parts + [part for below in section.sections for part in section_parts(below, level + 1, numbers)]


def block_parts(block: Block, numbers: Numbers) -> list[str]:
    """One block of any kind."""
    match block:
        case Paragraph(text):
            return [opened(escaped(text))]
        case Equations():
            return [mathematics(block, numbers)] if block.lines else []
        case Table():
            return [f"*{escaped(block.caption)}*", table_lines(block, numbers)]
        case Picture(_, caption):
            return [f"*Picture: {escaped(caption)}*"]
        case Facts(pairs):
            return ["\n".join(f"- {escaped(term)}: {cell(value, numbers)}" for term, value in pairs)]
        case Code(text, caption, language):
            return [*([f"*{escaped(caption)}*"] if caption else []), fenced(text, language)]
        case Fold(summary, blocks):
            return [f"**{escaped(summary)}**", *(part for inner in blocks for part in block_parts(inner, numbers))]
        case other:
            assert_never(other)


def mathematics(block: Equations, numbers: Numbers) -> str:
    """Equations aligned at their relations."""
    rows = [row for equation in block.lines for row in rows_tex(equation, numbers)]
    return "\n".join(["$$", r"\begin{aligned}", " \\\\\n".join(rows), r"\end{aligned}", "$$"])


def rows_tex(equation: Equation, numbers: Numbers) -> list[str]:
    """The lines of one equation, its remark below them."""
    rows = []
    for line in lines(equation, numbers):
        left = words(line.left, TEX, numbers) if line.left else ""
        relation = RELATIONS[line.relation] if line.relation else ""
        first, *rest = broken(words(line.side, TEX, numbers), WIDEST)
        rows += [f"{left} &{relation} {first}", *(rf" &\qquad {part}" for part in rest)]
    return [*rows, *(rf" &\quad {remark(part)}" for part in wrap(equation.note, WIDEST))]


def remark(text: str) -> str:
    """Words within a formula."""
    return rf"\text{{{text}}}" if PLAIN_WORDS.fullmatch(text) else upright(text)


def table_lines(table: Table, numbers: Numbers) -> str:
    """A table; numbers stand on the right."""
    shown = columns(table, numbers, lambda side: f"${words(side, TEX, numbers)}$", escaped)
    head = [escaped(name) for name in table.head]
    rule = ["--:" if column.numeric else ":--" for column in shown]
    rows = zip(*(column.cells for column in shown), strict=True)
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))


def cell(value: Cell, numbers: Numbers) -> str:
    """One value of a list of facts."""
    if isinstance(value, str):
        return escaped(value)
    return figure(value) if value is None or isinstance(value, int | float) else f"${words(value, TEX, numbers)}$"


def escaped(text: str) -> str:
    """Text in which Markdown sees no mark."""
    return PUNCTUATION.sub(r"\\\1", visible(" ".join(text.split("\n"))))


def opened(text: str) -> str:
    """A paragraph whose beginning does not make it a list or a heading."""
    return OPENS_BLOCK.sub(r"\1\\\2", text)


def fenced(text: str, language: str = "") -> str:
    """Code between fences longer than any in it."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"

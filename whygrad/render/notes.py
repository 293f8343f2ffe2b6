"""A document as notes that somebody goes on writing: Markdown whose equations are lines of plain text, one for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from whygrad.document import Block, Cell, Code, Equation, Equations, Facts, Fold, Paragraph, Picture, Section, Table
from whygrad.notation import TEXT
from whygrad.notation.name import visible
from whygrad.notation.numeral import USUAL
from whygrad.render.equation import words
from whygrad.render.markdown import fenced
from whygrad.render.numbers import figure

if TYPE_CHECKING:
    from whygrad.document import Document
    from whygrad.notation import Numbers


def notes(document: Document, numbers: Numbers = USUAL) -> str:
    """A document as Markdown in which `net_H1 = ____` is `net_H1 = ____`, so that it can be filled in where it stands.

    Text is written as it is: names with underscores and stars between blanks are no marks of Markdown.
    """
    parts = [f"# {line(document.title)}"]
    parts += [line(document.subtitle)] if document.subtitle else []
    for section in document.sections:
        parts += section_parts(section, 2, numbers)
    return "\n\n".join(part for part in parts if part) + "\n"


def section_parts(section: Section, level: int, numbers: Numbers) -> list[str]:
    """A heading, its blocks and the sections below it."""
    parts = [f"{'#' * level} {line(section.title)}"]
    parts += [part for block in section.blocks for part in block_parts(block, numbers)]
    return parts + [part for below in section.sections for part in section_parts(below, level + 1, numbers)]


def block_parts(block: Block, numbers: Numbers) -> list[str]:
    """One block of any kind."""
    match block:
        case Paragraph(text):
            return [line(text)]
        case Equations(lines):
            return ["\n".join(f"- {equation_line(each, numbers)}" for each in lines)]
        case Table(caption, head, rows):
            cells = [head, ("---",) * len(head), *([cell(each, numbers) for each in row] for row in rows)]
            return [line(caption), "\n".join(f"| {' | '.join(row)} |" for row in cells)]
        case Picture(_, caption):
            return [f"(Picture: {line(caption)})"]
        case Facts(pairs):
            return ["\n".join(f"- {line(term)}: {cell(value, numbers)}" for term, value in pairs)]
        case Code(text, caption, language):
            return [line(caption), fenced(text, language)]
        case Fold(summary, blocks):
            return [line(summary), *(part for inner in blocks for part in block_parts(inner, numbers))]
        case other:
            assert_never(other)


def equation_line(equation: Equation, numbers: Numbers) -> str:
    """A chain on one line, its remark below; a side that would read as the one before it is passed over."""
    found = words(equation.sides[0], TEXT, numbers)
    before = found
    for relation, side in zip(equation.relations, equation.sides[1:], strict=True):
        now = words(side, TEXT, numbers)
        found += "" if now == before else f" {relation} {now}"
        before = now
    return f"{found}\n  ({line(equation.note)})" if equation.note else found


def cell(value: Cell, numbers: Numbers) -> str:
    """One value of a list of facts or of a table."""
    if isinstance(value, str):
        return line(value)
    return figure(value) if value is None or isinstance(value, int | float) else words(value, TEXT, numbers)


def line(text: str) -> str:
    """Text on one line that cannot hide."""
    return visible(" ".join(text.split("\n")))

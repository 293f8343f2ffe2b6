"""A document for a page that is alive: what is shown as words, and mathematics as trees of MathML elements.

The browser neither computes nor parses: it makes one element for each tree, `[tag, {attribute: value}, [children]]`,
of which a child is a tree or text. The trees say what `page` writes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, assert_never
from xml.parsers import expat

from whygrad.document import (
    Block,
    Cell,
    Code,
    Document,
    Equation,
    Equations,
    Facts,
    Fold,
    Paragraph,
    Picture,
    Quantity,
    Section,
    Table,
)
from whygrad.notation.name import visible
from whygrad.notation.numeral import USUAL
from whygrad.render.equation import lines
from whygrad.render.numbers import exact, figure
from whygrad.render.page_equation import formula_html, line_parts, math, one_line
from whygrad.render.page_table import signed
from whygrad.render.table import FIGURE, columns

if TYPE_CHECKING:
    from whygrad.notation import Numbers
    from whygrad.render.equation import Line
    from whygrad.render.table import Column

Tree = list[Any]
NUMBERS: Final = int | float | Quantity
WHOLE: Final = True  # nothing follows what is parsed


def live(document: Document, numbers: Numbers = USUAL) -> dict[str, Any]:
    """A document as dictionaries and lists, every word and digit as it is to be shown."""
    sections = [section(each, numbers) for each in document.sections]
    return {"title": one_line(document.title), "subtitle": one_line(document.subtitle), "sections": sections}


def section(each: Section, numbers: Numbers) -> dict[str, Any]:
    """A section and those below it."""
    return {
        "title": one_line(each.title),
        "blocks": [block(inner, numbers) for inner in each.blocks],
        "sections": [section(below, numbers) for below in each.sections],
    }


def block(each: Block, numbers: Numbers) -> dict[str, Any]:
    """One block of any kind."""
    match each:
        case Paragraph(words):
            return {"kind": "paragraph", "text": one_line(words)}
        case Equations(chains):
            return {"kind": "equations", "lines": [equation(chain, numbers) for chain in chains]}
        case Table():
            return {"kind": "table", **table(each, numbers)}
        case Picture(svg, caption):
            return {"kind": "picture", "caption": one_line(caption), "tree": tree_of(svg)}
        case Facts(pairs):
            facts = [{"term": one_line(term), "value": value_of(value, numbers)} for term, value in pairs]
            return {"kind": "facts", "pairs": facts}
        case Code(words, caption):
            return {"kind": "code", "caption": one_line(caption), "text": code(words)}
        case Fold(summary, blocks):
            inside = [block(inner, numbers) for inner in blocks]
            return {"kind": "fold", "summary": one_line(summary), "blocks": inside}
        case other:
            assert_never(other)


def code(text: str) -> str:
    """Code as it is, every blank kept."""
    return "\n".join(map(visible, text.expandtabs(4).split("\n")))


def equation(each: Equation, numbers: Numbers) -> dict[str, Any]:
    """A chain, one relation a row, and its remark."""
    return {"rows": [row(line, numbers) for line in lines(each, numbers)], "note": one_line(each.note)}


def row(line: Line, numbers: Numbers) -> dict[str, Any]:
    """What stands left (null where the row goes on with the one above), and right: terms, each a list of factors.

    Between two terms a row may be broken, and between two factors where a term is longer than a row.
    """
    left, terms = line_parts(line, numbers)
    return {
        "left": tree_of(math(left)) if left else None,
        "right": [[tree_of(math(factor)) for factor in term] for term in terms],
    }


def table(each: Table, numbers: Numbers) -> dict[str, Any]:
    """A table; `numeric` says which columns stand on the right."""
    found = columns(each, numbers, lambda side: formula_html(side, numbers), one_line)
    return {
        "caption": one_line(each.caption),
        "head": [
            {"text": one_line(name), "numeric": column.numeric} for name, column in zip(each.head, found, strict=True)
        ],
        "rows": [
            [cell(value, found[place], line) for place, value in enumerate(values)]
            for line, values in enumerate(each.rows)
        ],
    }


def cell(value: Cell, column: Column, line: int) -> dict[str, Any]:
    """One cell of a table, in the digits of its column."""
    shown = column.cells[line]
    if value is None or isinstance(value, NUMBERS):
        return number(value, shown)
    if isinstance(value, str):
        return {"text": signed(shown) if FIGURE.fullmatch(value) else shown}
    return {"math": tree_of(shown)}


def value_of(value: Cell, numbers: Numbers) -> dict[str, Any]:
    """One value of a list of facts."""
    if isinstance(value, str):
        return {"text": one_line(value)}
    if isinstance(value, Quantity):
        return number(value, numbers.shown(value.value))
    if value is None or isinstance(value, int | float):
        return number(value, figure(value))
    return {"math": tree_of(formula_html(value, numbers))}


def number(value: float | Quantity | None, shown: str) -> dict[str, Any]:
    """A number as it is shown, and what it is exactly; `ref` is its place in the trace."""
    if value is None:
        return {"text": signed(shown)}
    if isinstance(value, Quantity):
        ref = {"ref": value.ref} if value.ref else {}
        return {"text": signed(shown), "value": exact(value.value), **ref}
    return {"text": signed(shown), "value": exact(value)}


def tree_of(markup: str) -> Tree:
    """Markup that this room wrote, as a tree."""
    root: Tree = ["", {}, []]
    above = [root]

    def start(tag: str, attributes: dict[str, str]) -> None:
        element: Tree = [tag, attributes, []]
        above[-1][2].append(element)
        above.append(element)

    def text(words: str) -> None:
        above[-1][2].append(words)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.CharacterDataHandler = start, text
    parser.EndElementHandler = lambda _: above.pop()
    parser.Parse(markup, WHOLE)
    found: Tree = root[2][0]
    return found

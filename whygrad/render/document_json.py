"""A document as JSON: a kind for every block, and numbers with all their digits and where they came from.

Formulas are lists of nodes, each reading earlier ones, so that no depth of a formula is too deep for a reader.
"""

from __future__ import annotations

import json
from math import isfinite, isnan
from typing import TYPE_CHECKING, Any, assert_never

from whygrad.document import (
    Blank,
    Block,
    Called,
    Cell,
    Code,
    Derivative,
    Document,
    Equation,
    Equations,
    Facts,
    Fold,
    Formula,
    Paragraph,
    Picture,
    Quantity,
    Section,
    Side,
    Table,
)
from whygrad.graph import Apply, Constant, Input, State, topological
from whygrad.notation import TEX, TEXT, Writing, written

if TYPE_CHECKING:
    from whygrad.graph import Expr


def document_json(document: Document) -> str:
    """A document as JSON text; what JSON has no number for is "NaN", "Infinity" or "-Infinity"."""
    return json.dumps(structure(document), ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def structure(document: Document) -> dict[str, Any]:
    """A document as dictionaries and lists."""
    sections = [section(each) for each in document.sections]
    return {"kind": "document", "title": document.title, "subtitle": document.subtitle, "sections": sections}


def section(each: Section) -> dict[str, Any]:
    """A section and those below it."""
    blocks = [block(inner) for inner in each.blocks]
    return {
        "kind": "section",
        "title": each.title,
        "blocks": blocks,
        "sections": [section(below) for below in each.sections],
    }


def block(each: Block) -> dict[str, Any]:
    """One block of any kind."""
    match each:
        case Paragraph(text):
            return {"kind": "paragraph", "text": text}
        case Equations(lines):
            return {"kind": "equations", "lines": [equation(line) for line in lines]}
        case Table(caption, head, rows):
            cells = [[cell(value) for value in row] for row in rows]
            return {"kind": "table", "caption": caption, "head": list(head), "rows": cells}
        case Picture(svg, caption):
            return {"kind": "picture", "caption": caption, "svg": svg}
        case Facts(pairs):
            return {"kind": "facts", "pairs": [{"term": term, "value": cell(value)} for term, value in pairs]}
        case Code(text, caption):
            return {"kind": "code", "text": text, "caption": caption}
        case Fold(summary, blocks):
            return {"kind": "fold", "summary": summary, "blocks": [block(inner) for inner in blocks]}
        case other:
            assert_never(other)


def equation(each: Equation) -> dict[str, Any]:
    """A chain of sides."""
    return {
        "kind": "equation",
        "sides": [side(one) for one in each.sides],
        "relations": list(each.relations),
        "note": each.note,
    }


def cell(value: Cell) -> Any:
    """A cell of a table."""
    if isinstance(value, Quantity | Called | Derivative | Formula | Blank):
        return side(value)
    return number(value) if isinstance(value, float) else value


def side(each: Side) -> dict[str, Any]:
    """One side of an equation."""
    match each:
        case Quantity(value, ref):
            return {"kind": "quantity", "value": number(value), "ref": ref}
        case Called(name):
            return {"kind": "name", "name": name}
        case Derivative(of, by):
            return {"kind": "derivative", "of": of, "by": by}
        case Formula():
            return formula(each)
        case Blank():
            return {"kind": "blank"}
        case other:
            assert_never(other)


def formula(each: Formula) -> dict[str, Any]:
    """An expression: as text and TeX with all digits, and as nodes of which the last is the whole."""
    text, tex = (written(each.expr, Writing(style, each.names, each.numbers)) for style in (TEXT, TEX))
    stops = {node for node in (*each.names.of, *each.numbers) if node is not each.expr or node in each.numbers}
    order = [*dict.fromkeys(nodes_of(each.expr, stops))]
    places = {node: place for place, node in enumerate(order)}
    nodes = [node_structure(node, each, places, stops) for node in order]
    return {"kind": "formula", "text": text, "tex": tex, "nodes": nodes}


def nodes_of(root: Expr, stops: set[Expr]) -> list[Expr]:
    """The nodes a formula is written with, inputs first."""
    if root in stops:
        return [root]
    inner = topological([root], stops)
    return [node for each in inner for node in (*(x for x in each.inputs if x in stops), each)]


def node_structure(node: Expr, each: Formula, places: dict[Expr, int], stops: set[Expr]) -> dict[str, Any]:
    """One node: a number, a name, or an operation on earlier nodes."""
    if node in each.numbers:
        quantity = each.numbers[node]
        return {"value": number(quantity.value), "ref": quantity.ref}
    if node in stops:
        return {"name": each.names.of[node].symbol}
    if isinstance(node, Apply):
        inputs = [places[x] for x in node.inputs]
        return {
            "operation": node.primitive.name,
            "inputs": inputs,
            **({"settings": dict(node.attributes)} if node.attributes else {}),
        }
    if isinstance(node, Input | State):
        return {"name": node.name}
    return {"value": number(float(node.value)) if isinstance(node, Constant) else None}


def number(value: float) -> float | str:
    """A number, in words where JSON has none."""
    if isfinite(value):
        return float(value)
    return "NaN" if isnan(value) else "Infinity" if value > 0 else "-Infinity"

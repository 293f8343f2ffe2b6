"""A document for a page that is alive says what the page says: turned back into markup it is the page's."""

from __future__ import annotations

import json
from html import escape
from typing import Any

import pytest

from tests.render.parsed import Parsed
from tests.render.sample import HOSTILE, document
from whygrad.document import Equations, Table
from whygrad.notation import Numbers
from whygrad.notation.numeral import USUAL
from whygrad.pipeline import train
from whygrad.render.live import live, tree_of
from whygrad.render.page import page
from whygrad.render.page_equation import equations_html, formula_html
from whygrad.render.page_table import table_html

Tree = list[Any]


def markup(tree: Tree | str) -> str:
    """A tree as MathML."""
    if isinstance(tree, str):
        return escape(tree)
    tag, attributes, children = tree
    said = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{tag}{said}>{''.join(map(markup, children))}</{tag}>"


def equations_markup(block: dict[str, Any]) -> list[str]:
    """The rows of a block of equations, each with what stands left and right."""
    rows = [row for line in block["lines"] for row in line["rows"]]
    return [row_markup(row["left"], row["right"]) for row in rows]


def row_markup(left: Tree | None, terms: list[list[Tree]]) -> str:
    before = f'<div class="left">{markup(left)}</div>' if left else ""
    written = ["<wbr>".join(map(markup, factors)) for factors in terms]
    if len(terms) > 1:
        written = [
            term if len(factors) == 1 else f'<span class="term">{term}</span>'
            for term, factors in zip(written, terms, strict=True)
        ]
    return f'{before}<div class="right">{"<wbr>".join(written)}</div>'


def blocks_of(sections: Any) -> list[Any]:
    """Every block, those within folds too; of documents and of what became of them."""
    found: list[Any] = []
    for section in sections:
        is_live = isinstance(section, dict)
        for block in section["blocks"] if is_live else section.blocks:
            inner = block.get("blocks", ()) if is_live else getattr(block, "blocks", ())
            found += [block, *inner]
        found += blocks_of(section["sections"] if is_live else section.sections)
    return found


@pytest.mark.parametrize("of", [None, "w1", "b1", "net_H1"])
@pytest.mark.parametrize("numbers", [USUAL, Numbers(None), Numbers(3, fixed=True)])
def test_every_equation_and_cell_is_the_page_s(of: str | None, numbers: Numbers) -> None:
    paper = train("examples/notes-222.toml").explain(of, torch=False).document
    compare(paper, numbers)


def test_hostile_names_stay_text() -> None:
    compare(document(), USUAL)


def compare(paper: Any, numbers: Numbers) -> None:
    shown = live(paper, numbers)
    json.dumps(shown, allow_nan=False)
    pairs = list(zip(blocks_of(paper.sections), blocks_of(shown["sections"]), strict=True))
    for block, found in pairs:
        if isinstance(block, Equations):
            whole = equations_html(block, numbers)
            for row in equations_markup(found):
                assert row in whole
            assert len([row for line in found["lines"] for row in line["rows"]]) == whole.count('<div class="right">')
        elif isinstance(block, Table):
            cells_as_on_the_page(block, found, numbers)
    assert any(isinstance(block, Equations) for block, _ in pairs)


def cells_as_on_the_page(block: Table, found: dict[str, Any], numbers: Numbers) -> None:
    parsed = Parsed(table_html(block, numbers))
    assert parsed.texts["caption"] == [found["caption"]]
    assert parsed.texts["th"][: len(block.head)] == [each["text"] for each in found["head"]]
    values = [cell["value"] for row in found["rows"] for cell in row if "value" in cell]
    assert parsed.values("value") == values
    texts = [cell["text"] for row in found["rows"] for cell in row if "text" in cell]
    whole = [*parsed.texts["th"][len(block.head) :], *parsed.texts.get("td", [])]
    assert set(texts) <= set(whole)
    for row, cells in zip(block.rows, found["rows"], strict=True):
        for value, cell in zip(row, cells, strict=True):
            if "math" in cell:
                assert not isinstance(value, str | int | float)
                assert value is not None
                assert markup(cell["math"]) == formula_html(value, numbers)


def test_words_and_pictures_are_all_there() -> None:
    shown = live(document())
    pictures = [block for block in blocks_of(shown["sections"]) if block["kind"] == "picture"]
    assert {picture["tree"][0] for picture in pictures} == {"svg"}
    assert [block["kind"] for block in blocks_of(shown["sections"])] == [
        *(
            "facts",
            "paragraph",
            "table",
            "equations",
            "picture",
            "picture",
            "picture",
            "picture",
            "fold",
            "code",
            "table",
        )
    ]
    assert shown["title"] == HOSTILE
    facts = blocks_of(shown["sections"])[0]["pairs"]
    assert facts[0] == {"term": "rows", "value": {"text": "344", "value": "344"}}
    assert facts[1] == {"term": "accuracy", "value": {"text": "97.1%"}}
    code = next(block for block in blocks_of(shown["sections"]) if block["kind"] == "code")
    assert code["text"].endswith(f"\n\n  {HOSTILE}")


def test_numbers_say_where_they_came_from() -> None:
    shown = live(train("examples/notes-222.toml").explain("w1", torch=False).document)
    refs = [tree for block in blocks_of(shown["sections"]) if block["kind"] == "equations" for tree in found(block)]
    assert "hidden.net[0,0]" in refs or "hidden.out[0,0]" in refs
    assert page(train("examples/notes-222.toml").explain("w1", torch=False).document).count("data-ref") >= len(refs)


def found(block: dict[str, Any]) -> list[str]:
    """The places in the trace that the numbers of a block name."""
    stack: list[Any] = [
        tree for line in block["lines"] for row in line["rows"] for term in row["right"] for tree in term
    ]
    refs = []
    while stack:
        tree = stack.pop()
        if isinstance(tree, list):
            refs += [tree[1]["data-ref"]] if "data-ref" in tree[1] else []
            stack += tree[2]
    return refs


def test_a_tree_is_what_the_markup_says() -> None:
    assert tree_of('<math a="1"><mrow>x &lt; <mi>y</mi></mrow></math>') == [
        "math",
        {"a": "1"},
        [["mrow", {}, ["x < ", ["mi", {}, ["y"]]]]],
    ]

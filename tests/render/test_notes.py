"""Notes that somebody goes on writing: every equation a line of plain text, nothing escaped."""

from __future__ import annotations

from whygrad.document import (
    Blank,
    Called,
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
    Table,
)
from whygrad.graph import Input, Names
from whygrad.notation import Numbers
from whygrad.primitive import multiply
from whygrad.render.document_json import structure
from whygrad.render.latex import latex
from whygrad.render.markdown import markdown
from whygrad.render.notes import notes
from whygrad.render.page import page
from whygrad.render.terminal import terminal

W, X = Input((), "w1"), Input((), "x1")
PRODUCT = multiply(W, X)
FREE = Equation((Called("net_h1"), Blank()), ("=",))
WORKED = Equation(
    (Derivative("E", "w1"), Formula(PRODUCT, Names()), Formula(PRODUCT, Names(), {W: Quantity(0.5)}), Quantity(0.125)),
    ("=", "=", "≈"),
    "a remark",
)
BLOCKS = (
    Paragraph("Some words."),
    Equations((FREE, WORKED)),
    Facts((("inputs", "x1 = 0.5"), ("rate", 0.5))),
    Table("Told.", ("name", "value"), (("w_1", 0.25),)),
    Picture("<svg></svg>", "A network."),
    Code("a = 1", language="whygrad"),
    Fold("More", (Paragraph("Inside."),)),
)
DOCUMENT = Document("Sheet", "One step.", (Section("Forward pass", BLOCKS),))


def test_every_block() -> None:
    assert notes(DOCUMENT, Numbers(4, fixed=True)) == (
        "# Sheet\n\nOne step.\n\n## Forward pass\n\nSome words.\n\n"
        "- net_h1 = ____\n- dE/dw1 = w1 * x1 = 0.5000 * x1 ≈ 0.1250\n  (a remark)\n\n"
        "- inputs: x1 = 0.5\n- rate: 0.5\n\n"
        "Told.\n\n| name | value |\n| --- | --- |\n| w_1 | 0.25 |\n\n"
        "(Picture: A network.)\n\n```whygrad\na = 1\n```\n\nMore\n\nInside.\n"
    )


def test_a_place_that_is_left_free_in_every_medium() -> None:
    assert "____" in terminal(DOCUMENT)
    assert 'class="blank"' in page(DOCUMENT)
    for text in (latex(DOCUMENT), markdown(DOCUMENT)):
        assert r"\underline{\hspace{9em}}" in text
    section = structure(DOCUMENT)["sections"][0]
    assert section["blocks"][1]["lines"][0]["sides"][1] == {"kind": "blank"}

"""One document in every medium: the mathematics reads back as the same number, and no name becomes markup."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import numpy as np
import pytest

from tests.notation.draw import LEAVES, VALUES, expression
from tests.notation.drawn import drawn_as_itself, from_mathml, from_tex
from tests.notation.reading import parse
from tests.primitive.measure import computed
from tests.render.parsed import Parsed
from tests.render.sample import HOSTILE, document
from whygrad.document import (
    Called,
    Derivative,
    Document,
    Equation,
    Equations,
    Facts,
    Formula,
    Paragraph,
    Quantity,
    Section,
    Table,
)
from whygrad.graph import Expr, Input, Names, constant
from whygrad.notation import Numbers
from whygrad.primitive import BY_NAME
from whygrad.render.document_json import document_json
from whygrad.render.latex import latex
from whygrad.render.markdown import markdown
from whygrad.render.page import page
from whygrad.render.terminal import terminal

if TYPE_CHECKING:
    from pathlib import Path

ALL = Numbers(17)
NUMBERS: dict[Expr, Quantity] = {leaf: Quantity(value, f"trace.{leaf!r}") for leaf, value in VALUES.items()}
NO_NAMES = Names()


def about(expr: Expr, numbers: dict[Expr, Quantity]) -> Document:
    """A document of one equation, f = expr."""
    equation = Equation((Called("f"), Formula(expr, NO_NAMES, numbers)), ("=",))
    return Document("t", "", (Section("s", (Equations((equation,)),)),))


def from_terminal(shown: str) -> Expr:
    return parse(" ".join(shown.partition("f = ")[2].split()), LEAVES)


def from_aligned(shown: str) -> Expr:
    formula = shown.partition("f &= ")[2].partition("\n\\end{a")[0]
    return from_tex(formula.replace(" \\\\\n &\\qquad", ""), LEAVES)


def from_page(shown: str) -> Expr:
    (side,) = re.findall('<div class="right">(.*?)</div>', shown, re.DOTALL)
    maths = re.sub('<span class="term">|</span>', "", side).split("<wbr>")
    rows = [ElementTree.fromstring(math)[0] for math in maths]  # noqa: S314
    rows[0].remove(rows[0][0])
    whole = "".join(ElementTree.tostring(each, encoding="unicode") for row in rows for each in row)
    return from_mathml(f"<mrow>{whole}</mrow>", LEAVES)


def from_json(shown: str) -> Expr:
    formula = json.loads(shown)["sections"][0]["blocks"][0]["lines"][0]["sides"][1]
    nodes: list[Expr] = []
    for node in formula["nodes"]:
        if "operation" in node:
            inputs = [nodes[place] for place in node["inputs"]]
            nodes.append(BY_NAME[node["operation"]](*inputs, **node.get("settings", {})))
        else:
            nodes.append(constant(float(node["value"])) if "value" in node else LEAVES[node["name"]])
    return nodes[-1]


def on_paper(document: Document) -> str:
    return terminal(document, ALL, width=60 + len(document.sections))


MEDIA: dict[str, tuple[Any, Any]] = {
    "terminal": (on_paper, from_terminal),
    "markdown": (lambda d: markdown(d, ALL), from_aligned),
    "latex": (lambda d: latex(d, ALL), from_aligned),
    "fragment": (lambda d: latex(d, ALL, fragment=True), from_aligned),
    "page": (lambda d: page(d, ALL), from_page),
    "json": (document_json, from_json),
}


@pytest.mark.parametrize("numbers", [{}, NUMBERS], ids=["symbols", "numbers"])
@pytest.mark.parametrize("medium", MEDIA)
def test_every_medium_says_the_same_number(medium: str, numbers: dict[Expr, Quantity]) -> None:
    rng = random.Random(medium)
    drawn = [e for e in (expression(rng, depth=5) for _ in range(60)) if drawn_as_itself(e)]
    write, read = MEDIA[medium]
    shown = [write(about(e, numbers)) for e in drawn]
    again = [read(text) for text in shown]
    values = computed([*drawn, *again], VALUES)
    for text, meant, found in zip(shown, values[: len(drawn)], values[len(drawn) :], strict=True):
        assert meant == found or np.isnan([meant, found]).all(), text
    assert np.isfinite(values).sum() >= 50


LONG = 40


def a_long_sum() -> Expr:
    return sum((Input((), f"x{k}") * Input((), "w5") for k in range(LONG)), start=Input((), "b"))


@pytest.mark.parametrize("width", [60, 80, 100, 200])
def test_lines_fit_the_terminal_and_stand_below_their_relation(width: int) -> None:
    chain = (Called("net_H1"), Formula(a_long_sum(), NO_NAMES), Quantity(0.5))
    lines = Equations((Equation(chain, ("=", "≈"), "a remark"), Equation((Called("w5"), Quantity(-2.0)), ("=",))))
    shown = terminal(Document("t", "", (Section("s", (lines,)),)), width=width)
    body = shown.split("─\n")[1].splitlines()
    assert max(map(len, body)) <= width
    relations = [line.index(sign) for line in body for sign in "=≈" if sign in line]
    assert len(relations) == 3
    assert len(set(relations)) == 1
    assert " ".join(shown.split()).count("* w5") == LONG


def test_a_remark_stands_behind_its_equation_or_below_it() -> None:
    def shown(note: str) -> str:
        line = Equation((Called("w5"), Quantity(0.5)), ("=",), note)
        return terminal(Document("t", "", (Section("s", (Equations((line,)),)),)), width=60)

    assert "  w5 = 0.5   (short)\n" in shown("short")
    assert "  w5 = 0.5\n       (long and long" in shown("long " + "and long " * 9)


def test_a_chain_passes_over_what_it_would_say_twice() -> None:
    line = Equation(
        (Called("b"), Formula(LEAVES["x"], NO_NAMES, NUMBERS), Quantity(0.7), Quantity(0.71)), ("=", "=", "≈")
    )
    shown = terminal(Document("t", "", (Section("s", (Equations((line,)),)),)))
    assert shown.endswith("  b = 0.7\n    ≈ 0.71\n")


def test_colour_is_extra() -> None:
    plain = terminal(document(), width=72)
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", terminal(document(), width=72, colour=True)).split() == plain.split()


@pytest.mark.parametrize("width", [60, 80])
def test_tables_and_text_fit_the_terminal(width: int) -> None:
    head = ("factor", "answers", "is", "value")
    row = (Derivative("E", "w5"), "how steep is the activation here, and why does that matter so much?", "x", 0.25)
    parts = (Table("c", head, (row,)), Paragraph("word " * 50), Facts((("a", 1), ("longer", Quantity(0.5)))))
    shown = terminal(Document("t" * 90, "s", (Section("s", parts),)), width=width)
    assert max(map(len, shown.splitlines())) <= width
    assert "0.25" in shown
    assert "  a       1\n  longer  0.5\n" in shown


STEERING = "a\x1b[2J\u202eb\nc"


@pytest.mark.parametrize("medium", ["terminal", "markdown", "latex", "page"])
def test_no_name_steers_the_terminal_or_turns_the_text(medium: str) -> None:
    cells = Table(STEERING, (STEERING,), ((STEERING,), (Called(STEERING),)))
    line = Equations((Equation((Called(STEERING), Quantity(1.0, STEERING)), ("=",), STEERING),))
    blocks = (cells, line, Facts(((STEERING, STEERING),)), Paragraph(STEERING))
    shown = MEDIA[medium][0](Document(STEERING, STEERING, (Section(STEERING, blocks),)))
    assert not set(shown) & set("\x1b\u202e")


def test_names_stay_text_in_markdown() -> None:
    outside = re.sub(r"(?s)^```.*?^```", "", markdown(document()), flags=re.MULTILINE)
    assert outside.count("script") > 9
    assert re.findall(r"(?<!\\)<[A-Za-z/]", outside) == []
    assert markdown(Document("t", "", (Section("1. s", (Paragraph("- a"), Paragraph("1. b"), Paragraph("# c"))),))) == (
        "# t\n\n## 1. s\n\n\\- a\n\n1\\. b\n\n\\# c\n"
    )


def test_json_keeps_every_digit_and_every_reference() -> None:
    kinds = {part["kind"] for part in every(json.loads(document_json(document())))}
    assert kinds == {
        *("document", "section", "paragraph", "equations", "equation", "table", "picture", "facts", "code", "fold"),
        *("quantity", "name", "derivative", "formula"),
    }
    shown = json.loads(document_json(about(LEAVES["x"] / 3.0, {LEAVES["x"]: Quantity(1 / 3, "x[0]")})))
    formula = shown["sections"][0]["blocks"][0]["lines"][0]["sides"][1]
    assert {"value": 1 / 3, "ref": "x[0]"} in formula["nodes"]
    assert formula["text"] == "0.3333333333333333 / 3"
    assert "NaN" in document_json(about(LEAVES["x"] * float("nan"), {}))


def every(part: Any) -> list[dict[str, Any]]:
    """Every dictionary with a kind."""
    if isinstance(part, list):
        return [found for each in part for found in every(each)]
    if not isinstance(part, dict):
        return []
    return [*([part] if "kind" in part else []), *(found for each in part.values() for found in every(each))]


def test_a_sum_of_thousands_of_terms_is_written_in_every_medium() -> None:
    whole = sum((Input((), "x") * Input((), "w5") for _ in range(3000)), start=Input((), "b"))
    for write, _ in MEDIA.values():
        assert len(write(about(whole, {}))) > 3000


def test_numbers_on_the_page_know_where_they_came_from() -> None:
    shown = Parsed(page(about(LEAVES["x"] * 2.0, NUMBERS)))
    assert shown.values("data-ref") == ["trace.<Input x ()>"]
    assert shown.values("data-value") == ["0.7"]
    assert isinstance(shown, HTMLParser)


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
def test_latex_compiles_hostile_names_and_all(tmp_path: Path) -> None:
    names = Section(
        "größe η 体 \\", tuple(Paragraph(text) for text in (HOSTILE, STEERING, "ÅØßé—„“ ²½≈ #$%&_{}^~`'\""))
    )
    whole = document()
    text = latex(Document(whole.title, whole.subtitle, (*whole.sections, names)))
    assert text.isascii()
    assert re.findall(r"\\usepackage.*", text) == [r"\usepackage{amsmath}"]
    (tmp_path / "t.tex").write_text(text, encoding="ascii")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "t.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, errors="replace", check=False)
    assert done.returncode == 0, done.stdout[-2000:]


def test_a_fragment_is_the_body_of_the_whole_file() -> None:
    assert latex(document(), fragment=True) in latex(document())
    assert "documentclass" not in latex(document(), fragment=True)

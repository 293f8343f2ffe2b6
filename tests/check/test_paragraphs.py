"""Chains that go on in the next line, formulas on lines of their own, lists and fences."""

from __future__ import annotations

import pytest

from tests.check.said import claims, said
from whygrad.check.reading.formula import Span, plain_chain
from whygrad.check.reading.notes import parse_notes

GOES_ON = [
    ("net = 0.1 + 0.2\n    = 0.3", ["net = 0.1 + 0.2 = 0.3"]),
    ("net = 0.1 + 0.2,\n= 0.3", ["net = 0.1 + 0.2 = 0.3"]),
    ("$$\n\\begin{aligned}\nw &= v \\\\\n &\\qquad - 2 \\\\\n &= 3\n\\end{aligned}\n$$", ["w = v - 2 = 3"]),
    ("net =\n  0.3", ["net = 0.3"]),
    ("net = 0.1 +\n  0.2", ["net = 0.1 + 0.2"]),
    ("path = a * b\n         * c\n     = 3", ["path = (a * b) * c = 3"]),
    ("net = a (net) (the sum of all)\n    = 0.3", ["net = a = 0.3"]),
    ("$$\n\\begin{aligned}\na &= 1 + 2 \\\\\n  &= 3 \\\\\nb &= 4\n\\end{aligned}\n$$", ["a = 1 + 2 = 3", "b = 4"]),
    ("$$ a = 1\n+ 2 $$", ["a = 1 + 2"]),
    ("\\[ a = 1 \\] \\[ b = 2 \\]", ["a = 1", "b = 2"]),
    ("```\nnet = 0.3\nout = 0.6\n```", ["net = 0.3", "out = 0.6"]),
]
PARTS = [
    ("w5_new =\nw6_new = 0.4", ["w6_new = 0.4"]),
    ("net = 0.3\n\n= 0.4", ["net = 0.3", "! nothing stands left of the relation"]),
    ("- x = 3\n- y = 4", ["x = 3", "y = 4"]),
    ("* x = 3\n* 4 = y", ["x = 3", "4 = y"]),
    ("x = 3\n- 4 = y", ["x = 3", "4 = y"]),
    ("a = 1\nb = 2", ["a = 1", "b = 2"]),
    ("x = 3\ny\nz = 4", ["x = 3", "z = 4"]),
]


@pytest.mark.parametrize(("text", "expected"), GOES_ON + PARTS, ids=[text for text, _ in GOES_ON + PARTS])
def test_lines_together(text: str, expected: list[str]) -> None:
    assert said(text) == expected


def test_a_chain_over_lines_knows_them_all() -> None:
    [claim] = claims("so\nnet = 0.1 + 0.2\n    = 0.3")
    assert claim.span == Span(2, 0, 9, 3)
    assert [side.span.line for side in claim.chain.sides] == [2, 2, 3]


def test_the_heading_above() -> None:
    found = claims("# Forward\n\na = 1\n\nBackward\n--------\nb = 2\n\n## Update, x = 3\n\nc = 3")
    assert [(claim.heading, claim.line) for claim in found] == [
        ("Forward", 3),
        ("Backward", 7),
        ("Update, x = 3", 9),
        ("Update, x = 3", 11),
    ]


def test_a_display_goes_on_behind_cases() -> None:
    """What stands within a formula does not end it: the row below it goes on as one of the display."""
    cases = "d &= \\begin{cases} 1 & \\text{if } a > 0 \\\\ 0 & \\text{otherwise} \\end{cases} \\\\"
    rows = ["$$", "\\begin{aligned}", cases, "w &= v \\\\", " &\\qquad - 2 \\\\", " &= 3", "\\end{aligned}", "$$"]
    notes = parse_notes("\n".join(rows), "notes")
    assert "w = v - 2 = 3" in [plain_chain(each.chain) for each in notes.claims]


def test_a_long_display_is_not_torn_where_a_row_goes_on() -> None:
    """Its rows go on below each other, past the length to which paragraphs are read at once."""
    rows = [line for n in range(300) for line in (f"a_{{{n}}} &= {n} + 1 \\\\", " &\\qquad - 1 \\\\", f" &= {n} \\\\")]
    notes = parse_notes("\n".join(["$$", "\\begin{aligned}", *rows, "\\end{aligned}", "$$"]), "notes")
    assert [plain_chain(each.chain) for each in notes.claims] == [
        f"a_{{{n}}} = ({n} + 1) - 1 = {n}" for n in range(300)
    ]

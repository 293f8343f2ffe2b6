"""Whole files: bytes, sizes, comments, order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.reading.claims import Overrule
from whygrad.check.reading.notes import parse_notes, read_notes

if TYPE_CHECKING:
    from pathlib import Path


def test_a_comment_overrules_a_mark_on_its_line() -> None:
    text = (
        "a = 1\nb = 2 <!-- whygrad: right, it is the other\n sign --> \n<!-- c = 3 -->\n"
        "d = 1 +\n 3 <!-- whygrad: wrong -->"
    )
    notes = parse_notes(text, "n")
    assert [(claim.line, claim.overrule) for claim in notes.claims] == [
        (1, None),
        (2, Overrule(2, "right", "it is the other sign")),
        (5, Overrule(6, "wrong")),
    ]
    assert notes.overrules == (Overrule(2, "right", "it is the other sign"), Overrule(6, "wrong"))
    [unread] = parse_notes("y = 3 * / 4 <!-- whygrad: right -->", "n").unread
    assert unread.overrule == Overrule(1, "right")


def test_files_are_read_with_and_without_a_mark_of_their_encoding(tmp_path: Path) -> None:
    for data in (b"\xef\xbb\xbfw\xe2\x82\x85 = 3\r\nb = 4\r", "w₅ = 3\nb = 4\n".encode()):
        path = tmp_path / "notes.md"
        path.write_bytes(data)
        notes = read_notes(path)
        assert [claim.line for claim in notes.claims] == [1, 2]
        assert notes.lines[0] == "w₅ = 3"
        assert notes.place == str(path)


def test_items_come_in_the_order_of_the_text() -> None:
    notes = parse_notes("a = 1 (so b = 2), c = 3\n\n| unit | net |\n|---|---|\n| H1 | 4 |\n\nd = 5 * / 6\ne = 7", "n")
    assert [item.line for item in notes.items] == [1, 1, 1, 5, 7, 8]
    assert [item.span.start for item in notes.items[:3]] == [0, 10, 18]


def test_an_open_formula_ends_with_its_paragraph() -> None:
    notes = parse_notes("$$\na = 1\n\nthe answer was b = 2", "n")
    assert [len(claim.chain.sides) for claim in notes.claims] == [2, 2]
    assert notes.claims[1].words == ("the", "answer", "was")


def test_thousands_of_lines_stay_linear() -> None:
    """A paragraph, a table and lines that look like headers of tables, each as long as notes may be."""
    for text in ("a  net\n" * 19_999, "| a | net |\n" * 19_999, "word word\n" * 19_999, "<!-- whygrad: a -->" * 52_000):
        assert parse_notes(text, "n").items == ()

"""Whatever is typed: no exception, no long wait, every place within the text, and every value a number or NaN."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.check.hostile import BITS, NOTES
from whygrad.check.reading.claims import Claim
from whygrad.check.reading.formula import every, plain
from whygrad.check.reading.notes import Notes, parse_notes
from whygrad.check.worth import swing, worth
from whygrad.errors.check import CheckError

if TYPE_CHECKING:
    from whygrad.check.reading.formula import Leaf

SECONDS = 5.0  # a second by itself; the machine of a test may be busy


def half_unit(leaf: Leaf) -> float:
    return getattr(leaf, "half_unit", 0.001)


def read(text: str) -> Notes | None:
    """The notes in a text, if they are any; with everything about them looked at."""
    start = time.perf_counter()
    try:
        notes = parse_notes(text, "n")
    except CheckError:
        return None
    finally:
        assert time.perf_counter() - start < SECONDS, text
    for item in notes.items:
        within(item.span.line, item.span.start, notes)
        within(item.span.until, item.span.end, notes)
        if isinstance(item, Claim):
            looked_at(item, notes)
    return notes


def within(line: int, column: int, notes: Notes) -> None:
    assert 1 <= line <= len(notes.lines)
    assert 0 <= column <= len(notes.lines[line - 1])


def looked_at(claim: Claim, notes: Notes) -> None:
    for chain in claim.readings:
        assert len(chain.relations) == len(chain.sides) - 1 >= 1
        for side in chain.sides:
            for each in every(side):
                within(each.span.line, each.span.start, notes)
                within(each.span.until, each.span.end, notes)
            assert isinstance(plain(side), str)
            assert isinstance(worth(side, {"x": 0.5}), float)
            assert swing(side, {"x": 0.5}, half_unit) != -1


@given(st.lists(st.sampled_from(BITS), max_size=60).map("".join))
def test_bits_of_notes(text: str) -> None:
    read(text)


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    read(text)


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    with suppress(CheckError):
        parse_notes(data, "n")


@given(
    st.sampled_from(NOTES),
    st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 6), st.sampled_from(("", *BITS))), min_size=1, max_size=8),
)
def test_mutated_notes(text: str, edits: list[tuple[int, int, str]]) -> None:
    for place, gone, put in edits:
        text = text[:place] + put + text[place + gone :]
    read(text)


@pytest.mark.parametrize("bit", BITS)
def test_one_bit_many_times(bit: str) -> None:
    read("x = " + bit * (1900 // len(bit)))
    read(("x = 1 " + bit + "\n") * 100)


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "(" * 900 + "1" + ")" * 900,
        "x = " + "(a " * 300 + "= 3" + ")" * 300,
        "x = " + "-" * 1900,
        "x = " + "|" * 1900,
        "x = " + "sqrt " * 300 + "2",
        "x = " + "2^" * 240 + "2",
        "x = " + "_{" * 600 + "}" * 600,
        "x = " + "w_{" + "a" * 1900,
        "x = " + "\\frac{1}{" * 200,
        "x = " + "**a" * 600,
        "x = " + "dE/" * 600,
        "net " + " " * 1900 + "= 3",
        "target of the unit the unit " * 60 + "= 3",
        "x = 9" + "9" * 1900,
        "x = 1e9999 = 1e-9999 = 10^-9999",
        "x = " + "Σ_{i=1}^{50} " * 30 + "w_i",
    ],
    ids=range(16),
)
def test_what_somebody_might_try(text: str) -> None:
    read(text)

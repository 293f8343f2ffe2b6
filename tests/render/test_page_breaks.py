"""Where formulas on a page may be broken: before operators, never inside anything, and nothing is lost."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from whygrad.graph import Expr, Input
from whygrad.notation import mathml
from whygrad.primitive import divide, where
from whygrad.render.page_breaks import pieces


def named(*names: str) -> list[Expr]:
    return [Input((), name) for name in names]


A, B, C, D = named("out_first", "out_second", "out_third", "out_fourth")
LONG = A * B + C * D


def text(piece: str) -> str:
    return "".join(ElementTree.fromstring(f"<mrow>{piece}</mrow>").itertext())  # noqa: S314 (our own text)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (A + B, ["outfirst+outsecond"]),
        (LONG, ["outfirst⋅outsecond", "+outthird⋅outfourth"]),
        (LONG - 1.0, ["outfirst⋅outsecond", "+outthird⋅outfourth", "−1"]),
        (A * B * C * D, ["outfirst", "⋅outsecond", "⋅outthird", "⋅outfourth"]),
        (A * (B * C + D * 2.0), ["outfirst", "⋅(outsecond⋅outthird+outfourth⋅2)"]),
        (divide(LONG, LONG), ["outfirst⋅outsecond+outthird⋅outfourth" * 2]),
        (where(A > 0.0, LONG, 0.0), ["{outfirst⋅outsecond+outthird⋅outfourthif\N{NO-BREAK SPACE}outfirst>00otherwise"]),
    ],
)
def test_long_formulas_are_cut_into_terms_and_long_terms_into_factors(formula: Expr, expected: list[str]) -> None:
    assert [text(factor) for term in pieces(mathml(formula)) for factor in term] == expected


def test_the_pieces_are_the_formula() -> None:
    whole = mathml(LONG * LONG + LONG)
    assert re.sub(' form="infix"', "", "".join(map("".join, pieces(whole)))) == re.sub(' form="infix"', "", whole)


def test_a_minus_sign_that_leads_is_no_place_to_break() -> None:
    assert text(pieces(mathml(-A * B + C * D))[0][0]).startswith("−outfirst")


def test_terms_hold_their_factors_together() -> None:
    assert [len(term) for term in pieces(mathml(A + A * B * C * D))] == [1, 4]

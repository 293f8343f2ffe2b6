"""Equations are found within prose, and prose that only has an equals sign becomes no claim."""

from __future__ import annotations

import pytest

from tests.check.said import claims, said, unread
from whygrad.check.reading.claims import IN_WORDS, NO_LEFT, WORDS_WITHIN
from whygrad.check.reading.formula import Relation, Span, plain_chain
from whygrad.check.reading.signs import BLANK, DOTS, MATRIX, UNCLOSED

FOUND = [
    ("so net_H1 = 0.3775 and then out_H1 = 0.5933", ["net_H1 = 0.3775", "out_H1 = 0.5933"]),
    ("- w1 = 0.15, w2 = 0.20; w3 = 0.25.", ["w1 = 0.15", "w2 = 0.20", "w3 = 0.25"]),
    ("x1 = 0.05 x2 = 0.10", ["x1 = 0.05", "x2 = 0.10"]),
    ("a = 3    b = 4", ["a = 3", "b = 4"]),
    ("b1, b2 = 0.35, 0.60", ["b1 = 0.35", "b2 = 0.60"]),
    ("x = (0.05, 0.10)", ["x1 = 0.05", "x2 = 0.10"]),
    ("(x1, x2) = (0.05, 0.10)", ["x1 = 0.05", "x2 = 0.10"]),
    ("x = np.array([0.05, 0.10])", ["x1 = 0.05", "x2 = 0.10"]),
    ("out_H1 ≈ 0.5933 (rounded)", ["out_H1 ≈ 0.5933"]),
    ("- net_H1 = ____ 0.3775", ["net_H1 = 0.3775"]),
    ("- net_H1 = ____0.3775____", ["net_H1 = 0.3775"]),
    ("- dE/dw5 = -0.0223 ____", ["dE/dw5 = -0.0223"]),
    ("out_H1 = 0.5933 rounded to four places", ["out_H1 = 0.5933"]),
    ("out_H1 = about 0.5933", ["out_H1 ≈ 0.5933"]),
    ("out_H1 = approx. 0.5933", ["out_H1 ≈ 0.5933"]),
    ("out_H1 is 1/(1+e^-0.3775) = 0.5933", ["1 / (1 + exp(-0.3775)) = 0.5933"]),
    ("**net_H1 = 0.3775**, `out_H1 = 0.5933`", ["net_H1 = 0.3775", "out_H1 = 0.5933"]),
    ("_net_H1 = 0.3775_", ["net_H1 = 0.3775"]),
    ("(so that x = 3)", ["x = 3"]),
    ("1. net = 0.3", ["net = 0.3"]),
    ("> 2) net = 0.3", ["net = 0.3"]),
    ("## Forward: net = 0.3", ["net = 0.3"]),
    ("$w_5^{+} = 0.40 - 0.5 \\cdot 0.081$", ["w_5^{+} = 0.40 - (0.5 * 0.081)"]),
    ("$x$ = $3$ and $a = 1$ $b = 2$", ["x = 3", "a = 1", "b = 2"]),
    ("\\(a = 1\\) \\(b = 2\\)", ["a = 1", "b = 2"]),
    ("a = 3 \\quad b = 4", ["a = 3", "b = 4"]),
    ("\\boxed{w_5 = 0.36}", ["w_5 = 0.36"]),
    ("w5+ = 0.36", ["w5+ = 0.36"]),
    ("w5 (new) = 0.36", ["w5 (new) = 0.36"]),
    ("w5 ← w5 − 0.04", ["w5 := w5 - 0.04"]),
    ("w5: 0.40 → 0.36", ["w5 = 0.40 → 0.36"]),
    ("net = 0.38 → out = 0.59", ["net = 0.38", "out = 0.59"]),
    ("learning rate 0.5", ["learning rate = 0.5"]),
    ("with a learning rate of 0.5 it learns", ["learning rate = 0.5"]),
    ("lr: 0.5, η = 0.5", ["lr = 0.5", "η = 0.5"]),
    ("target y1 = 0.01", ["target y1 = 0.01"]),
    ("the weighted sum of H1 = 0.3775", ["weighted sum of H1 = 0.3775"]),
    ("net_H1: 0.3775", ["net_H1 = 0.3775"]),
    ("H1: net = 0.38, out = 0.59", ["net = 0.38", "out = 0.59"]),
    ("net_H1 equals 0.15 times 0.05 plus 0.35", ["net_H1 = (0.15 * 0.05) + 0.35"]),
    ("slope = (2.25 - 9)/0.1 = -67.5", ["slope = (2.25 - 9) / 0.1 = -67.5"]),
    ("0.5 × 0.3 = 0.15", ["0.5 * 0.3 = 0.15"]),
    ("net = 0.3775        (3)", ["net = 0.3775"]),
    ("x = 0.3 – so far", ["x = 0.3"]),
    ("0 < out < 1, out = 0.59 > 0.5", ["out = 0.59"]),
    ("E = -ln(0.7) = 0.357", ["E = -log(0.7) = 0.357"]),
    ("net_H1 = w1 x1 + w2 x2 + b1", ["net_H1 = ((w1 * x1) + (w2 * x2)) + b1"]),
    ("p(2.5) = 0.5614", ["p(2.5) = 0.5614"]),
    ("(see above, x = 3)", ["x = 3"]),
    ("x = 3) and y = 4", ["x = 3", "y = 4"]),
    ("a) x = 3", ["x = 3"]),
    ("total error = 0.304", ["total error = 0.304"]),
]
NOTHING = [
    "x = the input",
    "Let x = input of the network.",
    "loss = error",
    "x1 -> H1, H1 → Y1",
    "w5_new =",
    "We follow the gradient; nothing else happens.",
    "a network with 2 inputs and 3 outputs",
    "see https://example.org/?page=3 and <img width=300>",
    "==========",
    "for i in range(3): total += i",
    "The target is not reached. A learning rate is chosen.",
    "bias 4 -> 15",
    "| = |",
    "Z1 = W1.X + b1",
]
COMMA = "may be a decimal: put decimal_comma = true between two lines of +++ at the top, or use points"
UNREAD = [
    ("the square of x1 = 0.0025", IN_WORDS),
    ("half of x = 3", IN_WORDS),
    ("3 inputs = 3 weights", IN_WORDS),
    ("= 0.3", NO_LEFT),
    ("net = 0,15 × 0,05 = 0,0075", f"0,15 {COMMA}"),
    ("net = 2 + 0,5 = 2,5", f"0,5 {COMMA}"),
    ("y = 3 apples * 4 = 12", WORDS_WITHIN),
    ("w5_new = w5 - the rate * 0.3 = 0.4", WORDS_WITHIN),
    ("E = 0.1 + … + 0.2 = 0.5", DOTS),
    ("net = 0.1 + ____ = 0.5", BLANK),
    ("- net_H1 = ____", BLANK),
    ("net_H1 = w1 · x1 + b1 = ________", BLANK),
    ("A = \\begin{pmatrix} 1 & 2 \\end{pmatrix}", MATRIX),
    ("net = 0.1 + * 0.2", "“*” does not fit here"),
    ("net = 0.1 + ) 0.2 = 3", UNCLOSED),
    ("net = 2(0.1 + 0.2 = 3", UNCLOSED),
    ("net = (0.1 + 0.2) * 3) * 2 = 3", UNCLOSED),
    ("dw = x.T @ dz = 0.3", "this sign is not known here"),
    ("dw = X @ dz = 0.3", MATRIX),
    ("w = 0.1 ° 0.3", "this sign is not known here"),
]


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[text for text, _ in FOUND])
def test_equations_are_found(text: str, expected: list[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize("text", NOTHING)
def test_prose_is_nothing(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(("text", "reason"), UNREAD, ids=[text for text, _ in UNREAD])
def test_what_cannot_be_read_says_why(text: str, reason: str) -> None:
    [found] = unread(text)
    assert found.reason == reason
    assert not claims(text)


def test_an_unread_place_is_where_the_trouble_is() -> None:
    [found] = unread("and so\nnet = 0.1 + * 0.2")
    assert (found.line, found.span) == (2, Span(2, 12, 13))


def test_relations_are_kept() -> None:
    [claim] = claims("dE/dw5 = 0.1375 × 0.5944 = 0.0817 ~ 0.081")
    assert claim.chain.relations == (Relation.EQUAL, Relation.EQUAL, Relation.ABOUT)
    assert [link.relation for link in claim.chain.links] == list(claim.chain.relations)


def test_the_words_before_and_the_label() -> None:
    first, second = claims("if a = 3 then the b = 4")
    assert (first.words, second.words) == (("if",), ("then", "the"))
    [labelled] = claims("H1: net = 0.38")
    assert labelled.label == "H1"


TWO_WAYS = [
    ("E = 1/2x", [], ["E = (1 / 2) * x", "E = 1 / (2 * x)"]),
    ("2x3 = 6", [], ["2 * 3 = 6", "2 * x3 = 6"]),
    ("2x1 = 6", ["x1"], ["2 * x1 = 6", "2 * 1 = 6"]),
    ("n = w1x1", [], ["n = w1x1", "n = w1 * x1"]),
    ("n = w1x1", ["w1", "x1"], ["n = w1 * x1", "n = w1x1"]),
    ("n = w1x1", ["w1x1"], ["n = w1x1"]),
    ("n = wx", ["w", "x"], ["n = w * x", "n = wx"]),
    ("p(2.5) = 0.5", [], ["p(2.5) = 0.5", "p * (2.5) = 0.5"]),
    ("y = w(3) + 1", [], ["y = (w * (3)) + 1", "y = w(3) + 1"]),
    ("net_h1(0) = 0.5", ["net_h1(0)"], ["net_h1(0) = 0.5", "net_h1 * (0) = 0.5"]),
]


@pytest.mark.parametrize(
    ("text", "names", "expected"), TWO_WAYS, ids=[f"{text} {names}" for text, names, _ in TWO_WAYS]
)
def test_what_can_be_read_in_two_ways_keeps_both(text: str, names: list[str], expected: list[str]) -> None:
    [claim] = claims(text, tuple(names))
    assert [plain_chain(reading) for reading in claim.readings] == expected


def test_a_person_s_own_names_may_be_words() -> None:
    assert said("y = 3 apples * 4 = 12", ("apples",)) == ["y = (3 * apples) * 4 = 12"]
    assert said("blame of h1 = 8", ("blame of h1",)) == ["blame of h1 = 8"]


LONG = [
    ("x = " + "1+" * 300 + "1", "it is too long: more than 500 signs"),
    ("x = " + "1 + " * 245 + "1", ""),
    ("x = " + "(" * 50 + "1" + ")" * 50, ""),
    ("x = " + "(" * 51 + "1" + ")" * 51, "it is nested too deep: more than 50 brackets or signs"),
    ("x = " + "-" * 3 + "1", ""),
    ("x = 3 " + "and more " * 300, "too long: the line has 2,706 characters, and lines up to 2,000 are read"),
]


@pytest.mark.parametrize(("text", "reason"), LONG)
def test_limits(text: str, reason: str) -> None:
    assert [found.reason for found in unread(text)] == ([reason] if reason else [])
    assert len(claims(text)) == (not reason)


def test_long_prose_is_nothing() -> None:
    assert said("word " * 1000) == []

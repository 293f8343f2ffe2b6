"""Every notation that people use, by the formula that it is read as; printed plainly and read again, it is the same."""

from __future__ import annotations

import pytest

from whygrad.check.reading.claims import formula_of
from whygrad.check.reading.formula import (
    Binary,
    Bracket,
    Call,
    Listing,
    Name,
    Negate,
    Number,
    Span,
    bare,
    every,
    leaves,
    plain,
    shown,
)
from whygrad.check.reading.parsing import Unreadable

READ_AS = [
    # products and brackets
    ("0.15 × 0.05", "0.15 * 0.05"),
    ("0.15 · 0.05", "0.15 * 0.05"),
    ("0.15*0.05", "0.15 * 0.05"),
    ("0.15 ⋅ 0.05", "0.15 * 0.05"),
    (r"0.15 \cdot 0.05", "0.15 * 0.05"),
    (r"0.15 \times 0.05", "0.15 * 0.05"),
    ("0.747 x 0.1840", "0.747 * 0.1840"),
    ("(3x2)+(1x5)", "(3 * 2) + (1 * 5)"),
    ("(0.15)(0.05)", "(0.15) * (0.05)"),
    ("2p(1-p)", "(2 * p) * (1 - p)"),
    ("[a + b] * {c - d}", "(a + b) * (c - d)"),
    ("2w + b", "(2 * w) + b"),
    ("(a) x (b)", "(a) * (b)"),
    ("w5 x x1", "w5 * x1"),
    ("2x(1 - x)", "(2 * x) * (1 - x)"),
    # precedence
    ("a - b - c", "(a - b) - c"),
    ("a / b / c", "(a / b) / c"),
    ("a + b*c", "a + (b * c)"),
    ("-x^2", "-(x^2)"),
    ("(-x)^2", "(-x)^2"),
    ("a*-b", "a * (-b)"),
    ("2^-1", "2^(-1)"),
    ("a^b^c", "a^(b^c)"),
    ("+3", "3"),
    ("−0.7 − −0.2", "(-0.7) - (-0.2)"),
    ("1/2 (a)^2", "(1 / 2) * ((a)^2)"),
    ("1/2x", "(1 / 2) * x"),
    # powers and fractions
    ("x²", "x^2"),
    ("x**2", "x^2"),
    ("x^2", "x^2"),
    ("(a − b)²", "(a - b)^2"),
    ("x<sup>2</sup>", "x^2"),
    ("½", "½"),
    ("½(t−o)²", "½ * ((t - o)^2)"),
    ("2½", "2½"),
    (r"\frac{1}{2}", "(1) / (2)"),
    (r"\tfrac12 (a)^2", "((1) / (2)) * ((a)^2)"),
    (r"\frac{a+b}{c}", "(a + b) / (c)"),
    # functions
    ("σ(z)", "sigmoid(z)"),
    (r"\sigma(z)", "sigmoid(z)"),
    (r"\sigma\left(z\right)", "sigmoid(z)"),
    ("sigmoid(0.3775)", "sigmoid(0.3775)"),
    ("1/(1+e^-0.3775)", "1 / (1 + exp(-0.3775))"),
    ("1/(1+e^{-z})", "1 / (1 + exp(-z))"),
    ("exp(-z)", "exp(-z)"),
    (r"\exp(-z)", "exp(-z)"),
    ("e⁻ˣ", "exp(-x)"),
    ("e**(-z)", "exp(-z)"),
    (r"\mathrm{e}^{-z}", "exp(-z)"),
    ("np.exp(-z)", "exp(-z)"),
    ("ln 0.5", "log(0.5)"),
    ("log(p)", "log(p)"),
    ("tanh(z)", "tanh(z)"),
    ("tanh^2(z)", "tanh(z)^2"),
    ("ReLU(-3)", "relu(-3)"),
    ("max(0, z)", "maximum(0, z)"),
    ("sqrt(2)", "sqrt(2)"),
    ("√2", "sqrt(2)"),
    (r"\sqrt{v}", "sqrt(v)"),
    ("|x - 1|", "absolute(x - 1)"),
    (r"\lvert x \rvert", "absolute(x)"),
    ("abs(x)", "absolute(x)"),
    ("σ'(z)", "sigmoid'(z)"),
    ("f'(net)", "f'(net)"),
    ("σ(z)(1 − σ(z))", "sigmoid(z) * (1 - sigmoid(z))"),
    (r"\operatorname{ReLU}(z)", "relu(z)"),
    ("softmax(z1, z2)", "softmax(z1, z2)"),
    ("Σ_{i=1}^{2} w_i x_i", "Σ_{i=1}^{2} (w_i * x_i)"),
    (r"\sum_{i=1}^{2} w_i", "Σ_{i=1}^{2} w_i"),
    ("½ Σ (t − o)²", "½ * (Σ ((t - o)^2))"),
    ("(0.05, 0.10)", "(0.05, 0.10)"),
    # names
    ("net_H1", "net_H1"),
    ("net_{h1}", "net_{h1}"),
    (r"\mathrm{net}_{\mathrm{H1}}", r"\mathrm{net}_{\mathrm{H1}}"),
    (r"\text{out}_{h1}", r"\text{out}_{h1}"),
    ("a_1^{(2)}", "a_1^{(2)}"),
    ("a^{[2]}_1", "a^{[2]}_1"),
    ("z_1^(2)", "z_1^(2)"),
    ("h₁", "h₁"),
    ("ŷ", "ŷ"),
    (r"\hat y", r"\hat y"),
    (r"\hat{y}_1", r"\hat{y}_1"),
    ("dE/dw5", "dE/dw5"),
    ("∂E/∂w₅", "∂E/∂w₅"),
    (r"\frac{\partial E}{\partial w_5}", r"\frac{\partial E}{\partial w_5}"),
    (r"\partial E / \partial w_5", r"\partial E / \partial w_5"),
    ("d(E)/d(w5)", "d(E)/d(w5)"),
    ("dE_total/dout_o1 * dout_o1/dnet_o1", "dE_total/dout_o1 * dout_o1/dnet_o1"),
    ("δ_{Y1}", "δ_{Y1}"),
    (r"\delta_1", r"\delta_1"),
    ("Δw5", "Δw5"),
    (r"\Delta w_5", r"\Delta w_5"),
    ("∇w5", "∇w5"),
    ("w5_new", "w5_new"),
    ("w5'", "w5'"),
    ("w_5^{new}", "w_5^{new}"),
    (r"w_5^{\text{new}}", r"w_5^{\text{new}}"),
    ("w_{11}^{(1)}", "w_{11}^{(1)}"),
    ("hidden.W[0,1]", "hidden.W[0,1]"),
    ("h<sub>1</sub>", "h<sub>1</sub>"),
    (r"w\_5", r"w\_5"),
    ("w1,1*x1 + w1,2*x2", "(w1,1 * x1) + (w1,2 * x2)"),
    ("max(z1,0)", "maximum(z1, 0)"),
    ("η", "η"),
    (r"\eta", r"\eta"),
    ("\N{MATHEMATICAL ITALIC SMALL W}", "\N{MATHEMATICAL ITALIC SMALL W}"),
    # numbers
    ("1.2e-3", "1.2e-3"),
    ("1.2 × 10^-3 + a", "(1.2 × 10^-3) + a"),
    ("75 %", "75 %"),
    ("1/3", "1 / 3"),
    ("0.5932…", "0.5932…"),
]


@pytest.mark.parametrize(("text", "expected"), READ_AS, ids=[text for text, _ in READ_AS])
def test_it_is_read_as_this_and_comes_back(text: str, expected: str) -> None:
    read = formula_of(text)
    assert plain(read) == expected
    assert bare(formula_of(plain(read))) == bare(read)


@pytest.mark.parametrize("text", [text for text, _ in READ_AS])
def test_every_part_knows_its_place(text: str) -> None:
    read = formula_of(text)
    for each in every(read):
        assert 0 <= each.span.start <= each.span.end <= len(text)
        if isinstance(each, Number | Name) and not set(text) & set("²ˣ") and "frac12" not in text:
            assert text[each.span.start : each.span.end] == each.text


def test_the_span_of_a_part_is_what_it_is_written_as() -> None:
    text = "1/(1+e^-0.3775) × net_{h1}"
    read = formula_of(text)
    assert isinstance(read, Binary)
    assert isinstance(read.left, Binary)
    assert read.left.span == Span(1, 0, 15)
    assert read.right.span == Span(1, 18, 26)
    bracket = read.left.right
    assert isinstance(bracket, Bracket)
    assert text[bracket.span.start : bracket.span.end] == "(1+e^-0.3775)"


def test_how_it_was_written_is_kept() -> None:
    read = formula_of("(0.15)(0.05) × 2")
    assert isinstance(read, Binary)
    assert isinstance(read.left, Binary)
    assert (read.sign, read.left.sign) == ("×", "")
    call = formula_of("σ'(z)")
    assert isinstance(call, Call)
    assert (call.text, call.slope) == ("σ'", True)


@pytest.mark.parametrize(
    "text",
    ["", "3 +", "* 3", "((a)", "a b) c", "σ()", "max(", r"\frac{a}", "3 4", "a = 3", "the net", "1 + …", "2 ** ** 3"],
)
def test_what_is_no_formula_says_so(text: str) -> None:
    with pytest.raises(Unreadable):
        formula_of(text)


def test_a_side_that_is_one_number_is_seen_through_signs_and_brackets() -> None:
    printed = shown(formula_of("-(-(0.25))"))
    assert printed is not None
    assert (printed.value, printed.half_unit, printed.number.text) == (0.25, 0.005, "0.25")
    negative = shown(formula_of("(−0.0280)"))
    assert negative is not None
    assert (negative.value, negative.half_unit) == (-0.028, 0.00005)
    assert shown(formula_of("1/2")) is None


def test_leaves_come_from_left_to_right_each_time_they_stand() -> None:
    assert [leaf.text for leaf in leaves(formula_of("w1·x1 + σ(w1) − 0.35"))] == ["w1", "x1", "w1", "0.35"]


def test_other_parts() -> None:
    assert isinstance(formula_of("-3"), Negate)
    assert isinstance(formula_of("(1, 2)"), Listing)

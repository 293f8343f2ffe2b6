"""Formulas in TeX that are wider than the page: what is in brackets is set in lines, and nothing else changes."""

from __future__ import annotations

import pytest

from whygrad.render.stacked import stacked, width


@pytest.mark.parametrize(
    ("formula", "digits"),
    [
        ("12345", 5.0),
        (r"\frac{12345}{12}", 5.0),
        (r"\frac{12}{12345}", 5.0),
        (r"\mathrm{net}_{\mathrm{H1}}", 3 + 0.7 * 2),
        (r"{0.5}^{2}", 3.7),
        (r"\tanh\left(0.25\right)", 10.0),
    ],
)
def test_what_stands_above_each_other_is_as_wide_as_its_widest_line(formula: str, digits: float) -> None:
    assert width(formula) == pytest.approx(digits)


def test_what_fits_stays_as_it_is() -> None:
    formula = r"\sqrt{\frac{a + b}{8} + 10^{-5}}"
    assert stacked(formula, 40.0) == formula


def test_what_is_too_wide_under_a_root_or_on_a_fraction_is_cut_before_its_terms() -> None:
    formula = rf"\sqrt{{\frac{{{' + '.join(['0.1234567'] * 6)}}}{{8}}}} + 1"
    one = r"0.1234567 + 0.1234567"
    assert stacked(formula, 36.0) == (
        rf"\sqrt{{\frac{{\begin{{aligned}} &{one} \\ &+ {one} \\ &+ {one} \end{{aligned}}}}{{8}}}} + 1"
    )


def test_a_bracket_belongs_to_what_it_opens() -> None:
    formula = rf"\max\left({'1' * 20}, {'2' * 20}\right)"
    assert stacked(formula, 30.0) == (
        rf"\max\left(\begin{{aligned}} &{'1' * 20}, \\ &{'2' * 20} \end{{aligned}}\right)"
    )

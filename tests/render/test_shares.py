"""Bars of shares: what is drawn is what is told."""

from __future__ import annotations

import pytest

from whygrad.render.shares import Bar, shares_figure
from whygrad.render.style import described

PARTS = ("solved", "stuck", "diverged")
BARS = (Bar("2", (0.25, 0.75, 0.0), 0.2, 0.3), Bar("8", (0.95, 0.05, 0.0), 0.9, 0.98))


def test_each_bar_adds_up_to_the_whole() -> None:
    (axes,) = shares_figure(PARTS, BARS, title="XOR", group="hidden units").axes
    solved, stuck = (list(each.patches) for each in axes.containers)  # type: ignore[attr-defined]
    for bar, left, right in zip(BARS, solved, stuck, strict=True):
        assert (left.get_x(), left.get_width()) == (0.0, bar.shares[0])
        assert (right.get_x(), right.get_x() + right.get_width()) == pytest.approx((bar.shares[0], 1.0))


def test_the_lines_are_the_intervals_and_small_parts_have_no_figure() -> None:
    (axes,) = shares_figure(PARTS, BARS, title="XOR", group="hidden units").axes
    assert [tuple(line.get_xdata()) for line in axes.lines] == [(bar.low, bar.high) for bar in BARS]  # type: ignore[arg-type]
    assert [text.get_text() for text in axes.texts] == ["25.0%", "95.0%", "75.0%"]


def test_what_happened_to_none_is_not_in_the_legend() -> None:
    (axes,) = shares_figure(PARTS, BARS, title="XOR", group="hidden units").axes
    legend = axes.get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == ["solved", "stuck"]


def test_it_is_told_to_who_cannot_see_it() -> None:
    figure = shares_figure(PARTS, BARS, title="XOR", group="hidden units")
    assert described(figure) == ("XOR", "2: 25.0% solved, 75.0% stuck. 8: 95.0% solved, 5.0% stuck.")

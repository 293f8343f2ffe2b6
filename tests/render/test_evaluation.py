"""Confusion and residuals: the counts and shares that are shown are those of the arrays."""

from __future__ import annotations

import numpy as np
import pytest

from tests.render.parsed import svg, words
from whygrad.errors.render import PanelUnfit
from whygrad.render.evaluation import confusion_figure, residual_figure
from whygrad.render.style import described
from whygrad.render.svg import as_svg

HOSTILE = '<b>"$x$"</b>'


def test_counts_and_shares_of_the_row() -> None:
    figure = confusion_figure(np.array([[3, 1], [0, 5]]), ("Adelie", HOSTILE))
    shown = words(svg(as_svg(figure)))
    assert [word for word in shown if word[0].isdigit()] == ["3", "75%", "1", "25%", "0", "5", "100%"]
    assert shown.count(HOSTILE) == 2
    assert described(figure)[1] == f"8 of 9 rows right. Adelie: 3 of 4. {HOSTILE}: 5 of 5."


@pytest.mark.parametrize("size", [1, 2, 7, 12])
def test_any_number_of_classes_without_rows_is_drawn_without_a_warning(size: int) -> None:
    names = [f"a rather long name of a class, number {number}" for number in range(size)]
    svg(as_svg(confusion_figure(np.zeros((size, size), dtype=np.int64), names)))


@pytest.mark.parametrize("size", [31, 100, 250])
def test_many_classes_are_tinted_without_counts(size: int) -> None:
    matrix = np.eye(size, dtype=np.int64) * 3
    matrix[0, 1] = 1
    figure = confusion_figure(matrix, [f"a rather long name of a class, number {number}" for number in range(size)])
    (image,) = figure.axes[0].images
    alpha = np.asarray(image.get_array())[:, :, 3]
    assert np.count_nonzero(alpha) == size + 1
    assert alpha[1, 1] == 1.0
    assert alpha[0, 0] == pytest.approx(0.15 + 0.85 * 0.75)
    note = f"{size} classes: tints are shares of the row, without counts."
    text = as_svg(figure)
    assert len(text) < 200_000
    assert note in words(svg(text))
    assert described(figure)[1].endswith(note)


def test_a_single_class() -> None:
    shown = words(svg(as_svg(confusion_figure(np.array([[3]]), ("only",)))))
    assert shown.count("3") == 1
    assert "100%" in shown


def test_a_matrix_that_does_not_fit_its_classes_is_refused() -> None:
    with pytest.raises(PanelUnfit) as refused:
        confusion_figure(np.zeros((2, 3)), ("a", "b"))
    assert str(refused.value).startswith("WG702 panel 'confusion': the matrix has shape (2, 3)")


def test_residuals_are_true_minus_predicted() -> None:
    figure = residual_figure(np.array([1.0, 2.0, np.nan]), np.array([1.5, 1.0, 3.0]), "mass <g>")
    against, left = figure.axes
    assert against.collections[0].get_offsets().tolist() == [[1.5, 1.0], [1.0, 2.0]]  # type: ignore[union-attr]
    assert left.collections[0].get_offsets().tolist() == [[1.0, 0.5], [2.0, -1.0]]  # type: ignore[union-attr]
    assert described(figure) == ("Predicted and true mass <g>", "2 rows; off by 0.75 on average, 1 at most.")
    assert "true mass <g>" in words(svg(as_svg(figure)))


@pytest.mark.parametrize("rows", [0, 1, 5000])
def test_no_row_one_row_many_rows(rows: int) -> None:
    same = np.full(rows, 2.0)
    svg(as_svg(residual_figure(same, same, "y")))


def test_of_many_residuals_a_sample_is_drawn() -> None:
    true = np.arange(30_000.0)
    figure = residual_figure(true + 0.5, true, "y")
    against, left = (np.asarray(axes.collections[0].get_offsets()) for axes in figure.axes)
    assert len(against) == len(left) == 2000
    assert (against[:, 1] == left[:, 0]).all()
    assert described(figure)[1] == (
        "30,000 rows; off by 0.5 on average, 0.5 at most. 2,000 of 30,000 rows are drawn, chosen at random."
    )


def test_residuals_of_arrays_that_differ_are_refused() -> None:
    with pytest.raises(PanelUnfit, match=r"the predictions has shape \(2,\)"):
        residual_figure(np.zeros(2), np.zeros(3), "y")

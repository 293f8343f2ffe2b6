"""Places over inputs, and the lines at which what is said there passes a level."""

from __future__ import annotations

import numpy as np
import pytest

from whygrad.render.contour import contour
from whygrad.render.plane import line_around, places_of, plane_around, strength


def test_places_go_along_the_first_input_first() -> None:
    places = places_of(np.array([1.0, 2.0, 3.0]), np.array([10.0, 20.0]))
    assert places.tolist() == [[1, 10], [2, 10], [3, 10], [1, 20], [2, 20], [3, 20]]


def test_a_line_frames_its_points_with_a_margin() -> None:
    assert line_around(np.array([1.0, 4.0]), places=3).tolist() == pytest.approx([0.55, 2.5, 4.45])
    assert line_around(np.array([2.0]), places=2).tolist() == pytest.approx([1.85, 2.15])


def test_strength_is_the_share_of_the_way_from_the_threshold() -> None:
    found = strength(np.array([-1.0, 0.0, 0.3, 0.6, 0.8, 1.0, 7.0]), 0.6)
    assert found.tolist() == pytest.approx([1, 1, 0.5, 0, 0.5, 1, 1])


def test_the_line_around_a_hill_is_a_circle() -> None:
    xs, ys = plane_around(np.array([[-1.0, -1.0], [1.0, 1.0]]), places=81)
    distances = np.hypot(xs[None, :], ys[:, None])
    pieces = contour(xs, ys, -distances, -0.8)
    for ends in (pieces[:, :2], pieces[:, 2:]):
        assert np.hypot(*ends.T) == pytest.approx(0.8, abs=1e-3)
    assert np.hypot(*(pieces[:, 2:] - pieces[:, :2]).T).sum() == pytest.approx(2 * np.pi * 0.8, rel=1e-3)


def test_every_piece_joins_two_others() -> None:
    xs, ys = np.linspace(0, 1, 23), np.linspace(0, 2, 31)
    values = np.random.default_rng(0).normal(size=(31, 23))
    values[[0, -1]], values[:, [0, -1]] = -5, -5  # so that no line ends at the rim
    pieces = contour(xs, ys, values, 0.0).round(9)
    _, counts = np.unique(pieces.reshape(-1, 2), axis=0, return_counts=True)
    assert set(counts) == {2}


@pytest.mark.parametrize(
    ("values", "lines"),
    [
        ([[1.0, 0.0], [0.0, 1.0]], [[[0, 0.5], [0.5, 1]], [[0.5, 0], [1, 0.5]]]),
        ([[0.0, 1.0], [1.0, 0.0]], [[[0, 0.5], [0.5, 0]], [[0.5, 1], [1, 0.5]]]),
    ],
)
def test_two_lines_in_one_square_part_the_corners_below(
    values: list[list[float]], lines: list[list[list[float]]]
) -> None:
    ends = np.array([0.0, 1.0])
    pieces = contour(ends, ends, np.array(values), 0.5)
    assert sorted(map(sorted, pieces.reshape(-1, 2, 2).tolist())) == lines


def test_there_is_no_line_beside_what_is_not_finite() -> None:
    ends = np.array([0.0, 1.0, 2.0])
    values = np.array([[0.0, 1.0, np.nan], [0.0, 1.0, np.nan], [0.0, np.inf, np.nan]])
    pieces = contour(ends, ends, values, 0.5)
    assert pieces.tolist() == [[0.5, 0.0, 0.5, 1.0]] or pieces.tolist() == [[0.5, 1.0, 0.5, 0.0]]

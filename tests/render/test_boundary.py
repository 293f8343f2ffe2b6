"""Planes and fits: what is drawn is what was given, and no class is told by colour alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.render.parsed import svg, words
from whygrad.errors.render import PanelUnfit
from whygrad.render.boundary import FAINT, STRONG, Panel, boundary_figure, tinted
from whygrad.render.fit import Curve, fit_figure
from whygrad.render.plane import plane_around
from whygrad.render.style import described
from whygrad.render.svg import as_svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.collections import Collection

Array = NDArray[Any]

POINTS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
XOR = np.array([0, 1, 1, 0])


def panel(values: Array | None = None, **changes: Any) -> Panel:
    xs, ys = plane_around(changes.get("points", POINTS), places=9)
    given = xs[None, :] + 0 * ys[:, None] if values is None else values
    return replace(Panel("epoch 0", xs, ys, given, POINTS, XOR), **changes)


def markers(axes: Axes) -> set[bytes]:
    """The shapes of the points on some axes."""
    return {np.asarray(drawn.get_paths()[0].vertices).tobytes() for drawn in axes.collections if len(offsets(drawn))}


def offsets(drawn: Collection) -> Array:
    """Where the points are; a line has none but the origin."""
    return np.asarray(drawn.get_offsets())


def test_the_plane_frames_the_points_with_a_margin() -> None:
    xs, ys = plane_around(np.array([[0.0, 5.0], [10.0, 5.0]]), places=3)
    assert xs.tolist() == [-1.5, 5.0, 11.5]
    assert ys.tolist() == [4.5, 5.0, 5.5]
    assert plane_around(np.zeros((0, 2)), places=2)[0].tolist() == [-0.15, 1.15]


def test_three_moments_stand_side_by_side_on_the_same_axes() -> None:
    figure = boundary_figure([panel(title=f"epoch {epoch}") for epoch in (0, 40, 3000)], classes=("no", "yes"))
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["epoch 0", "epoch 40", "epoch 3000"]
    assert len({axes.get_xlim() for axes in figure.axes}) == 1
    assert {"no", "yes", "x1", "x2"} <= set(words(svg(as_svg(figure))))


def test_classes_differ_in_marker_too() -> None:
    points, labels = np.vstack([POINTS, POINTS]), np.arange(8)
    (axes,) = boundary_figure([panel(np.zeros((9, 9)), points=points, labels=labels, shows="classes")]).axes
    assert len(markers(axes)) == 8


def test_the_line_is_where_the_threshold_is_crossed() -> None:
    (axes,) = boundary_figure([panel(threshold=0.6)]).axes
    line = axes.collections[0]
    assert np.allclose(np.asarray(line.get_paths()[0].vertices)[:, 0], 0.6)


def test_a_tint_tells_the_side_and_how_sure_it_is() -> None:
    colours = tinted(np.array([[0.0, 0.59, 0.6, 1.0, 7.0, np.nan]]), 0.6)[0]
    assert np.allclose(colours[:, 3], [STRONG, FAINT + (STRONG - FAINT) / 60, FAINT, STRONG, STRONG, 0.0])
    assert (colours[0, :3] == colours[1, :3]).all()
    assert (colours[2, :3] != colours[1, :3]).any()


def test_the_description_says_how_the_plane_is_divided() -> None:
    half = np.zeros((9, 9))
    half[:, :3] = 2
    figure = boundary_figure([panel(half, shows="classes")], classes=("a", "b", "c"))
    assert described(figure)[1] == "epoch 0: a on 67%, c on 33% of the plane."
    assert described(boundary_figure([panel(np.eye(9), shows="numbers")]))[1] == "epoch 0: from 0 to 1."


@pytest.mark.parametrize("shows", ["score", "classes", "numbers"])
@pytest.mark.parametrize("fill", [0.0, 1.0, np.nan])
def test_flat_and_empty_planes_are_drawn_without_a_warning(shows: Any, fill: float) -> None:
    nothing = panel(np.full((9, 9), fill), points=np.zeros((0, 2)), labels=np.zeros(0), shows=shows)
    svg(as_svg(boundary_figure([nothing], classes=("a", "b"))))


def test_a_regression_has_a_scale_with_the_name_of_its_target() -> None:
    labels = np.array([1.0, 2.0, 3.0, 40.0])
    figure = boundary_figure([panel(shows="numbers", labels=labels)] * 2, target="price <$>")
    assert "price <$>" in words(svg(as_svg(figure)))
    assert len(figure.axes) == 3


def test_of_many_rows_a_fair_sample_is_drawn_the_same_in_every_panel() -> None:
    points = np.random.default_rng(3).uniform(size=(50_000, 2))
    labels = (points[:, 0] > 0.7).astype(int)
    figure = boundary_figure([panel(points=points, labels=labels)] * 2, classes=("no", "yes"))
    drawn = [
        np.vstack([offsets(marks) for marks in axes.collections if len(offsets(marks)) > 1]) for axes in figure.axes
    ]
    assert np.array_equal(drawn[0], drawn[1])
    assert len(np.unique(drawn[0], axis=0)) == 2000
    assert {tuple(point) for point in drawn[0]} <= {tuple(point) for point in points}
    assert abs(np.mean(drawn[0][:, 0] > 0.7) - 0.3) < 0.04
    note = "2,000 of 50,000 rows are drawn, chosen at random."
    text = as_svg(figure)
    assert len(text) < 2_000_000
    assert note in words(svg(text))
    assert described(figure)[1].endswith(f" {note}")


def test_up_to_2000_rows_all_are_drawn() -> None:
    points = np.random.default_rng(3).uniform(size=(2000, 2))
    figure = boundary_figure([panel(points=points, labels=np.zeros(2000))])
    assert sum(len(offsets(marks)) for marks in figure.axes[0].collections if len(offsets(marks)) > 1) == 2000
    assert "drawn" not in described(figure)[1]


def test_many_classes_leave_room_for_the_plane() -> None:
    points, labels = np.random.default_rng(3).uniform(size=(120, 2)), np.arange(120)
    figure = boundary_figure([panel(np.zeros((9, 9)), points=points, labels=labels, shows="classes")])
    assert "and 106 more" in words(svg(as_svg(figure)))


def test_seven_panels_fill_three_rows() -> None:
    figure = boundary_figure([panel()] * 7)
    assert [axes.get_visible() for axes in figure.axes] == [True] * 7 + [False] * 2
    svg(as_svg(figure))


@pytest.mark.parametrize(
    ("changes", "found", "needed"),
    [
        ({"values": np.zeros((9, 8))}, "values has shape (9, 8)", "(9, 9)"),
        ({"labels": np.zeros(3)}, "labels has shape (3,)", "(4,)"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(changes: dict[str, Array], found: str, needed: str) -> None:
    with pytest.raises(PanelUnfit) as refused:
        boundary_figure([panel(**changes)])
    assert str(refused.value).splitlines() == [
        f"WG702 panel 'epoch 0': {found}",
        f"  why: its axes and points need shape {needed}",
        "  try: values are (places along y, places along x); points, labels and targets have one row each",
    ]


def test_a_fit_shows_the_curve_and_the_rows() -> None:
    xs, rows = np.linspace(0, 1, 5), np.array([0.2, 0.8])
    figure = fit_figure([Curve("now", xs, xs**2, rows, rows, threshold=0.5)], name="hours", target="passed $")
    (axes,) = figure.axes
    assert axes.get_lines()[0].get_ydata().tolist() == (xs**2).tolist()  # type: ignore[union-attr]
    assert offsets(axes.collections[0]).tolist() == [[0.2, 0.2], [0.8, 0.8]]
    assert {"hours", "passed $", "network", "data", "threshold 0.5"} <= set(words(svg(as_svg(figure))))
    assert described(figure)[1] == "now: between 0 and 1, 2 rows."


def test_of_many_rows_a_fit_shows_a_sample() -> None:
    xs, rows = np.linspace(0, 1, 5), np.linspace(0, 1, 100_000)
    figure = fit_figure([Curve("now", xs, xs, rows, rows**2)])
    points = offsets(figure.axes[0].collections[0])
    assert len(points) == 2000
    assert (points[:, 1] == points[:, 0] ** 2).all()
    assert described(figure)[1] == (
        "now: between 0 and 1, 100000 rows. 2,000 of 100,000 rows are drawn, chosen at random."
    )


@pytest.mark.parametrize("values", [np.zeros(5), np.full(5, np.nan)])
def test_flat_fits_without_rows_are_drawn_without_a_warning(values: Array) -> None:
    curve = Curve("now", np.linspace(0, 1, 5), values, np.zeros(0), np.zeros(0))
    svg(as_svg(fit_figure([curve] * 4)))


def test_a_fit_whose_arrays_differ_is_refused() -> None:
    with pytest.raises(PanelUnfit, match=r"panel 'now': targets has shape \(2,\)"):
        fit_figure([Curve("now", np.zeros(3), np.zeros(3), np.zeros(1), np.zeros(2))])

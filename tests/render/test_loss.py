"""Curves over the epochs, with the awkward histories that training leaves."""

from __future__ import annotations

from math import inf, nan
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.render.parsed import svg, words
from whygrad.render.loss import comparison_figure, layer_figure, loss_figure, told_apart
from whygrad.render.style import LOOK, colour_cycle, described, look
from whygrad.render.svg import as_svg
from whygrad.trace import History

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def history(**columns: list[float | None]) -> History:
    rows = range(len(next(iter(columns.values()))))
    return History(tuple({"epoch": row} | {name: values[row] for name, values in columns.items()} for row in rows))


def lines(axes: Axes) -> dict[str, list[float]]:
    return {str(line.get_label()): [float(value) for value in line.get_ydata()] for line in axes.get_lines()}  # type: ignore[union-attr, arg-type]


def only(figure: Figure) -> Axes:
    (axes,) = figure.axes
    return axes


def test_training_and_validation_differ_in_colour_and_dashes() -> None:
    axes = only(loss_figure(history(loss=[3.0, 2.0], validation_loss=[3.5, 2.5])))
    assert lines(axes) == {"training": [3.0, 2.0], "validation": [3.5, 2.5]}
    training, validation = axes.get_lines()
    assert training.get_color() != validation.get_color()
    assert (training.is_dashed(), validation.is_dashed()) == (False, True)


def test_without_validation_there_is_one_line() -> None:
    assert list(lines(only(loss_figure(history(loss=[3.0, 2.0]))))) == ["training"]


def test_the_lowest_validation_loss_is_ringed_when_the_run_went_on() -> None:
    drawn = lines(only(loss_figure(history(loss=[3.0, 2.0, 1.0], validation_loss=[3.0, 2.0, 2.5]))))
    assert drawn["lowest, epoch 1"] == [2.0]


def test_a_wide_range_makes_the_axis_logarithmic_and_a_narrow_one_does_not() -> None:
    assert only(loss_figure(history(loss=[4.0, 0.001]))).get_yscale() == "log"
    assert only(loss_figure(history(loss=[4.0, 2.0]))).get_yscale() == "linear"
    assert only(loss_figure(history(loss=[4.0, 2.0]), scale="log")).get_yscale() == "log"
    assert only(loss_figure(history(loss=[4.0, 0.001]), scale="linear")).get_yscale() == "linear"


def test_a_changing_learning_rate_has_its_own_axes_and_a_constant_one_none() -> None:
    changing = loss_figure(history(loss=[3.0, 2.0], learning_rate=[0.1, 0.05]))
    assert [axes.get_title(loc="left") for axes in changing.axes] == ["loss", "learning rate"]
    assert lines(changing.axes[1])["learning rate"] == [0.1, 0.05]
    assert len(loss_figure(history(loss=[3.0, 2.0], learning_rate=[0.1, 0.1])).axes) == 1


@pytest.mark.parametrize(
    "losses",
    [[1.0], [2.0, 2.0, 2.0], [0.0, 0.0], [1.0, nan, inf, 0.5], [nan, nan], [None, 1.0], [1e-300, 1e300], []],
    ids=["one epoch", "constant", "zero", "not finite", "nothing", "missing", "extreme", "no epochs"],
)
@pytest.mark.parametrize("scale", ["auto", "log", "linear"])
def test_awkward_losses_are_drawn_without_a_warning(losses: list[float | None], scale: str) -> None:
    one = history(loss=losses, validation_loss=losses)
    svg(as_svg(loss_figure(one, scale=scale)))  # type: ignore[arg-type]


def test_a_gap_stays_a_gap() -> None:
    drawn = lines(only(loss_figure(history(loss=[1.0, nan, 0.5]))))
    assert np.isnan(drawn["training"]).tolist() == [False, True, False]
    assert described(loss_figure(history(loss=[nan])))[1] == "training: no figures."


def test_runs_side_by_side_keep_their_names() -> None:
    figure = comparison_figure({"lr 0.01": history(loss=[2.0, 1.9]), "_lr 0.5": history(loss=[2.0, 0.1, 0.0])})
    assert {"lr 0.01", "\u200b_lr 0.5"} <= set(words(svg(as_svg(figure))))
    assert len(only(figure).get_lines()) == 2


def test_no_two_of_many_lines_look_the_same() -> None:
    styles = [tuple(colour_cycle(index).values()) for index in range(32)]
    assert len(set(styles)) == 32


def test_figures_per_layer() -> None:
    one = History(({"epoch": 0, "gradient_norm/hidden": 1.0, "gradient_norm/output": 2.0, "inactive/hidden": 0.5},))
    assert lines(only(layer_figure(one, "gradient_norm"))) == {"hidden": [1.0], "output": [2.0]}
    assert lines(only(layer_figure(one, "inactive"))) == {"hidden": [0.5]}
    assert only(layer_figure(one, "inactive")).get_title(loc="left") == "share of inactive units"


def test_another_column_such_as_accuracy() -> None:
    axes = only(loss_figure(history(loss=[1.0], accuracy=[0.9], validation_accuracy=[0.8]), column="accuracy"))
    assert lines(axes) == {"training": [0.9], "validation": [0.8]}
    assert axes.get_title(loc="left") == "accuracy"


def test_the_readers_own_settings_neither_show_nor_change() -> None:
    import matplotlib as mpl

    with mpl.rc_context({"lines.linewidth": 9.0, "text.usetex": False}):
        with look():
            assert mpl.rcParams["lines.linewidth"] == LOOK["lines.linewidth"]
        assert mpl.rcParams["lines.linewidth"] == 9.0


def test_curves_beside_each_other_differ_in_more_than_colour() -> None:
    styles = [told_apart(index, 100) for index in range(20)]
    assert len({(style["linestyle"], style["marker"]) for style in styles[:8]}) == 8
    assert all(style["marker"] for style in styles)
    same_colour = [(style["linestyle"], style["marker"]) for style in styles if style["color"] == styles[0]["color"]]
    assert len(set(same_colour)) == len(same_colour) == 3
    assert styles[3]["markevery"] == (6, 16)

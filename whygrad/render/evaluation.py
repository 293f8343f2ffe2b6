"""How good the predictions are: the confusion of classes, the residuals of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from whygrad.errors.render import PanelUnfit
from whygrad.render.numbers import count, percent
from whygrad.render.numbers import figure as number
from whygrad.render.palette import BLUE, INK, MUTED, ORANGE, PAPER
from whygrad.render.style import blank, look, plain_ticks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Array = NDArray[Any]

CELL: Final = 0.62
# The tint of a cell that holds its whole row; the text on it must stay readable in light and dark.
FULL: Final = 0.5
LONGEST: Final = 18


def confusion_figure(matrix: Array, classes: Sequence[str]) -> Figure:
    """Counts (true class, predicted class), each with its share of the row; what is right is blue, wrong is orange.

    Raises PanelUnfit (WG702) unless `matrix` is square with one row per class.
    """
    size = len(classes)
    if matrix.shape != (size, size):
        raise PanelUnfit("confusion", "the matrix", matrix.shape, (size, size))
    names = [shortened(name) for name in classes]
    beside = 0.085 * max(map(len, names), default=0)
    with look():
        figure = blank(CELL * size + beside + 0.9, CELL * size + 0.75, "Confusion matrix", confused(matrix, classes))
        axes = figure.subplots()
        for row, column in np.ndindex(size, size):
            cell(axes, matrix, row, column)
        axes.set(xlim=(0, size), ylim=(size, 0), aspect="equal", xlabel="predicted", ylabel="true")
        slanted: dict[str, Any] = {"rotation": 40, "ha": "right", "rotation_mode": "anchor"} if too_wide(names) else {}
        axes.set_xticks(np.arange(size) + 0.5, names, **slanted)
        axes.set_yticks(np.arange(size) + 0.5, names)
        axes.grid(visible=False)
        axes.tick_params(length=0, labelcolor=INK.light)
        axes.spines[:].set_visible(False)
    return figure


def cell(axes: Axes, matrix: Array, row: int, column: int) -> None:
    """One cell: tinted by its share of the row, with its count and percentage."""
    value, total = matrix[row, column], matrix[row].sum()
    share = float(value / total) if total else 0.0
    colour = BLUE if row == column else ORANGE
    axes.add_patch(
        Rectangle((column, row), 1, 1, facecolor=colour.light, alpha=share * FULL, edgecolor="none", linewidth=0)
    )
    axes.add_patch(Rectangle((column, row), 1, 1, facecolor="none", edgecolor=PAPER.light, linewidth=1.5))
    middle: dict[str, Any] = {"ha": "center", "va": "center"}
    axes.text(column + 0.5, row + 0.4, f"{value:,}", fontsize=10, color=INK.light if value else MUTED.light, **middle)
    if total:
        axes.text(column + 0.5, row + 0.74, percent(share, 0), fontsize=7, color=MUTED.light, **middle)


def too_wide(names: Sequence[str]) -> bool:
    """Whether the names would run into each other below the columns."""
    return len(names) > 1 and max(map(len, names)) > 7


def shortened(name: str) -> str:
    """A name that is not longer than there is room for."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def confused(matrix: Array, classes: Sequence[str]) -> str:
    """The matrix in words."""
    right, every = int(np.trace(matrix)), int(matrix.sum())
    rows = [
        f"{name}: {matrix[place, place]} of {matrix[place].sum()}."
        for place, name in enumerate(classes)
        if matrix[place].sum()
    ]
    return " ".join([f"{right} of {count(every, 'row')} right.", *rows])


def residual_figure(predicted: Array, true: Array, name: str) -> Figure:
    """Predictions against true values (n,), and what is left, true minus predicted, against the predictions.

    Raises PanelUnfit (WG702).
    """
    if predicted.shape != true.shape or predicted.ndim != 1:
        raise PanelUnfit("residuals", "the predictions", predicted.shape, (true.size,))
    known = np.isfinite(predicted) & np.isfinite(true)
    said, meant = predicted[known], true[known]
    with look():
        figure = blank(6.6, 3.0, f"Predicted and true {name}", left_over(said, meant))
        first, second = figure.subplots(1, 2)
        dots(first, meant, said, f"predicted {name}", f"true {name}")
        dots(second, said, meant - said, "true - predicted", f"predicted {name}")
        if len(said):
            ends = [min(meant.min(), said.min()), max(meant.max(), said.max())]
            first.plot(ends, ends, color=ORANGE.light, linestyle=(0, (4, 1.6)), linewidth=1.2)
        second.axhline(0, color=ORANGE.light, linestyle=(0, (4, 1.6)), linewidth=1.2)
    return figure


def dots(axes: Axes, x: Array, y: Array, title: str, below: str) -> None:
    """Points, fainter the more there are."""
    size, alpha = np.clip(1600 / max(len(x), 1), 7, 28), np.clip(120 / max(len(x), 1), 0.25, 0.85)
    axes.scatter(x, y, s=float(size), alpha=float(alpha), color=BLUE.light, linewidths=0)
    axes.set_title(title, color=MUTED.light, fontsize=9)
    axes.set_xlabel(below)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(nbins=6))
    plain_ticks(axes)


def left_over(said: Array, true: Array) -> str:
    """The residuals in words."""
    if not len(said):
        return "No rows."
    off = np.abs(true - said)
    mean, most = number(float(off.mean())), number(float(off.max()))
    return f"{count(len(said), 'row')}; off by {mean} on average, {most} at most."

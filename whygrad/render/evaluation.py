"""How good the predictions are: the confusion of classes, the residuals of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from whygrad.errors.render import PanelUnfit
from whygrad.render.numbers import count, percent
from whygrad.render.numbers import figure as number
from whygrad.render.palette import BLUE, INK, MUTED, ORANGE
from whygrad.render.style import blank, look, round_ticks
from whygrad.render.thinning import say_above, thinned, thinning_note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Array = NDArray[Any]

# Inches: a cell, one of a large matrix, the widest for the sake of a name below it, a letter of a name.
CELL: Final = 0.6
SMALL_CELL: Final = 0.44
WIDEST: Final = 1.15
LETTER: Final = 0.085
ROOMY: Final = 6
# The tint of a cell with one row in it, and of one with all; text on it must stay readable in light and dark.
FAINT: Final = 0.15
FULL: Final = 0.5
LONGEST: Final = 18
# Beyond so many classes a cell has no room for its count; then so many of them are named.
COUNTED: Final = 30
NAMED: Final = 15


def confusion_figure(matrix: Array, classes: Sequence[str]) -> Figure:
    """Counts (true class, predicted class), each with its share of the row; what is right is blue, wrong is orange.

    Of more than 30 classes the cells are tinted without counts.
    Raises PanelUnfit (WG702) unless `matrix` is square with one row per class.
    """
    size = len(classes)
    if matrix.shape != (size, size):
        raise PanelUnfit("confusion", "the matrix", matrix.shape, (size, size))
    if size > COUNTED:
        return tinted_confusion(matrix, classes)
    names = [shortened(name) for name in classes]
    longest = LETTER * max(map(len, names), default=0)
    high = CELL if size <= ROOMY else SMALL_CELL
    wide = min(max(longest + 0.15, high), WIDEST) if size <= ROOMY else high
    with look():
        figure = blank(wide * size + longest + 0.7, high * size + 0.85, "Confusion matrix", confused(matrix, classes))
        axes = figure.subplots()
        for row, column in np.ndindex(size, size):
            cell(axes, matrix, row, column)
        axes.set(xlim=(0, size), ylim=(size, 0), xlabel="predicted", ylabel="true")
        slanted: dict[str, Any] = {"rotation": 40, "ha": "right", "rotation_mode": "anchor"} if longest > wide else {}
        axes.set_xticks(np.arange(size) + 0.5, names, **slanted)
        axes.set_yticks(np.arange(size) + 0.5, names)
        axes.grid(visible=False)
        axes.tick_params(length=0, labelcolor=INK.light)
        axes.spines[:].set_visible(False)
    return figure


def tinted_confusion(matrix: Array, classes: Sequence[str]) -> Figure:
    """The matrix of many classes as an image: each cell tinted by its share of the row, some of the classes named."""
    size = len(classes)
    note = f"{size} classes: tints are shares of the row, without counts."
    places = np.arange(0, size, -(-size // NAMED))
    names = [shortened(classes[place]) for place in places.tolist()]
    with look():
        figure = blank(6.4, 6.0, "Confusion matrix", f"{confused(matrix, classes)} {note}")
        axes = figure.subplots()
        axes.imshow(tints(matrix), interpolation="nearest")
        axes.set(xlabel="predicted", ylabel="true")
        axes.set_xticks(places, names, rotation=40, ha="right", rotation_mode="anchor")
        axes.set_yticks(places, names)
        axes.grid(visible=False)
        axes.tick_params(labelcolor=INK.light)
        say_above(figure, note)
    return figure


def tints(matrix: Array) -> Array:
    """Colours (n, n, 4) of the counts: the diagonal blue, the rest orange, clear where there are none."""
    shares = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    right = np.eye(len(matrix), dtype=bool)[:, :, None]
    colours = np.where(right, to_rgb(BLUE.light), to_rgb(ORANGE.light))
    return np.dstack([colours, np.where(matrix > 0, FAINT + (1.0 - FAINT) * shares, 0.0)])


def cell(axes: Axes, matrix: Array, row: int, column: int) -> None:
    """One cell: tinted by its share of the row, with its count and, unless that is 0, its percentage."""
    value, total = matrix[row, column], matrix[row].sum()
    share = float(value / total) if total else 0.0
    colour = (BLUE if row == column else ORANGE) if value else MUTED
    tint = FAINT + (FULL - FAINT) * share if value else 0.06
    axes.add_patch(Rectangle((column + 0.02, row + 0.02), 0.96, 0.96, facecolor=colour.light, alpha=tint, linewidth=0))
    middle: dict[str, Any] = {"ha": "center", "va": "center"}
    high = 0.4 if value else 0.5
    axes.text(column + 0.5, row + high, f"{value:,}", fontsize=10, color=INK.light if value else MUTED.light, **middle)
    if value:
        axes.text(column + 0.5, row + 0.75, percent(share, 0), fontsize=7, color=INK.light, **middle)


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

    Of many rows a sample is drawn. Raises PanelUnfit (WG702).
    """
    if predicted.shape != true.shape or predicted.ndim != 1:
        raise PanelUnfit("residuals", "the predictions", predicted.shape, (true.size,))
    known = np.isfinite(predicted) & np.isfinite(true)
    said, meant = predicted[known], true[known]
    note = thinning_note(len(said))
    with look():
        figure = blank(6.6, 3.0, f"Predicted and true {name}", f"{left_over(said, meant)} {note}".rstrip())
        first, second = figure.subplots(1, 2)
        say_above(figure, note)
        dots(first, meant, said, f"predicted {name}", f"true {name}")
        dots(second, said, meant - said, "true - predicted", f"predicted {name}")
        if len(said):
            ends = [min(meant.min(), said.min()), max(meant.max(), said.max())]
            first.plot(ends, ends, color=ORANGE.light, linestyle=(0, (4, 1.6)), linewidth=1.2)
        second.axhline(0, color=ORANGE.light, linestyle=(0, (4, 1.6)), linewidth=1.2)
    return figure


def dots(axes: Axes, x: Array, y: Array, title: str, below: str) -> None:
    """Points, fainter the more there are."""
    drawn = thinned(len(x))
    x, y = x[drawn], y[drawn]
    size, alpha = np.clip(1600 / max(len(x), 1), 7, 28), np.clip(120 / max(len(x), 1), 0.25, 0.85)
    axes.scatter(x, y, s=float(size), alpha=float(alpha), color=BLUE.light, linewidths=0)
    axes.set_title(title, color=MUTED.light, fontsize=9)
    axes.set_xlabel(below)
    round_ticks(axes)


def left_over(said: Array, true: Array) -> str:
    """The residuals in words."""
    if not len(said):
        return "No rows."
    off = np.abs(true - said)
    mean, most = number(float(off.mean())), number(float(off.max()))
    return f"{count(len(said), 'row')}; off by {mean} on average, {most} at most."

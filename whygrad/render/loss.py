"""Curves over the epochs: the loss of training and validation, runs side by side, figures per layer."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any, Final, Literal

from matplotlib.ticker import LogLocator, MaxNLocator, NullLocator

from whygrad.render.numbers import figure as number
from whygrad.render.palette import BLUE, MUTED, ORANGE
from whygrad.render.style import MARKERS, blank, colour_cycle, look, plain_ticks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from whygrad.trace import History

Scale = Literal["auto", "linear", "log"]
LayerColumn = Literal["gradient_norm", "update_norm", "inactive"]

WIDTH: Final = 4.8
HEIGHT: Final = 2.9
RATE_HEIGHT: Final = 0.9
# Below this many points each is marked: a curve of one epoch would be invisible.
MARKED: Final = 30
MARKS: Final = 6  # on a long curve that stands beside others
# An axis becomes logarithmic when the largest value is so many times the smallest.
LARGEST: Final = 1e150  # beyond it a run has run away, and axes in double precision come to their end
LOG_FROM: Final = 50.0
TRAINING: Final = {"color": BLUE.light, "linestyle": "-"}
VALIDATION: Final = {"color": ORANGE.light, "linestyle": (0, (4, 1.6))}
NAN: Final = float("nan")


@dataclass(frozen=True)
class Line:
    """One curve: its label, epochs, values (NaN where there is none) and matplotlib's style."""

    label: str
    epochs: tuple[float, ...]
    values: tuple[float, ...]
    style: Mapping[str, Any]

    @property
    def finite(self) -> tuple[tuple[float, float], ...]:
        """The points that can be drawn."""
        return tuple(point for point in zip(self.epochs, self.values, strict=True) if isfinite(point[1]))


def loss_figure(history: History, *, column: str = "loss", scale: Scale = "auto") -> Figure:
    """The loss (or another column) of training and, where there is one, validation; below it a changing learning rate.

    A gap is where a value is missing or not finite. `scale` "auto" is logarithmic for losses over a wide range.
    """
    training = line(history, column, "training", TRAINING)
    validation = line(history, f"validation_{column}", "validation", VALIDATION)
    lines = [training, *([validation] if validation.finite else [])]
    rate = line(history, "learning_rate", "learning rate", {"color": MUTED.light, "drawstyle": "steps-post"})
    below = RATE_HEIGHT if len({value for _, value in rate.finite}) > 1 else 0.0
    name = readable(column)
    with look():
        figure = blank(WIDTH, HEIGHT + below, f"{name.capitalize()} by epoch", described(lines))
        heights = [HEIGHT, below] if below else [HEIGHT]
        axes: list[Axes] = list(figure.subplots(len(heights), sharex=True, squeeze=False, height_ratios=heights)[:, 0])
        draw(axes[0], lines, name, scale)
        mark_lowest(axes[0], validation)
        legend(axes[0])
        if below:
            draw(axes[1], [rate], "learning rate", "linear")
        axes[-1].set_xlabel("epoch")
    return figure


def comparison_figure(histories: Mapping[str, History], *, column: str = "loss", scale: Scale = "auto") -> Figure:
    """One column of several runs, by the name of the run, on the same axes."""
    lines = [
        line(one, column, name, told_apart(index, len(one))) for index, (name, one) in enumerate(histories.items())
    ]
    return curves(lines, f"{readable(column).capitalize()} of {len(lines)} runs", readable(column), scale)


def layer_figure(history: History, column: LayerColumn, *, scale: Scale = "auto") -> Figure:
    """A figure that each layer has: the norm of its gradient or update, or its share of inactive units."""
    lines = [
        line(history, f"{column}/{layer}", layer, told_apart(index, len(history)))
        for index, layer in enumerate(history.layers())
    ]
    return curves(
        [one for one in lines if one.finite], f"{readable(column).capitalize()} by layer", readable(column), scale
    )


def told_apart(index: int, points: int) -> dict[str, Any]:
    """Colour, dashes and a few marks of the curve with this number, which also tell it from others without colour."""
    rounds, place = divmod(index, len(MARKERS))
    every = max(points // MARKS, 1)
    return colour_cycle(index) | {
        "marker": MARKERS[(place + rounds) % len(MARKERS)],
        "markevery": (index * every // len(MARKERS) % every, every),
    }


def curves(lines: Sequence[Line], title: str, name: str, scale: Scale) -> Figure:
    """Curves with a legend below them, one line of it per two curves."""
    with look():
        figure = blank(WIDTH, HEIGHT + 0.22 * ((len(lines) + 1) // 2), title, described(lines))
        axes = figure.subplots()
        draw(axes, lines, name, scale)
        axes.set_xlabel("epoch")
        if lines:
            figure.legend(
                loc="outside lower left", ncols=2 if max(len(one.label) for one in lines) < 28 else 1, handlelength=4.5
            )
    return figure


def line(history: History, column: str, label: str, style: Mapping[str, Any]) -> Line:
    """One column of a history as a curve."""
    epochs = tuple(NAN if epoch is None else float(epoch) for epoch in history.column("epoch"))
    found = [row.get(column) for row in history.rows]
    values = tuple(NAN if value is None or not is_drawable(value) else float(value) for value in found)
    return Line(label, epochs, values, style)


def is_drawable(value: float) -> bool:
    """Whether an axis, whose margins lie beyond its largest value, can be drawn around this one."""
    return isfinite(value) and abs(value) < LARGEST


def draw(axes: Axes, lines: Sequence[Line], name: str, scale: Scale) -> None:
    """The curves on their axes, with the name of what they show above them."""
    drawn = [value for one in lines for _, value in one.finite]
    positive = [value for value in drawn if value > 0]
    logarithmic = bool(positive) and (scale == "log" or (scale == "auto" and is_wide(drawn)))
    for one in lines:
        values = [value if value > 0 or not logarithmic else NAN for value in one.values]
        marker = "o" if len(one.finite) <= MARKED else ""
        axes.plot(one.epochs, values, label=shown(one.label), **{"marker": marker, "markersize": 3.5, **one.style})
    if logarithmic:
        narrow = max(positive) < 1000 * min(positive)
        axes.set_yscale("log")
        axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5) if narrow else (1,), numticks=7))
        axes.yaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_locator(MaxNLocator(nbins=7, integer=True, min_n_ticks=1))
    plain_ticks(axes)
    axes.set_title(name, color=MUTED.light, fontsize=9)


def is_wide(values: Sequence[float]) -> bool:
    """Whether positive values span so much that a linear axis would hide most of them."""
    return bool(values) and min(values) > 0 and max(values) > LOG_FROM * min(values)


def shown(label: str) -> str:
    """A label that matplotlib's legend shows: one that begins with an underscore is left out."""
    return f"\u200b{label}" if label.startswith("_") else label


def mark_lowest(axes: Axes, validation: Line) -> None:
    """A ring where the validation loss was lowest, if that is not where the run ended."""
    if not validation.finite:
        return
    epoch, value = min(validation.finite, key=lambda point: point[1])
    if axes.get_title(loc="left").endswith("loss") and epoch < validation.finite[-1][0]:
        label = f"lowest, epoch {epoch:.0f}"
        axes.plot([epoch], [value], "o", color=ORANGE.light, markerfacecolor="none", markersize=8, label=label)


def legend(axes: Axes) -> None:
    """The names of the curves above the right end, in one row, where they hide nothing."""
    axes.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=3, borderaxespad=0.1, columnspacing=1.2)


def readable(column: str) -> str:
    """A column's name in words: gradient_norm is gradient norm."""
    return "share of inactive units" if column == "inactive" else column.replace("_", " ").replace("/", " of ")


def described(lines: Sequence[Line]) -> str:
    """What the curves show, in words."""
    return " ".join(sentence(one) for one in lines) or "No figures."


def sentence(one: Line) -> str:
    """The first and the last point of a curve."""
    if not one.finite:
        return f"{one.label}: no figures."
    (first, start), (last, end) = one.finite[0], one.finite[-1]
    begins = f"{one.label}: {number(start)} at epoch {first:.0f}"
    return f"{begins}, {number(end)} at epoch {last:.0f}." if last > first else f"{begins}."

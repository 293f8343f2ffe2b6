"""What a network says over its one input, as a curve through the rows it was trained on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from whygrad.errors.render import PanelUnfit
from whygrad.render.numbers import figure as number
from whygrad.render.numbers import short
from whygrad.render.palette import BLUE, MUTED, ORANGE
from whygrad.render.style import blank, look, round_ticks
from whygrad.render.thinning import say_above, thinned, thinning_note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Array = NDArray[Any]

PER_ROW: Final = 3


@dataclass(frozen=True, eq=False)
class Curve:
    """The fit at one moment: places `xs` (n,) and what the network says there, `values` (n,); the rows of the data.

    `threshold`, for two classes: where a prediction turns from the first (0) to the second (1).
    """

    title: str
    xs: Array
    values: Array
    inputs: Array
    targets: Array
    threshold: float | None = None


def fit_figure(curves: Sequence[Curve], *, name: str = "x", target: str = "y") -> Figure:
    """Curves side by side, at most three in a row, on the same axes; of many rows a sample is drawn.

    Raises PanelUnfit (WG702).
    """
    for curve in curves:
        demand_fit(curve)
    across = min(len(curves), PER_ROW)
    down = -(-len(curves) // PER_ROW)
    width, height = (2.5, 2.3) if across > 1 else (4.3, 2.6)
    with look():
        figure = blank(width * across + 0.5, height * down + 0.5, f"{target} by {name}", described(curves))
        grid = figure.subplots(down, across, sharex=True, sharey=True, squeeze=False)
        for axes, curve in zip(grid.flat, curves, strict=False):
            draw(axes, curve)
        for axes in grid.flat[len(curves) :]:
            axes.set_visible(False)
        for axes in grid[-1]:
            axes.set_xlabel(name)
        for axes in grid[:, 0]:
            axes.set_ylabel(target)
        figure.legend(*grid[0, 0].get_legend_handles_labels(), loc="outside lower center", ncols=3)
        say_above(figure, rows_note(curves))
    return figure


def demand_fit(curve: Curve) -> None:
    """Raises PanelUnfit (WG702) unless the arrays of a curve fit together."""
    for name, wanted in (("values", curve.xs.shape), ("targets", curve.inputs.shape)):
        found = getattr(curve, name).shape
        if found != wanted:
            raise PanelUnfit(curve.title, name, found, wanted)


def draw(axes: Axes, curve: Curve) -> None:
    """One fit: rings for the rows, a line for the network."""
    drawn = thinned(len(curve.inputs))
    x, y = curve.inputs[drawn], curve.targets[drawn]
    size = float(np.clip(1200 / max(len(drawn), 1), 8, 36))
    axes.scatter(x, y, s=size, facecolors="none", edgecolors=BLUE.light, linewidths=1.1, label="data")
    axes.plot(curve.xs, curve.values, color=ORANGE.light, label="network")
    if curve.threshold is not None:
        label = f"threshold {short(curve.threshold)}"
        axes.axhline(curve.threshold, color=MUTED.light, linewidth=1, linestyle=(0, (2, 2)), label=label)
    axes.set_title(curve.title)
    round_ticks(axes)


def described(curves: Sequence[Curve]) -> str:
    """What the curves show, in words."""
    return " ".join([*map(sentence, curves), rows_note(curves)]).rstrip()


def rows_note(curves: Sequence[Curve]) -> str:
    """What is said about rows that are not drawn."""
    return thinning_note(max((len(curve.inputs) for curve in curves), default=0))


def sentence(curve: Curve) -> str:
    """The range of one curve and the number of rows."""
    finite = curve.values[np.isfinite(curve.values)]
    rows = f"{len(curve.inputs)} rows"
    if not finite.size:
        return f"{curve.title}: no figures, {rows}."
    return f"{curve.title}: between {number(float(finite.min()))} and {number(float(finite.max()))}, {rows}."

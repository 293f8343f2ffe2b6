"""What a network says over its input plane, beside the rows it was trained on: two inputs, one panel per moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
from matplotlib.colors import Normalize, to_rgb
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from whygrad.errors.render import PanelUnfit
from whygrad.render.numbers import figure as number
from whygrad.render.palette import INK, PAPER, series
from whygrad.render.plane import strength
from whygrad.render.style import MARKERS, blank, look, round_ticks
from whygrad.render.thinning import say_above, thinned, thinning_note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Array = NDArray[Any]
Shows = Literal["score", "classes", "numbers"]

# How strongly a region is tinted: paper shines through, so the picture works in light and dark.
FAINT: Final = 0.14
STRONG: Final = 0.62
REGION: Final = 0.34
SIDE: Final = 2.35
PER_ROW: Final = 3
GRADIENT: Final = "cividis"
NAMED: Final = 14  # classes in the key


@dataclass(frozen=True, eq=False)
class Panel:
    """The plane at one moment.

    - `xs` (n,), `ys` (m,): places on the two axes; `values` (m, n): what the network says there.
    - `points` (k, 2): rows of the data; `labels` (k,): their class numbers, or their targets under "numbers".
    - `shows`: "score": one output, the second class from `threshold` on (a probability or a raw output);
      "classes": the number of the most likely class; "numbers": a regression.
    """

    title: str
    xs: Array
    ys: Array
    values: Array
    points: Array
    labels: Array
    shows: Shows = "score"
    threshold: float = 0.5


def boundary_figure(
    panels: Sequence[Panel],
    *,
    names: tuple[str, str] = ("x1", "x2"),
    classes: Sequence[str] = (),
    target: str = "",
) -> Figure:
    """Panels side by side, at most three in a row: tinted regions, the line between them, and the rows as markers.

    Classes differ in colour and in marker. `names` are the two inputs, `classes` the classes in order, `target` what
    a regression predicts. Of many rows a sample is drawn. Raises PanelUnfit (WG702).
    """
    for panel in panels:
        demand_fit(panel)
    across = min(len(panels), PER_ROW)
    down = -(-len(panels) // PER_ROW)
    side = SIDE if across > 1 else 1.5 * SIDE
    numbers = any(panel.shows == "numbers" for panel in panels)
    with look():
        figure = blank(
            side * across + (1.5 if numbers else 0.6),
            (side + 0.4) * down + (0.4 if numbers else 0.7),
            "Decision boundary",
            described(panels, classes),
        )
        grid = figure.subplots(down, across, sharex=True, sharey=True, squeeze=False)
        scale = shared_scale(panels)
        for axes, panel in zip(grid.flat, panels, strict=False):
            draw(axes, panel, scale)
        for axes in grid.flat[len(panels) :]:
            axes.set_visible(False)
        for axes in grid[-1]:
            axes.set_xlabel(names[0])
        for axes in grid[:, 0]:
            axes.set_ylabel(names[1])
        key(figure, panels, classes, scale, target)
        say_above(figure, rows_note(panels))
    return figure


def demand_fit(panel: Panel) -> None:
    """Raises PanelUnfit (WG702) unless the arrays of a panel fit together."""
    rows = len(panel.points)
    wanted = {"values": (len(panel.ys), len(panel.xs)), "points": (rows, 2), "labels": (rows,)}
    for name, shape in wanted.items():
        found = getattr(panel, name).shape
        if found != shape:
            raise PanelUnfit(panel.title, name, found, shape)


def draw(axes: Axes, panel: Panel, scale: Normalize) -> None:
    """One panel: the plane as an image, its boundary, the points on top."""
    extent = (panel.xs[0], panel.xs[-1], panel.ys[0], panel.ys[-1])
    axes.grid(visible=False)
    axes.set_title(panel.title)
    match panel.shows:
        case "numbers":
            axes.imshow(
                panel.values,
                extent=extent,
                origin="lower",
                aspect="auto",
                interpolation="none",
                cmap=GRADIENT,
                norm=scale,
            )
            contour(axes, panel, 7)
        case "score":
            axes.imshow(
                tinted(panel.values, panel.threshold),
                extent=extent,
                origin="lower",
                aspect="auto",
                interpolation="none",
            )
            contour(axes, panel, [panel.threshold])
        case "classes":
            axes.imshow(regions(panel.values), extent=extent, origin="lower", aspect="auto", interpolation="nearest")
            borders(axes, panel)
    scatter(axes, panel, scale)
    axes.set(xlim=extent[:2], ylim=extent[2:], box_aspect=1)
    round_ticks(axes, 5)


def tinted(values: Array, threshold: float) -> Array:
    """Colours (m, n, 4) of scores: one class below the threshold, the other above, fainter near it; clear for NaN."""
    shares = FAINT + (STRONG - FAINT) * strength(values, threshold)
    colours = np.array([to_rgb(series(number).light) for number in (0, 1)])[(values >= threshold).astype(int)]
    return np.dstack([colours, np.where(np.isfinite(values), shares, 0.0)])


def regions(values: Array) -> Array:
    """Colours (m, n, 4) of class numbers."""
    known = np.isfinite(values)
    numbers = np.where(known, values, 0).astype(int)
    table = np.array([to_rgb(series(number).light) for number in range(int(numbers.max(initial=0)) + 1)])
    return np.dstack([table[numbers], np.where(known, REGION, 0.0)])


def contour(axes: Axes, panel: Panel, levels: Any) -> None:
    """Lines of equal value, where there are any."""
    finite = panel.values[np.isfinite(panel.values)]
    crossed = finite.size > 0 and finite.min() < finite.max()
    if crossed and (isinstance(levels, int) or finite.min() < levels[0] < finite.max()):
        style = {"colors": PAPER.light, "linewidths": 0.7} if isinstance(levels, int) else ink()
        axes.contour(panel.xs, panel.ys, panel.values, levels=levels, **style)


def borders(axes: Axes, panel: Panel) -> None:
    """The lines around the region of each class but the first."""
    for one in np.unique(panel.values[np.isfinite(panel.values)])[1:]:
        axes.contour(panel.xs, panel.ys, (panel.values == one).astype(float), levels=[0.5], **ink())


def ink() -> dict[str, Any]:
    """How a boundary is drawn."""
    return {"colors": INK.light, "linewidths": 1.3}


def scatter(axes: Axes, panel: Panel, scale: Normalize) -> None:
    """The points, a marker and a colour for each class."""
    drawn = thinned(len(panel.points))
    size = float(np.clip(1500 / max(len(drawn), 1), 14, 60))
    style: dict[str, Any] = {"edgecolors": PAPER.light, "linewidths": 0.8, "s": size}
    x, y = panel.points[drawn].T
    labels = panel.labels[drawn]
    if panel.shows == "numbers":
        axes.scatter(x, y, c=labels, cmap=GRADIENT, norm=scale, **style)
        return
    for one in np.unique(labels).astype(int):
        chosen = labels == one
        axes.scatter(x[chosen], y[chosen], color=series(one).light, marker=MARKERS[one % len(MARKERS)], **style)


def shared_scale(panels: Sequence[Panel]) -> Normalize:
    """One scale of colours for the numbers of all panels."""
    every = [array.ravel() for panel in panels if panel.shows == "numbers" for array in (panel.values, panel.labels)]
    finite = np.concatenate([array[np.isfinite(array)] for array in every]) if every else np.zeros(0)
    return Normalize(finite.min(), finite.max()) if finite.size else Normalize(0.0, 1.0)


def key(figure: Figure, panels: Sequence[Panel], classes: Sequence[str], scale: Normalize, target: str) -> None:
    """What the colours and markers mean, below the panels."""
    from matplotlib.cm import ScalarMappable

    if any(panel.shows == "numbers" for panel in panels):
        bar = figure.colorbar(ScalarMappable(scale, GRADIENT), ax=figure.axes, shrink=0.8, aspect=30, pad=0.02)
        bar.outline.set_visible(False)
        bar.set_label(target)
        return
    seen = sorted({int(one) for panel in panels for one in np.unique(panel.labels)})
    names = {one: classes[one] if one < len(classes) else f"class {one}" for one in seen[:NAMED]}
    handles = [
        Line2D([], [], color=series(one).light, marker=MARKERS[one % len(MARKERS)], linestyle="", label=names[one])
        for one in names
    ]
    if len(seen) > NAMED:
        handles.append(Line2D([], [], linestyle="", label=f"and {len(seen) - NAMED} more"))
    columns = min(len(handles), 5 if len(panels) > 1 else 3)
    if handles:
        figure.legend(handles, [str(line.get_label()) for line in handles], loc="outside lower center", ncols=columns)


def described(panels: Sequence[Panel], classes: Sequence[str]) -> str:
    """What the panels show, in words."""
    return " ".join([*(sentence(panel, classes) for panel in panels), rows_note(panels)]).rstrip()


def rows_note(panels: Sequence[Panel]) -> str:
    """What is said about rows that are not drawn."""
    return thinning_note(max((len(panel.points) for panel in panels), default=0))


def sentence(panel: Panel, classes: Sequence[str]) -> str:
    """How the plane of one panel is divided."""
    finite = panel.values[np.isfinite(panel.values)]
    if not finite.size:
        return f"{panel.title}: no figures."
    if panel.shows == "numbers":
        return f"{panel.title}: from {number(float(finite.min()))} to {number(float(finite.max()))}."
    said = (finite >= panel.threshold).astype(int) if panel.shows == "score" else finite.astype(int)
    shares = [
        f"{classes[one] if one < len(classes) else f'class {one}'} on {np.mean(said == one):.0%}"
        for one in np.unique(said)
    ]
    return f"{panel.title}: {', '.join(shares)} of the plane."

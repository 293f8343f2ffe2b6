"""The curves of growth as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from benchmarks.results import ALONE, FUSED, TORCH, Growth, Point

if TYPE_CHECKING:
    from pathlib import Path

# Name, words, colour, dashes: those of whygrad are blue.
CURVES = (
    (TORCH, "PyTorch", "#b4541a", "-"),
    (FUSED, "PyTorch, fused optimizer", "#b4541a", "--"),
    ("whygrad numpy", "whygrad, NumPy", "#7fa7d6", "-"),
    ("whygrad compiled", "whygrad, compiled", "#1f5fa8", "-"),
    (f"whygrad compiled{ALONE}", "whygrad, compiled, loop alone", "#1f5fa8", "--"),
)
AXES = {"width": "units in a hidden layer", "depth": "hidden layers", "batch": "rows in a batch"}


def draw(growth: Growth, path: Path) -> None:
    """Write the picture; the same curves give the same file."""
    with mpl.rc_context({"svg.hashsalt": "growth", "font.size": 9, "svg.fonttype": "path"}):
        figure = Figure(figsize=(10, 3.9), layout="constrained")
        sweeps = list(dict.fromkeys(point.sweep for point in growth.points))
        for axes, sweep in zip(figure.subplots(1, len(sweeps), sharey=True, squeeze=False)[0], sweeps, strict=True):
            panel(axes, sweep, [point for point in growth.points if point.sweep == sweep])
        handles, labels = figure.axes[0].get_legend_handles_labels()
        figure.axes[0].set_ylabel("time of one update")
        figure.legend(handles, labels, loc="outside lower center", ncols=len(labels), frameon=False)
        figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)


def panel(axes: Any, sweep: str, points: list[Point]) -> None:
    """One of the pictures."""
    for name, words, colour, dashes in CURVES:
        found = [(point.at, timed.middle) for point in points if (timed := point.named(name))]
        axes.plot(*zip(*found, strict=True), dashes, color=colour, label=words, marker="o", markersize=3, linewidth=1.4)
    axes.set_xscale("log", base=2)
    axes.set_yscale("log")
    places = [point.at for point in points]
    axes.set_xticks(places, [f"{each:,}" for each in places])
    axes.minorticks_off()
    axes.tick_params(axis="x", labelsize=7.5)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda seconds, _: duration(seconds)))
    axes.set_xlabel(AXES.get(sweep, sweep))
    axes.grid(color="#dddddd", linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)


def duration(seconds: float) -> str:
    """A time as one reads it."""
    if seconds < 1e-3:
        return f"{1e6 * seconds:g} µs"
    return f"{1e3 * seconds:g} ms" if seconds < 1 else f"{seconds:g} s"

"""The one look of every figure: calm lines, a light grid, names in the page's own words rather than TeX."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from whygrad.render.numbers import short
from whygrad.render.palette import INK, MUTED, PAPER, RULE, SERIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes

LINES: Final = ("-", "--", "-.", ":")
MARKERS: Final = ("o", "s", "^", "D", "v", "P", "X", "*")

LOOK: Final[dict[str, Any]] = {
    "axes.axisbelow": True,
    "axes.edgecolor": RULE.light,
    "axes.facecolor": "none",
    "axes.grid": True,
    "axes.labelcolor": MUTED.light,
    "axes.labelsize": 9,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlecolor": INK.light,
    "axes.titlelocation": "left",
    "axes.titlesize": 10,
    "axes.titlepad": 8,
    "axes.unicode_minus": False,
    "figure.facecolor": PAPER.light,
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 9,
    "grid.color": RULE.light,
    "grid.linewidth": 0.6,
    "legend.fontsize": 9,
    "legend.frameon": False,
    "legend.labelcolor": INK.light,
    "lines.linewidth": 1.8,
    "savefig.facecolor": "auto",
    "svg.fonttype": "none",
    "svg.hashsalt": "whygrad",
    "text.color": INK.light,
    # The names of users may hold dollar signs.
    "text.parse_math": False,
    "xtick.color": RULE.light,
    "xtick.labelcolor": MUTED.light,
    "xtick.labelsize": 8.5,
    "ytick.color": RULE.light,
    "ytick.labelcolor": MUTED.light,
    "ytick.labelsize": 8.5,
}


@contextmanager
def look() -> Iterator[None]:
    """Draws and saves with our settings, whatever the reader's matplotlibrc says, and leaves theirs as they were."""
    defaults: dict[Any, Any] = dict(mpl.rcParamsDefault)
    settings: dict[Any, Any] = {name: value for name, value in defaults.items() if not name.startswith("backend")}
    with mpl.rc_context(settings | LOOK):
        yield


def blank(width: float, height: float, title: str, description: str) -> Figure:
    """An empty figure of so many inches; its title and description are for people who cannot see it."""
    empty = Figure(figsize=(width, height), dpi=144, layout="constrained")
    empty.set_label(f"{title}\n{description}")
    return empty


def described(drawn: Figure) -> tuple[str, str]:
    """The title and the description that `blank` gave to a figure."""
    title, _, description = str(drawn.get_label()).partition("\n")
    return title, description


def plain_ticks(axes: Axes) -> None:
    """Numbers on the axes as everywhere: never an offset, never TeX."""
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, _: short(value)))


def round_ticks(axes: Axes, most: int = 6) -> None:
    """A few round numbers on both axes."""
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10]))
    plain_ticks(axes)


def colour_cycle(index: int) -> dict[str, Any]:
    """Colour and dashes of the line with this number; no two of the first 32 have both in common."""
    rounds, place = divmod(index, len(SERIES))
    return {"color": SERIES[place].light, "linestyle": LINES[(place + rounds) % len(LINES)]}

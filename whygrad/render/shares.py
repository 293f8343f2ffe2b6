"""Shares of a whole as bars, one for each of some groups, with the interval of the first share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from matplotlib.ticker import PercentFormatter

from whygrad.render.numbers import percent
from whygrad.render.palette import BLUE, GREY, INK, ORANGE, PAPER
from whygrad.render.style import blank, look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH: Final = 5.6
ROW: Final = 0.34
AROUND: Final = 1.15  # inches above and below the bars
BAR: Final = 0.66
READABLE: Final = 0.09  # a smaller part has no room for its figure
COLOURS: Final = (BLUE, ORANGE, GREY)


@dataclass(frozen=True)
class Bar:
    """One group: what it is called, its shares of the parts in order, and the interval of the first one."""

    label: str
    shares: tuple[float, ...]
    low: float
    high: float


def shares_figure(parts: Sequence[str], bars: Sequence[Bar], *, title: str, group: str) -> Figure:
    """Bars of at most three parts, which add up to the whole; `group` says what tells the bars apart."""
    with look():
        figure = blank(WIDTH, AROUND + ROW * len(bars), title, " ".join(sentence(parts, bar) for bar in bars))
        axes = figure.subplots()
        for number, part in enumerate(parts):
            if any(bar.shares[number] > 0 for bar in bars):
                draw(axes, bars, number, part)
        for place, bar in enumerate(bars):
            axes.plot([bar.low, bar.high], [place, place], color=INK.light, linewidth=1.4, marker="|", markersize=6)
        axes.set_yticks(range(len(bars)), [bar.label for bar in bars])
        axes.set_ylabel(group)
        axes.set_ylim(len(bars) - 0.5, -0.5)
        axes.set_xlim(0.0, 1.0)
        axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
        axes.grid(visible=False, axis="y")
        axes.set_xlabel(f"share of the networks; the line shows the 95 % interval of {parts[0]}")
        axes.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=len(parts), borderaxespad=0.1)
    return figure


def draw(axes: Axes, bars: Sequence[Bar], number: int, part: str) -> None:
    """One part of every bar, with its figure where there is room."""
    starts = [sum(bar.shares[:number]) for bar in bars]
    lengths = [bar.shares[number] for bar in bars]
    axes.barh(range(len(bars)), lengths, BAR, left=starts, label=part, color=COLOURS[number].light)
    for place, (start, length) in enumerate(zip(starts, lengths, strict=True)):
        if length >= READABLE:
            axes.annotate(
                percent(length),
                (start + length, place) if number else (start, place),
                (-6 if number else 6, 0),
                textcoords="offset points",
                ha="right" if number else "left",
                va="center_baseline",
                color=PAPER.light,
                fontsize=8.5,
                zorder=4,
            )


def sentence(parts: Sequence[str], bar: Bar) -> str:
    """A bar in words."""
    told = [f"{percent(share)} {part}" for part, share in zip(parts, bar.shares, strict=True) if share > 0]
    return f"{bar.label}: {', '.join(told)}."

"""Curves drawn with letters: they need no colour and no font, and can be copied into a mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, log10
from string import ascii_lowercase
from typing import Final

from whygrad.cli.paper import plain
from whygrad.render.numbers import figure

Points = Sequence[tuple[float, float]]
HEIGHT: Final = 13
FLOOR: Final = 1e-6  # of the largest value: what lies below is drawn on the bottom line
WIDE: Final = 20.0  # from this ratio of largest to smallest on, the axis is logarithmic
CUT_BELOW: Final = 0.9  # of the epochs: an empty rest that is shorter is drawn
MOST_CURVES: Final = len(ascii_lowercase)


@dataclass(frozen=True)
class Axes:
    """The ranges of a chart and how many cells it has."""

    low: float
    high: float
    logarithmic: bool
    last: float
    width: int

    def line(self, value: float) -> int:
        """The line of a value, counted from the top."""
        scaled, low, high = (self.scaled(each) for each in (value, self.low, self.high))
        share = (scaled - low) / (high - low) if high > low else 0.5
        return round((1 - min(max(share, 0.0), 1.0)) * (HEIGHT - 1))

    def scaled(self, value: float) -> float:
        """A value as it is measured along the axis."""
        return log10(max(value, self.low)) if self.logarithmic else value

    def value(self, line: int) -> float:
        """The value at a line, counted from the top."""
        share = 1 - line / (HEIGHT - 1)
        along = self.scaled(self.low) + share * (self.scaled(self.high) - self.scaled(self.low))
        return float(10**along) if self.logarithmic else along

    def place(self, x: float) -> int:
        """The column of an epoch."""
        return round(x / self.last * (self.width - 1)) if self.last else 0


def chart(curves: Mapping[str, Points], *, name: str, width: int) -> list[str]:
    """The lines of a chart: each curve in a letter of its own, `*` where several meet, a legend below.

    Points are (epoch, value); what is not finite is left out. At most 26 curves are drawn.
    """
    finite = {label: [(x, y) for x, y in points if isfinite(y)] for label, points in list(curves.items())[:MOST_CURVES]}
    if not any(finite.values()):
        return []
    axes = axes_for(list(finite.values()), width)
    cells = [[" "] * axes.width for _ in range(HEIGHT)]
    for letter, points in zip(ascii_lowercase, finite.values(), strict=False):
        draw(cells, letter, points, axes)
    end = max(x for points in finite.values() for x, _ in points)
    cut = f"; after epoch {axes.last:g} of {end:g} every curve lies at the bottom" if axes.last < end else ""
    below = any(y < axes.low for points in finite.values() for x, y in points if x <= axes.last)
    floor = f"; less than {figure(axes.low, 2)} is drawn on the bottom line" if below and axes.logarithmic else ""
    scale = f"{name}, logarithmic{floor}{cut}" if axes.logarithmic else name
    legend = [f"  {letter}  {label}" for letter, label in zip(ascii_lowercase, finite, strict=False)]
    legend += ["  *  several of them"] if any("*" in row for row in cells) else []
    return [plain(line.rstrip()) for line in [scale, *framed(cells, axes), *legend]]


def axes_for(curves: Sequence[Points], width: int) -> Axes:
    """Ranges that hold every value but those that are nothing beside the largest, and epochs until all are nothing."""
    values = [y for points in curves for _, y in points]
    high = max(values)
    positive = [value for value in values if value > 0]
    logarithmic = len(positive) == len(values) and high / min(positive) >= WIDE
    low = max(min(positive), high * FLOOR) if logarithmic else min(0.0, *values)
    telling = [x for points in curves for x, y in points if y > low or not logarithmic]
    end, last = max(x for points in curves for x, _ in points), max(telling, default=0.0)
    return Axes(low, high, logarithmic, last if last < CUT_BELOW * end else end, width - 12)


def draw(cells: list[list[str]], letter: str, points: Points, axes: Axes) -> None:
    """One curve, its steep parts drawn as upright strokes."""
    above: dict[int, list[int]] = {}
    for x, y in points:
        if x > axes.last:
            break
        above.setdefault(axes.place(x), []).append(axes.line(y))
    before: int | None = None
    for place, lines in sorted(above.items()):
        reach = lines if before is None else [*lines, before + (before < lines[0]) - (before > lines[0])]
        for line in range(min(reach), max(reach) + 1):
            cells[line][place] = letter if cells[line][place] in (" ", letter) else "*"
        before = lines[-1]


def framed(cells: list[list[str]], axes: Axes) -> list[str]:
    """The drawing with its axes: values at every fourth line, the first and the last epoch."""
    labels = {line: figure(axes.value(line), 2) for line in range(0, HEIGHT, 4)}
    rows = [
        f"{labels.get(line, ''):>9} {'┤' if line in labels else '│'}{''.join(row)}" for line, row in enumerate(cells)
    ]
    end = f"{axes.last:g}"
    return [*rows, f"{'':>9} └{'─' * axes.width}", f"{'':>11}0{'epoch':^{axes.width - 1 - len(end)}}{end}"]

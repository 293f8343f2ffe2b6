"""The colours, by name, in light and in dark, chosen so that every kind of colour vision can tell them apart.

Each value is used once, so that a figure drawn in the light colours can be re-coloured by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Colour:
    """One colour of the palette: its name on the page, on light paper and on dark."""

    name: str
    light: str
    dark: str

    @property
    def variable(self) -> str:
        """How a drawing within a page asks for it; the page's own text colour is `currentColor`."""
        return "currentColor" if self.name == "ink" else f"var(--wg-{self.name}, {self.light})"


INK: Final = Colour("ink", "#1b2230", "#e7eaf0")
MUTED: Final = Colour("muted", "#5a6474", "#a3adbd")
RULE: Final = Colour("rule", "#dce0e7", "#343c4a")
PAPER: Final = Colour("paper", "#fefefe", "#14181f")
PANEL: Final = Colour("panel", "#f5f6f8", "#1c222c")

BLUE: Final = Colour("blue", "#1f6fb4", "#6cb2f0")
ORANGE: Final = Colour("orange", "#c8550a", "#f39a54")
GREEN: Final = Colour("green", "#0b8a68", "#3fcaa0")
PINK: Final = Colour("pink", "#b4568f", "#e79bc8")
OCHRE: Final = Colour("ochre", "#a07a00", "#e3c04a")
SKY: Final = Colour("sky", "#3a9fd0", "#9fdcf7")
VIOLET: Final = Colour("violet", "#6a51a3", "#b6a3e8")
GREY: Final = Colour("grey", "#76797f", "#b4b8bf")

SERIES: Final = (BLUE, ORANGE, GREEN, PINK, OCHRE, SKY, VIOLET, GREY)
PALETTE: Final = (INK, MUTED, RULE, PAPER, PANEL, *SERIES)

POSITIVE: Final = BLUE
NEGATIVE: Final = ORANGE


def series(index: int) -> Colour:
    """The colour of the series or class with this number; they come round again after eight."""
    return SERIES[index % len(SERIES)]

"""Many rows in one picture: a fair sample of them is drawn, and the picture says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from whygrad.render.numbers import count
from whygrad.render.palette import MUTED

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST: Final = 2000  # marks on one pair of axes; more hide one another and fill the page with megabytes
SEED: Final = 0  # the same rows in every panel and every time


def thinned(rows: int) -> NDArray[np.int64]:
    """The rows to draw, ascending: all of them, or `MOST` drawn without replacement, each equally likely."""
    if rows <= MOST:
        return np.arange(rows, dtype=np.int64)
    return np.sort(np.random.default_rng(SEED).choice(rows, MOST, replace=False)).astype(np.int64)


def thinning_note(rows: int) -> str:
    """What is said when not all rows are drawn; empty when they are."""
    return f"{MOST:,} of {count(rows, 'row')} are drawn, chosen at random." if rows > MOST else ""


def say_above(figure: Figure, note: str) -> None:
    """A note in small letters above the axes, if there is one."""
    if note:
        figure.suptitle(note, fontsize=8, color=MUTED.light)

"""Names of units and weights as people write them: h1 with its number below the line, net_H1 likewise."""

from __future__ import annotations

import re
from html import escape
from typing import Final

SIZE: Final = 13.0
SMALL: Final = 0.75
DROP: Final = 3
LONGEST: Final = 20

# A short word and a number (h1, wOut2), or a value of a unit (net_H1). Names of columns stay as they are.
NUMBERED: Final = re.compile(r"([A-Za-z]{1,4}?)_?(\d+(?:[,_]\d+)?)")
VALUE: Final = re.compile(r"(net|out|w|b|h|x|y|z|a)_([A-Za-z]\w{0,4})")


def parts(name: str) -> tuple[str, str]:
    """What stands on the line and what below it; a long name is cut short."""
    if found := NUMBERED.fullmatch(name) or VALUE.fullmatch(name):
        return found[1], found[2].replace("_", ",")
    return shortened(name), ""


def shortened(name: str) -> str:
    """A long name cut short."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def width_of(text: str, size: float = SIZE) -> float:
    """About how wide a name is, on the safe side for any font."""
    base, below = parts(text)
    return size * (0.62 * len(base) + 0.62 * SMALL * len(below))


def tspans(name: str, after: str = "") -> str:
    """A name as SVG text, its number below the line; then, on the line again, what comes after."""
    base, below = parts(name)
    if not below:
        return escape(base + after)
    rest = f'<tspan dy="-{DROP}">{escape(after)}</tspan>' if after else ""
    return f'{escape(base)}<tspan dy="{DROP}" font-size="{SMALL:.0%}">{escape(below)}</tspan>{rest}'

"""What commands share on their command lines: types of arguments and options, what they refuse, and examples."""

from __future__ import annotations

from math import inf
from pathlib import Path
from typing import Annotated

import typer

RunFolder = Annotated[Path, typer.Argument(metavar="RUN", help="The folder of a saved run.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
Target = Annotated[str, typer.Option(metavar="COLUMN", help="The column of the table to predict.", show_default=False)]


def example(*lines: str) -> str:
    """Commands as they stand below the help of a command."""
    return "\b\n" + "\n".join(["Example:" if len(lines) == 1 else "Examples:", *(f"  {line}" for line in lines)])


def inside_one(value: float | None) -> float | None:
    """Refuse a threshold that is no probability."""
    if value is not None and not 0.0 < value < 1.0:
        raise typer.BadParameter(f"{value:g} is not between 0 and 1")
    return value


def above_zero(value: float | None) -> float | None:
    """Refuse a step of no size."""
    if value is not None and not 0.0 < value < inf:
        raise typer.BadParameter(f"{value:g} is not a number above 0")
    return value

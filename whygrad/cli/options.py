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


def place_among(coordinator: str, process: str, engine: str) -> tuple[int, int]:
    """Which process this is and how many there are, from 1/4; raises BadParameter where they do not go together."""
    if not coordinator and not process:
        return 0, 1
    if engine != "jax":
        raise typer.BadParameter("only --engine jax trains in several processes", param_hint="--coordinator")
    host, _, port = coordinator.rpartition(":")
    if not (host and port.isdigit()):
        raise typer.BadParameter("give it as HOST:PORT, such as node1:9900", param_hint="--coordinator")
    number, _, count = process.partition("/")
    if not (number.isdigit() and count.isdigit() and int(number) < int(count)):
        raise typer.BadParameter("give it as 0/4, 1/4, 2/4, 3/4 in the four processes of four", param_hint="--process")
    return int(number), int(count)

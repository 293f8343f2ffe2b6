"""The rows as they are before anything is prepared: in their own units, whatever they come from."""

from __future__ import annotations

from math import ceil, floor, log10
from typing import TYPE_CHECKING, Any, Final

import msgspec
import numpy as np

from whygrad.lab.editing import cells_of
from whygrad.lab.limits import Limits
from whygrad.lab.message import Number
from whygrad.lab.panels.panel import Panel
from whygrad.lab.rows import table_in
from whygrad.pipeline.starting import names_classes
from whygrad.render.document_json import number

if TYPE_CHECKING:
    from whygrad.data import Column, Table
    from whygrad.lab.sight import Sight
    from whygrad.pipeline.setting_up import SetUp
    from whygrad.spec import Cell

MOST_ROWS: Final = 500
LEAST_ROWS: Final = 10
MOST_CELLS: Final = 4_000
MARGIN: Final = 0.1  # of the width of the points, on each side of the plane
STEPS: Final = 100  # the plane is at least so many rounded steps wide
NUDGE: Final = 5  # rounded steps that a key moves a point by
BASE64: Final = 0.74  # bytes of a file for each byte of a message that carries it, a little left for the rest


class Rows(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The row that is listed first."""

    first: Number = 0


def fits(_: SetUp) -> bool:
    """There is no run without rows."""
    return True


def draw(sight: Sight, asked: Rows) -> dict[str, Any]:
    """Rows from one on, as many as a page can list; `total` counts all.

    - `columns`: each with its name, kind, and role ("input", "target" or "")
    - `rows`: `cells` in the order of the columns (a missing one is null), `number`, and the `part` it is in
    - `plane`: two inputs of numbers as axes, and what of the target is told apart in it; null where there is none
    - `most`: how large a table of one's own may be
    """
    table, inputs, targets = table_in(sight.ready.experiment, sight.folder)
    listed = range(table.rows)[asked.first :][: rows_listed(table)]
    roles = dict.fromkeys(inputs, "input") | dict.fromkeys(targets, "target")
    part_of = {int(row): name for name, part in sight.parts.items() for row in part.rows}
    cells = [cells_of(column.take(np.array(listed, dtype=np.int64))) for column in table.columns.values()]
    limits = Limits()
    return {
        "source": table.source if sight.ready.experiment.data.columns is None else "the experiment's own table",
        "total": table.rows,
        "first": asked.first,
        "at_once": rows_listed(table),
        "parts": {name: len(part) for name, part in sight.parts.items()},
        "columns": [
            {"name": name, "kind": column.kind, "role": roles.get(name, "")} for name, column in table.columns.items()
        ],
        "rows": [
            {"number": row, "cells": [shown(each) for each in line], "part": part_of.get(row, "")}
            for row, line in zip(listed, zip(*cells, strict=True), strict=True)
        ],
        "plane": plane_of(table, inputs, targets),
        "most": {"bytes": int(limits.message * BASE64), "rows": limits.rows, "columns": limits.columns},
    }


def shown(cell: Cell) -> Any:
    """A cell as JSON has it."""
    return number(cell) if isinstance(cell, float) else cell


def rows_listed(table: Table) -> int:
    """How many rows are listed at once: fewer of a wide table."""
    return min(MOST_ROWS, max(LEAST_ROWS, MOST_CELLS // len(table.columns)))


def plane_of(table: Table, inputs: tuple[str, ...], targets: tuple[str, ...]) -> dict[str, Any] | None:
    """The plane of two inputs of numbers, where there is one target."""
    numbers = [name for name in inputs if table.columns[name].kind == "number"]
    if len(inputs) != 2 or len(numbers) != 2 or len(targets) != 1:
        return None
    x, y = (axis_of(name, table.columns[name]) for name in numbers)
    return {"x": x, "y": y, "target": told_apart(targets[0], table.columns[targets[0]])}


def axis_of(name: str, column: Column) -> dict[str, Any]:
    """An axis with room around its points.

    - `step`: what a place is rounded to, a power of ten; `decimals` says the same; `nudge`: what a key moves by
    """
    present = column.values[~column.missing]
    low, high = (float(present.min()), float(present.max())) if len(present) else (0.0, 1.0)
    width = (high - low) or max(abs(high), 1.0)
    power = floor(log10(width / STEPS) + 1e-9)
    step, decimals = 10.0**power, max(-power, 0)
    return {
        "name": name,
        "low": round(floor((low - MARGIN * width) / step) * step, decimals),
        "high": round(ceil((high + MARGIN * width) / step) * step, decimals),
        "step": step,
        "decimals": decimals,
        "nudge": NUDGE * step,
    }


def told_apart(name: str, column: Column) -> dict[str, Any]:
    """A target as classes in order, as they are typed; or as numbers from the lowest to the highest."""
    present = column.values[~column.missing]
    if names_classes(column):
        classes = sorted({str(each) for each in present}) if column.kind == "text" else labels(column)
        return {"name": name, "classes": classes}
    return {"name": name, "classes": None, "low": float(present.min()), "high": float(present.max())}


def labels(column: Column) -> list[str]:
    """The different values of numbers or truth values, in order, as they are typed."""
    present = np.unique(column.values[~column.missing])
    return [label or "" for label in type(column)(column.kind, present).labels()]


PANEL = Panel("data", "Data", fits, draw, Rows, is_of_place=False)

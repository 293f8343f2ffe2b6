"""The prepared rows in a program: written down in it or read from a file beside it, and taken batch by batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from whygrad.code.layout import fitted, indented
from whygrad.code.literal import table
from whygrad.notation.name import visible

if TYPE_CHECKING:
    from whygrad.code.recipe import Array, Recipe, Rows


def rows_in_arrays(recipe: Recipe, dtype: str, make: str = "np.array") -> list[str]:
    """The prepared rows as arrays that `make` makes: `inputs` and `targets`, and those of the validation rows."""
    rows = recipe.rows
    comment = ", ".join(rows.columns)
    if rows.file:
        read = f'np.loadtxt(Path(__file__).with_name("{rows.file}"), delimiter=",", skiprows=1, ndmin=2'
        lines = [f"# The prepared rows: {comment}", *fitted(f"table = {made(read, dtype, make)}")]
        lines = [shortened(lines[0]), *lines[1:]]
    else:
        inside = table("", both_parts(recipe), shortened(comment), "[]")
        lines = [f"table = {make}(", *indented([*inside[:-1], f"{inside[-1]},", f"dtype={dtype},"]), ")"]
    parts = {"": rows.training, "validation_": rows.validation}
    start, width = 0, rows.features
    for part, values in parts.items():
        if not len(values):
            continue
        chosen = f"{start or ''}:{start + len(values)}" if len(rows.validation) else ":"
        lines += fitted(f"{part}inputs, {part}targets = table[{chosen}, :{width}], table[{chosen}, {width}:]")
        start += len(values)
    return lines


def made(read: str, dtype: str, make: str) -> str:
    """What a call of NumPy reads, as an array of the program's own."""
    return f"{read}, dtype={dtype})" if make == "np.array" else f"{make}({read}), dtype={dtype})"


def rows_in_lists(recipe: Recipe) -> list[str]:
    """The prepared rows as lists: `inputs` and `targets`, a number for each row where there is only one column."""
    rows, width = recipe.rows, recipe.rows.features
    comment = ", ".join(rows.columns)
    within = table("table = ", both_parts(recipe), shortened(comment))
    lines = table_from_file(rows, "table") if rows.file else within
    first = "row[0]" if width == 1 else f"row[:{width}]"
    last = f"row[{width}]" if len(rows.columns) == width + 1 else f"row[{width}:]"
    start = 0
    for part, values in {"": rows.training, "validation_": rows.validation}.items():
        if not len(values):
            continue
        chosen = f"table[{start or ''}:{start + len(values)}]" if len(rows.validation) else "table"
        lines += [f"{part}inputs = [{first} for row in {chosen}]", f"{part}targets = [{last} for row in {chosen}]"]
        start += len(values)
    return lines


def table_from_file(rows: Rows, name: str) -> list[str]:
    """The prepared rows, read from the file beside the program."""
    return [
        shortened(f"# The prepared rows: {', '.join(rows.columns)}"),
        f'with open(Path(__file__).with_name("{rows.file}"), newline="") as file:',
        f"    {name} = [[float(number) for number in row] for row in list(csv.reader(file))[1:]]",
    ]


def both_parts(recipe: Recipe) -> Array:
    """Training rows, then validation rows."""
    return np.vstack([recipe.rows.training, recipe.rows.validation])


def shortened(comment: str, most: int = 90) -> str:
    """A comment that fits a line, and stays one."""
    comment = visible(comment)
    return comment if len(comment) <= most else f"{comment[: most - 4].rpartition(',')[0]}, ..."


def picked_in_arrays(which: str) -> str:
    """The line that takes the rows of a batch out of arrays; a single row as an array of one."""
    index = "[row : row + 1]" if which == "row" else which if which[:1] == "[" else f"[{which}]" if which else ""
    return f"x, y = inputs{index}, targets{index}"


def picked_in_lists(which: str) -> list[str]:
    """The lines that take the rows of a batch out of lists."""
    if which in ("batch", "order"):
        return [f"x = [inputs[row] for row in {which}]", f"y = [targets[row] for row in {which}]"]
    index = which if which[:1] == "[" else f"[{which}]" if which else ""
    return [f"x, y = inputs{index}, targets{index}"]

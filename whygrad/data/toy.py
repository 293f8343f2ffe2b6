"""Small made-up data sets: logic tables, clouds of points in the plane, and curves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from whygrad.data.stream import generator
from whygrad.data.table import Table, number_column, table_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from whygrad.spec import Toy

__all__ = ["toy_table"]

Array = NDArray[np.float64]
_CORNERS = np.array([(0, 0), (0, 1), (1, 0), (1, 1)], dtype=np.float64)
_LOGIC = {"xor": (0, 1, 1, 0), "and": (0, 0, 0, 1), "or": (0, 1, 1, 1)}


def toy_table(toy: Toy) -> Table:
    """The rows of a toy set: inputs x1 and x2 (or just x for linear and sine), target y.

    - xor, and, or: the four corners in the order (0,0), (0,1), (1,0), (1,1); with noise, `rows` noisy copies in turn
    - circles: radii 1 (class 0) and 0.5 (class 1); moons: two half circles of radius 1; spiral: two arms of one turn
    - gaussians: three classes, standard deviation 0.3 plus the noise, centres on the unit circle
    - linear: y = 2 x + 1 for x in -1..1; sine: y = sin(x) for x in -pi..pi; noise is added to y

    Classes take turns row by row. Noise is the standard deviation of what is added to each coordinate.
    """
    random = generator(toy.seed, "toy")
    if toy.name in ("linear", "sine"):
        return _curve(toy, random)
    inputs, classes = _logic(toy) if toy.name in _LOGIC else _CLOUDS[toy.name](toy.rows, random)
    if toy.noise:
        inputs = inputs + random.normal(0.0, toy.noise, inputs.shape)
    return _table({"x1": inputs[:, 0], "x2": inputs[:, 1], "y": classes}, toy)


def _logic(toy: Toy) -> tuple[Array, Array]:
    turns = np.arange(toy.rows if toy.noise else 4) % 4
    return _CORNERS[turns], np.array(_LOGIC[toy.name], dtype=np.float64)[turns]


def _curve(toy: Toy, random: np.random.Generator) -> Table:
    reach = 1.0 if toy.name == "linear" else np.pi
    x = random.uniform(-reach, reach, toy.rows)
    y = 2.0 * x + 1.0 if toy.name == "linear" else np.sin(x)
    return _table({"x": x, "y": y + random.normal(0.0, 1.0, toy.rows) * toy.noise}, toy)


def _table(columns: dict[str, Array], toy: Toy) -> Table:
    pairs = [(name, number_column(values)) for name, values in columns.items()]
    return table_of(pairs, source=f"toy set {toy.name}", target=("y",))


def _on_circle(angle: Array, radius: Array) -> Array:
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])


def _turns(rows: int, classes: int) -> Array:
    return (np.arange(rows) % classes).astype(np.float64)


def _circles(rows: int, random: np.random.Generator) -> tuple[Array, Array]:
    classes = _turns(rows, 2)
    return _on_circle(random.uniform(0.0, 2.0 * np.pi, rows), 1.0 - 0.5 * classes), classes


def _moons(rows: int, random: np.random.Generator) -> tuple[Array, Array]:
    classes = _turns(rows, 2)
    upper = _on_circle(random.uniform(0.0, np.pi, rows), np.ones(rows))
    lower = np.array([1.0, 0.5]) - upper
    return np.where(classes[:, None] == 0.0, upper, lower), classes


def _spiral(rows: int, random: np.random.Generator) -> tuple[Array, Array]:
    classes = _turns(rows, 2)
    along = np.sqrt(random.uniform(0.01, 1.0, rows))
    return _on_circle(2.0 * np.pi * along + np.pi * classes, along), classes


def _gaussians(rows: int, random: np.random.Generator) -> tuple[Array, Array]:
    classes = _turns(rows, 3)
    centres = _on_circle(np.pi / 2.0 + 2.0 * np.pi * classes / 3.0, np.ones(rows))
    return centres + random.normal(0.0, 0.3, (rows, 2)), classes


_CLOUDS: dict[str, Callable[[int, np.random.Generator], tuple[Array, Array]]] = {
    "circles": _circles,
    "moons": _moons,
    "spiral": _spiral,
    "gaussians": _gaussians,
}

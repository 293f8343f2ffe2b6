"""Whole epochs of a network by compiled loops over arrays, for those too large to be written number by number."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from whygrad.errors.run import EngineUnfit
from whygrad.graph import UPDATES
from whygrad.run.fast.compiled import compiled
from whygrad.run.fast.loops.open_rows import RowsDecide, opened
from whygrad.run.fast.loops.source import loop_source
from whygrad.run.fast.numbers.straight import Ran

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from whygrad.run.engine import Engine
    from whygrad.run.predictor import States

BYTES_AT_MOST: Final = 8 * 2**20  # of what some epochs give before anybody looks at it
PIECE: Final = 4 * 2**20  # bytes: what NumPy asks for in so large a piece comes in large pages, which is sooner there


@dataclass(frozen=True, eq=False)
class Given:
    """The rows of one epoch: those of a table, in an order; `is_in_order` where it is the table's own.

    What is the same table for several epochs is the same object.
    """

    inputs: NDArray[Any]
    targets: NDArray[Any]
    order: NDArray[np.int64]
    is_in_order: bool


class Room:
    """Room for what epochs give, one behind the other: a large piece is taken when it is needed, then cut up."""

    def __init__(self, shape: tuple[int, ...], dtype: type[np.floating[Any]]) -> None:
        self.bytes = max(1, prod(shape)) * np.dtype(dtype).itemsize
        self.piece, self.used = np.empty((0, *shape), dtype), 0

    def take(self, epochs: int) -> NDArray[Any]:
        """Room for some epochs; what was in it before is not cleared."""
        if self.used + epochs > len(self.piece):
            longer = max(epochs, -(-PIECE // self.bytes))
            self.piece, self.used = np.empty((longer, *self.piece.shape[1:]), self.piece.dtype), 0
        self.used += epochs
        return self.piece[self.used - epochs : self.used]


class Arrays:
    """The training of one network as one function. Raises EngineUnfit (WG504)."""

    takes_rows: Final = True

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.sizes = tuple(engine.steps)
        self.step, _ = engine.ready(self.sizes[0])
        try:
            step = opened(engine.step_for, self.sizes)
        except RowsDecide:
            reason = "the number of rows of a batch decides what is computed"
            raise EngineUnfit("compiled", reason, ("interpreter", "numpy")) from None
        self.source = loop_source(step, engine.dtype)
        self.text = self.source.text
        self.spans = {
            name: (slice(start, start + prod(shape)), shape) for name, (start, shape) in self.source.layout.items()
        }
        self.rooms: dict[tuple[int, ...], Room] = {}
        self.function = compiled(self.text, "train", self.source.inner, self.source.in_order, any_order=True)

    def at_most(self, rows: int, epochs: int) -> int:
        """How many epochs of so many rows, of those wished for, may run at one go, by the memory that they take."""
        numbers = self.source.length + rows * self.outputs + sum(rows * prod(shape) for shape in self.masked().values())
        return max(1, min(epochs, BYTES_AT_MOST // (numbers * np.dtype(self.engine.dtype).itemsize)))

    @property
    def outputs(self) -> int:
        """How many numbers are said of a row."""
        return prod(self.step.outputs["prediction"].shape[1:])

    def masked(self) -> dict[str, tuple[int, ...]]:
        """The masks that are drawn for every update, and the shape of each for one row."""
        return {name: self.step.inputs[name].shape[1:] for name in self.step.masks}

    def run(self, states: States, epochs: Sequence[Given]) -> Ran:
        """Go through epochs from some states on."""
        source, count = self.source, len(epochs)
        rows = len(epochs[0].order)
        updates = -(-rows // self.sizes[0])
        said = self.room((rows, *self.step.outputs["prediction"].shape[1:]), count)
        figures = np.empty((count, updates, len(source.figures)))
        units_open = np.zeros((count, sum(source.gates.values())), np.bool_)
        trail = self.room((source.length,), count)
        trail[0] = 0  # between states is nothing
        for name, (span, _) in self.spans.items():
            trail[0, span] = np.ravel(states[name])
        single_trail = np.empty((count, len(source.singles)))
        given, order = self.tables(epochs)
        given |= self.masks(int(states[UPDATES]), count, rows)
        self.function(
            *(given[name] for name in source.batched),
            *source.constants,
            *(order, all(each.is_in_order for each in epochs)),
            np.array([float(states[name]) for name in source.singles]),
            *(said, figures, units_open, trail, single_trail),
        )
        return self.told(said, figures, units_open, trail, single_trail)

    def room(self, shape: tuple[int, ...], epochs: int) -> NDArray[Any]:
        """Room for an array of some epochs."""
        return self.rooms.setdefault(shape, Room(shape, self.engine.dtype)).take(epochs)

    def tables(self, epochs: Sequence[Given]) -> tuple[dict[str, Any], NDArray[np.int64]]:
        """The rows that are learned from, each table once, and which of them each epoch takes."""
        tables = list({id(each.inputs): each for each in epochs}.values())
        starts = np.cumsum([0, *(len(each.inputs) for each in tables)])
        first = {id(each.inputs): start for each, start in zip(tables, starts, strict=False)}
        order = np.empty((len(epochs), len(epochs[0].order)), np.int64)
        for row, each in zip(order, epochs, strict=True):
            np.add(each.order, first[id(each.inputs)], out=row)
        dtype = self.engine.dtype
        if len(tables) == 1:
            x, y = tables[0].inputs, tables[0].targets
        else:
            x, y = (np.concatenate([getattr(each, part) for each in tables]) for part in ("inputs", "targets"))
        return {"x": locked(x, dtype), "y": locked(y, dtype)}, order

    def masks(self, update: int, epochs: int, rows: int) -> dict[str, Any]:
        """The masks of every update, drawn as the interpreter draws them."""
        found = {name: np.empty((epochs, rows, *shape), self.engine.dtype) for name, shape in self.masked().items()}
        for epoch in range(epochs if found else 0):
            for start in range(0, rows, self.sizes[0]):
                size = min(self.sizes[0], rows - start)
                noise = self.engine.noise(update)
                for name, keep in self.step.masks.items():
                    drawn = noise.random((size, *self.masked()[name]))
                    found[name][epoch, start : start + size] = drawn < keep
                update += 1
        return found

    def told(self, said: Any, figures: Any, units_open: Any, trail: Any, singles: Any) -> Ran:
        """What some epochs gave, as figures by name."""
        rows, updates = said.shape[1], figures.shape[1]
        sizes = [min(self.sizes[0], rows - start) for start in range(0, rows, self.sizes[0])]
        added, last = figures.sum(axis=1), figures[:, -1]
        sums = {
            name: (added if name == "error" or "/" in name else last)[:, place]
            for place, name in enumerate(self.source.figures)
        }
        ends = np.cumsum([0, *self.source.gates.values()])
        gates = {
            layer: units_open[:, start:end]
            for layer, start, end in zip(self.source.gates, ends[:-1], ends[1:], strict=True)
        }
        after, finite = [*zip(trail, singles, strict=True)], trail.sum(axis=1) + singles.sum(axis=1)
        errors = figures[:, :, self.source.figures.index("error")]
        return Ran(said, updates, sums, gates, after, finite, errors, tuple(sizes))

    def states(self, numbers: tuple[NDArray[Any], NDArray[np.float64]]) -> States:
        """The states that an entry of a trail is: looked at where they lie, not copied."""
        flat, singles = numbers
        flat = flat.view()
        flat.flags.writeable = False
        found: dict[str, Any] = {}
        for name in self.step.states:
            if name in self.spans:
                span, shape = self.spans[name]
                found[name] = flat[span].reshape(shape)
            else:
                found[name] = np.float64(singles[self.source.singles.index(name)])
        return found


def locked(array: NDArray[Any], dtype: type[np.floating[Any]]) -> NDArray[Any]:
    """An array in the run's precision as Numba wants it: in C order, and always locked: else it compiles twice."""
    found = np.ascontiguousarray(array, dtype).view()
    found.flags.writeable = False
    return found

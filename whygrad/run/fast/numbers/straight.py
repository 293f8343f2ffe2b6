"""Whole epochs of a tiny network by straight code on single numbers, interpreted by Python or compiled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from math import isfinite, prod
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from whygrad.graph import GATE
from whygrad.run.fast.compiled import compiled, functions_of
from whygrad.run.fast.numbers.source import compiled_source, python_source

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from whygrad.graph import Step
    from whygrad.run.predictor import States

    Array = NDArray[np.float64]

SECONDS_A_LINE: Final = {"python": 5e-8, "compiled": 2e-9}  # of generated code: as long as it may well take


@dataclass(frozen=True, eq=False)
class Ran:
    """What some epochs gave, each array with the epochs in front.

    - `said`: what was said in them, each epoch in order; `updates`: how many updates each has.
    - `figures`: sums over the updates, or the last, by name, (epochs,).
    - `open`: by layer, which units were open for any row, (epochs, units).
    - `trail`: the states after them; `sums`: a number for each that is finite where all of them are.
    - `errors`: the loss of each update, (epochs, updates), where they have different numbers of rows, `sizes`.
    """

    said: NDArray[Any]
    updates: int
    figures: Mapping[str, Array]
    open: Mapping[str, Any]
    trail: Sequence[Any]
    sums: Array
    errors: Array | None = None
    sizes: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.trail)

    def finite(self) -> int:
        """How many epochs from the start have nothing but finite numbers."""
        sums = self.sums + self.said.reshape(len(self), -1).sum(axis=1) + sum(self.figures.values())
        faulty = np.flatnonzero(~np.isfinite(sums))
        return int(faulty[0]) if len(faulty) else len(self)

    @property
    def told(self) -> Ran:
        """Itself: everything is an array already."""
        return self


@dataclass(frozen=True, eq=False)
class Kept:
    """What some epochs of a tiny network gave, as arrays or as lists of numbers; made into figures when it is asked for.

    - `said`: the numbers said in them, one behind the other; `updates`: how many updates each has.
    - `figures`: of each epoch, the sums of the figures and the open units; `trail`: the states after it.
    - `is_sound`: whether all that was given was finite.
    """

    straight: Straight
    updates: int
    said: Any
    figures: Any
    trail: Sequence[Any]
    is_sound: bool

    def __len__(self) -> int:
        return len(self.trail)

    def finite(self) -> int:
        """How many epochs from the start have nothing but finite numbers."""
        if not len(self) or not self.is_sound:
            return 0
        last = self.trail[-1:] if self.straight.is_steady else self.trail
        whole = sum(map(total, (self.said, self.figures, last)))
        return len(self) if isfinite(whole) else self.told.finite()

    @cached_property
    def told(self) -> Ran:
        """All of it as arrays."""
        straight, count = self.straight, len(self)
        figures, trail = np.asarray(self.figures, np.float64), np.asarray(self.trail, np.float64)
        said = np.asarray(self.said, np.float64).reshape(count, self.updates, straight.said)
        named = dict(zip(straight.figures, figures.T, strict=False))
        ends = np.cumsum([len(straight.figures), *straight.gates.values()])
        bounds = zip(straight.gates, ends[:-1], ends[1:], strict=True)
        flags = {layer: figures[:, start:end] > 0 for layer, start, end in bounds}
        return Ran(said, self.updates, named, flags, trail, trail.sum(axis=1))


def total(numbers: Any) -> float:
    """The sum of all numbers of an array, a list, or a list of tuples."""
    if isinstance(numbers, np.ndarray):
        return float(numbers.sum())
    return float(sum(map(sum, numbers) if numbers and isinstance(numbers[0], tuple) else numbers))


@dataclass(frozen=True, eq=False)
class Same(Sequence[Any]):
    """One thing, so many times."""

    item: Any
    count: int

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return Same(self.item, len(range(self.count)[place]))
        return (self.item, range(self.count)[place])[0]


class Shaped(Mapping[str, Any]):
    """States that are numbers one behind the other, made into arrays when one is asked for."""

    def __init__(self, straight: Straight, numbers: Any) -> None:
        self.straight, self.numbers = straight, numbers

    @cached_property
    def arrays(self) -> dict[str, Any]:
        """The states by name."""
        numbers = np.array(self.numbers, np.float64)
        numbers.flags.writeable = False
        found = {name: numbers[where].reshape(shape) for name, where, shape in self.straight.places}
        return {name: value if value.shape else np.float64(value) for name, value in found.items()}

    def __getitem__(self, name: str) -> Any:
        return self.arrays[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.arrays)

    def __len__(self) -> int:
        return len(self.straight.places)


class Straight:
    """The training of one network as one function.

    - `takes_rows`: whether it is given an epoch's rows and their order, rather than its batches.
    - `is_steady`: whether a state that is not finite stays so, whatever the updates that follow.
    - `places`: of each state, its name, where its numbers stand among those of all, and its shape.
    """

    takes_rows: Final = False

    def __init__(self, step: Step, kind: Literal["python", "compiled"]) -> None:
        self.step, self.kind = step, kind
        source = python_source(step) if kind == "python" else compiled_source(step)
        self.text, self.figures, self.is_steady = source.text, source.figures, source.is_steady
        self.function = functions_of(source.text)["train"] if kind == "python" else compiled(source.text, "train")
        self.gates = {
            name.removeprefix(GATE): prod(node.shape) for name, node in step.outputs.items() if name.startswith(GATE)
        }
        self.said = prod(step.outputs["prediction"].shape)
        ends = np.cumsum([0, *(prod(leaf.shape) for leaf in step.states.values())]).tolist()
        bounds = zip(ends[:-1], ends[1:], step.states.items(), strict=True)
        self.places = [(name, slice(start, end), leaf.shape) for start, end, (name, leaf) in bounds]

    def at_first(self, updates: int, seconds: float) -> int:
        """How many epochs of so many updates take no longer than that, as far as the length of the code tells."""
        return max(1, int(seconds / (SECONDS_A_LINE[self.kind] * self.text.count("\n") * max(updates, 1))))

    def at_most(self, rows: int, epochs: int) -> int:  # noqa: ARG002 (tiny networks have few rows)
        """How many epochs, of those wished for, may run at one go."""
        return epochs

    def run(self, states: States, epochs: Sequence[Array]) -> Kept:
        """Go through epochs, each (updates, numbers given), from some states on.

        Python stops at an overflow or a division by zero, which give no number there: then there are fewer epochs.
        """
        state = np.concatenate([np.ravel(states[name]) for name, _, _ in self.places]).astype(np.float64)
        tables = [epochs[0]] if isinstance(epochs, Same) else list(epochs)
        rows = tables[0] if len(tables) == 1 else np.concatenate(tables)
        run = self._python if self.kind == "python" else self._compiled
        return Kept(self, len(tables[0]), *run(state, rows, len(tables), len(epochs)), bool(np.isfinite(rows.sum())))

    def _python(self, state: Array, rows: Array, tables: int, epochs: int) -> tuple[Any, Any, Any]:
        said: list[float] = []
        figures: list[tuple[float, ...]] = []
        trail: list[tuple[float, ...]] = []
        every = rows.reshape(tables, -1, rows.shape[1]).tolist()
        with suppress(ArithmeticError, ValueError):  # the epoch in which it happens leaves no trail
            self.function(state.tolist(), every if tables == epochs else every * epochs, said, figures, trail)
        count = len(trail)
        del figures[count:], said[count * len(every[0]) * self.said :]
        return said, figures, trail

    def _compiled(self, state: Array, rows: Array, tables: int, epochs: int) -> tuple[Array, Array, Array]:
        updates = len(rows) // tables
        starts = np.arange(tables) * updates if tables == epochs else np.zeros(epochs, np.int64)
        said = np.empty((epochs, updates, self.said))
        figures = np.empty((epochs, len(self.figures) + sum(self.gates.values())))
        trail = np.empty((epochs, len(state)))
        self.function(state, rows, starts, updates, said, figures, trail)
        return said, figures, trail

    def states(self, numbers: Any) -> States:
        """The states that some numbers of a trail are."""
        return Shaped(self, np.array(numbers) if isinstance(numbers, np.ndarray) else numbers)

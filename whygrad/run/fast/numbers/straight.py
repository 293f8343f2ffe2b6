"""Whole epochs of a tiny network by straight code on single numbers, interpreted by Python or compiled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from math import inf, isfinite, prod
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
        return len(self.sums)

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
    """What some epochs of a tiny network gave, as arrays or as lists of numbers; made into figures when asked for.

    - `start`: the states before them; `said`: the numbers said, one behind the other; `updates`: of each epoch.
    - `figures`: of each epoch, the sums of the figures and the open units.
    - `marks`: the states after every `apart` epochs, and those after the last.
    """

    straight: Straight
    start: States
    epochs: Sequence[Array]
    apart: int
    updates: int
    said: Any
    figures: Any
    marks: Any

    def __len__(self) -> int:
        return len(self.figures)

    @cached_property
    def is_finite(self) -> bool:
        """Whether all numbers are, all epochs having been made."""
        marks = self.marks[-1:] if self.straight.is_steady else self.marks
        whole = sum(map(total, (self.said, self.figures, marks))) if len(self) == len(self.epochs) else inf
        return isfinite(whole)

    def finite(self) -> int:
        """How many epochs from the start have nothing but finite numbers."""
        return len(self) if self.is_finite else self.told.finite() if len(self) else 0

    def states(self, number: int) -> States:
        """The states after an epoch, counted from 0; between two marks they are computed again."""
        place, more = divmod(number + 1, self.apart)
        if not more or number + 1 == len(self):
            return self.straight.shaped(self.marks[-1 if more else place - 1])
        start = self.straight.shaped(self.marks[place - 1]) if place else self.start
        straight, epochs = self.straight, self.epochs[place * self.apart : number + 1]
        return Later(lambda: straight.run(start, epochs, more).states(more - 1))

    @cached_property
    def told(self) -> Ran:
        """All of it as arrays."""
        straight, count = self.straight, len(self)
        figures = np.asarray(self.figures, np.float64)
        said = np.asarray(self.said, np.float64).reshape(count, self.updates, straight.said)
        named = dict(zip(straight.figures, figures.T, strict=False))
        ends = np.cumsum([len(straight.figures), *straight.gates.values()])
        bounds = zip(straight.gates, ends[:-1], ends[1:], strict=True)
        flags = {layer: figures[:, start:end] > 0 for layer, start, end in bounds}
        sums = np.asarray(self.marks, np.float64)[:count].sum(axis=1) if self.apart == 1 else np.zeros(count)
        return Ran(said, self.updates, named, flags, (), sums)


def total(numbers: Any) -> float:
    """The sum of all numbers of an array, a list, or a list of tuples."""
    if isinstance(numbers, np.ndarray):
        return float(numbers.sum())
    return float(sum(map(sum, numbers) if numbers and isinstance(numbers[0], tuple) else numbers))


@dataclass(frozen=True, eq=False)
class Same(Sequence[Any]):
    """One thing, so many times."""

    item: Any
    times: int

    def __len__(self) -> int:
        return self.times

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return Same(self.item, len(range(self.times)[place]))
        return (self.item, range(self.times)[place])[0]

    def __iter__(self) -> Iterator[Any]:
        return repeat(self.item, self.times)


class Later(Mapping[str, Any]):
    """States that are made when one of them is asked for."""

    def __init__(self, make: Callable[[], States]) -> None:
        self.make = make

    @cached_property
    def states(self) -> States:
        """Those that they are."""
        return self.make()

    def __getitem__(self, name: str) -> Any:
        return self.states[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.states)

    def __len__(self) -> int:
        return len(self.states)


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

    def run(self, states: States, epochs: Sequence[Array], apart: int = 1) -> Kept:
        """Go through epochs, each (updates, numbers given), from some states on, and keep those after every few.

        Python stops at an overflow or a division by zero, which give no number there: then there are fewer epochs.
        """
        tables = [epochs[0]] if isinstance(epochs, Same) else list(epochs)
        rows = tables[0] if len(tables) == 1 else np.concatenate(tables)
        run = self._python if self.kind == "python" else self._compiled
        apart = apart if self.is_steady else 1
        said, figures, marks = run(self.numbers(states), rows, len(tables), len(epochs), apart)
        if not np.isfinite(rows.sum()):  # a shut gate would not let it pass
            said, figures, marks = said[:0], figures[:0], marks[:0]
        found = Kept(self, states, epochs, apart, len(tables[0]), said, figures, marks)
        return found if apart == 1 or found.is_finite else self.run(states, epochs)

    def numbers(self, states: States) -> Array:
        """The numbers of all states, one behind the other."""
        return np.concatenate([np.ravel(states[name]) for name, _, _ in self.places]).astype(np.float64)

    def _python(self, state: Array, rows: Array, tables: int, epochs: int, apart: int) -> tuple[Any, Any, Any]:
        said: list[float] = []
        figures: list[tuple[float, ...]] = []
        marks: list[tuple[float, ...]] = []
        every = rows.reshape(tables, -1, rows.shape[1]).tolist()
        with suppress(ArithmeticError, ValueError):  # the epoch in which it happens has no figures
            self.function(state.tolist(), every if tables == epochs else every * epochs, apart, said, figures, marks)
        del said[len(figures) * len(every[0]) * self.said :]
        return said, figures, marks

    def _compiled(self, state: Array, rows: Array, tables: int, epochs: int, apart: int) -> tuple[Array, Array, Array]:
        updates = len(rows) // tables
        starts = np.arange(tables) * updates if tables == epochs else np.zeros(epochs, np.int64)
        said = np.empty((epochs, updates, self.said))
        figures = np.empty((epochs, len(self.figures) + sum(self.gates.values())))
        marks = np.empty((epochs // apart + 1, len(state)))
        self.function(state, rows, starts, updates, apart, said, figures, marks)
        return said, figures, marks

    def shaped(self, numbers: Any) -> States:
        """The states that some numbers are."""
        kept = numbers.copy() if isinstance(numbers, np.ndarray) else numbers
        return Later(lambda: self.arrays(np.array(kept, np.float64)))

    def arrays(self, numbers: Array) -> States:
        """The states that some numbers are, each as an array that nobody can change."""
        numbers.flags.writeable = False
        found = {name: numbers[where].reshape(shape) for name, where, shape in self.places}
        return {name: value if value.shape else np.float64(value) for name, value in found.items()}

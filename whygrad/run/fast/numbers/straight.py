"""Whole epochs of a tiny network by straight code on single numbers, interpreted by Python or compiled."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from whygrad.graph import GATE
from whygrad.run.fast.compiled import compiled, functions_of
from whygrad.run.fast.numbers.source import compiled_source, python_source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from whygrad.graph import Step
    from whygrad.run.predictor import States

    Array = NDArray[np.float64]


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


class Straight:
    """The training of one network as one function.

    - `takes_rows`: whether it is given an epoch's rows and their order, rather than its batches.
    """

    takes_rows: Final = False

    def __init__(self, step: Step, kind: Literal["python", "compiled"]) -> None:
        self.step, self.kind = step, kind
        source = python_source(step) if kind == "python" else compiled_source(step)
        self.text, self.figures = source.text, source.figures
        self.function = functions_of(source.text)["train"] if kind == "python" else compiled(source.text, "train")
        self.gates = {
            name.removeprefix(GATE): prod(node.shape) for name, node in step.outputs.items() if name.startswith(GATE)
        }
        self.said = prod(step.outputs["prediction"].shape)

    def at_most(self, rows: int, epochs: int) -> int:  # noqa: ARG002 (tiny networks have few rows)
        """How many epochs, of those wished for, may run at one go."""
        return epochs

    def run(self, states: States, epochs: Sequence[Array]) -> Ran:
        """Go through epochs, each (updates, numbers given), from some states on.

        Python stops at an overflow or a division by zero, which give no number there: then there are fewer epochs.
        """
        state = np.concatenate([np.ravel(states[name]) for name in self.step.states]).astype(np.float64)
        said, figures, trail = (self._python if self.kind == "python" else self._compiled)(state, epochs)
        named = dict(zip(self.figures, figures.T, strict=False))
        ends = np.cumsum([len(self.figures), *self.gates.values()])
        flags = {
            layer: figures[:, start:end] > 0 for layer, start, end in zip(self.gates, ends[:-1], ends[1:], strict=True)
        }
        return Ran(said, len(epochs[0]), named, flags, list(trail), trail.sum(axis=1))

    def _python(self, state: Array, epochs: Sequence[Array]) -> tuple[Array, Array, Array]:
        said: list[Any] = []
        figures: list[Any] = []
        trail: list[Any] = []
        same = {id(rows): rows.tolist() for rows in epochs}
        with suppress(ArithmeticError, ValueError):  # the epoch in which it happens leaves no trail
            self.function(state.tolist(), (same[id(rows)] for rows in epochs), said, figures, trail)
        count = len(trail)
        del figures[count:], said[count * len(epochs[0]) * self.said :]
        spoken = np.array(said, np.float64).reshape(count, len(epochs[0]), self.said)
        columns = len(self.figures) + sum(self.gates.values())
        return spoken, np.array(figures).reshape(count, columns), np.array(trail).reshape(count, len(state))

    def _compiled(self, state: Array, epochs: Sequence[Array]) -> tuple[Array, Array, Array]:
        different = list({id(rows): rows for rows in epochs}.values())
        number = {id(rows): place for place, rows in enumerate(different)}
        updates = len(epochs[0])
        first = np.array([number[id(rows)] for rows in epochs]) * updates
        order = first[:, None] + np.arange(updates)
        said = np.empty((len(epochs), updates, self.said))
        figures = np.empty((len(epochs), len(self.figures) + sum(self.gates.values())))
        trail = np.empty((len(epochs), len(state)))
        self.function(state, np.concatenate(different), order, said, figures, trail)
        return said, figures, trail

    def states(self, numbers: Array) -> States:
        """The states that some numbers of a trail are."""
        found: dict[str, Any] = {}
        place = 0
        for name, leaf in self.step.states.items():
            size = prod(leaf.shape)
            value = numbers[place : place + size].reshape(leaf.shape)
            found[name] = value.copy() if leaf.shape else np.float64(value)
            if leaf.shape:
                found[name].flags.writeable = False
            place += size
        return found

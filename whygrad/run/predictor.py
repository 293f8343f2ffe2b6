"""A network that only predicts: a program per number of rows, made when first needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from whygrad.run.interpreter import Program, prepare

if TYPE_CHECKING:
    from whygrad.dataset import Part
    from whygrad.graph import Expr, Forward

States = Mapping[str, Any]  # the value of each state by name; never changed in place


def cast(value: Any, dtype: type[np.floating[Any]]) -> Any:
    """An array in the run's dtype; single numbers stay double."""
    return np.asarray(value, dtype=dtype if np.ndim(value) else np.float64)


@dataclass(eq=False)
class Predictor:
    """Runs a network forward; `forward_for` gives the graph for a number of rows.

    `programs`: by number of rows, and by the names of the arrays that are wanted (none: the graph's outputs).
    """

    forward_for: Callable[[int], Forward]
    dtype: type[np.floating[Any]] = np.float64
    programs: dict[tuple[int, tuple[str, ...]], tuple[Forward, Program]] = field(default_factory=dict)

    def predict(self, states: States, inputs: Any) -> Any:
        """What the network says of some inputs (rows, features): (rows, outputs)."""
        return self._run(states, inputs, None)[0]

    def judge(self, states: States, part: Part) -> tuple[Any, float]:
        """What the network says of a part, (rows, outputs), and its reported loss there."""
        said, error = self._run(states, part.inputs, part.targets)
        return said, float(error)

    def inner(self, states: States, inputs: Any, symbols: tuple[str, ...]) -> list[Any]:
        """The arrays of these names ("hidden.out") on the way from some inputs. Raises UnknownName (WG105)."""
        graph, program, memory = self._memory(states, inputs, None, symbols)
        return [memory[program.slots[graph.names.node(symbol)]] for symbol in symbols]

    def _run(self, states: States, inputs: Any, targets: Any) -> tuple[Any, Any]:
        """The prediction and its loss; without targets the loss means nothing."""
        graph, program, memory = self._memory(states, inputs, targets, ())
        said, error = (memory[program.slots[graph.outputs[name]]] for name in ("prediction", "error"))
        return said, error

    def _memory(
        self, states: States, inputs: Any, targets: Any, symbols: tuple[str, ...]
    ) -> tuple[Forward, Program, list[Any]]:
        """A program for these rows, after it has run."""
        graph, program = self._ready(len(inputs), symbols)
        x, y = graph.inputs["x"], graph.inputs["y"]
        values: dict[Expr, Any] = {leaf: cast(states[name], self.dtype) for name, leaf in graph.states.items()}
        values[x] = cast(inputs, self.dtype)
        values[y] = cast(np.zeros(y.shape) if targets is None else targets, self.dtype)
        with np.errstate(all="ignore"):
            return graph, program, program.run(values)

    def _ready(self, rows: int, symbols: tuple[str, ...]) -> tuple[Forward, Program]:
        key = rows, symbols
        if key not in self.programs:
            graph = self.forward_for(rows)
            roots = map(graph.names.node, symbols) if symbols else graph.outputs.values()
            self.programs[key] = graph, prepare(roots, self.dtype)
        return self.programs[key]

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


def frozen(value: Any) -> Any:
    """A state that nobody can change: a run's past must stay what it was, whoever reads it."""
    if isinstance(value, np.ndarray):
        value.flags.writeable = False
    return value


@dataclass(eq=False)
class Predictor:
    """Runs a network forward; `forward_for` gives the graph for a number of rows."""

    forward_for: Callable[[int], Forward]
    dtype: type[np.floating[Any]] = np.float64
    programs: dict[int, tuple[Forward, Program]] = field(default_factory=dict)

    def predict(self, states: States, inputs: Any) -> Any:
        """What the network says of some inputs (rows, features): (rows, outputs)."""
        return self._run(states, inputs, None)[0]

    def inside(self, states: States, inputs: Any) -> dict[str, Any]:
        """Every named array between some inputs (rows, features) and the prediction: "hidden.out" is (rows, units)."""
        graph, slots, memory = self._ran(states, inputs, None)
        return {name.symbol: memory[slots[node]] for node, name in graph.names.of.items() if node in slots}

    def judge(self, states: States, part: Part) -> tuple[Any, float]:
        """What the network says of a part, (rows, outputs), and its reported loss there."""
        said, error = self._run(states, part.inputs, part.targets)
        return said, float(error)

    def _run(self, states: States, inputs: Any, targets: Any) -> tuple[Any, Any]:
        """The prediction and its loss; without targets the loss means nothing."""
        graph, slots, memory = self._ran(states, inputs, targets)
        said, error = (memory[slots[graph.outputs[name]]] for name in ("prediction", "error"))
        return said, error

    def _ran(self, states: States, inputs: Any, targets: Any) -> tuple[Forward, Mapping[Expr, int], list[Any]]:
        """The graph for these inputs, the slot of each node, and the value of every slot."""
        rows = len(inputs)
        if rows not in self.programs:
            graph = self.forward_for(rows)
            self.programs[rows] = graph, prepare(graph.outputs.values(), self.dtype)
        graph, program = self.programs[rows]
        x, y = graph.inputs["x"], graph.inputs["y"]
        values: dict[Expr, Any] = {leaf: cast(states[name], self.dtype) for name, leaf in graph.states.items()}
        values[x] = cast(inputs, self.dtype)
        values[y] = cast(np.zeros(y.shape) if targets is None else targets, self.dtype)
        with np.errstate(all="ignore"):
            return graph, program.slots, program.run(values)

"""Many networks that differ in their numbers alone, updated together: one graph, run on arrays with an axis in front.

Each call of NumPy then does its work for all networks at once, which is what takes the time in small ones. The records'
values are those that one network is trained by; only what names an axis or a shape is told of the axis in front.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from whygrad.graph import UPDATES, Step
from whygrad.run.interpreter import Program, prepare
from whygrad.run.predictor import cast

if TYPE_CHECKING:
    from whygrad.graph import Apply, Expr
    from whygrad.graph.expr import Shape
    from whygrad.run.engine import Engine
    from whygrad.run.predictor import States

PLAIN: Final = (  # each acts on elements, or on the last two axes, so that axes in front are carried along
    *("absolute", "add", "asarray", "cos", "divide", "equal", "exp", "expm1", "floor", "greater", "log", "log1p"),
    *("matmul", "maximum", "minimum", "multiply", "negative", "power", "sin", "sqrt", "subtract", "tanh", "where"),
)


@dataclass(eq=False)
class Many:
    """Runs steps of many networks; `engine` is that of one of them, whose graphs are those of all.

    States, inputs, targets and masks have the networks along their first axis; what is the same for all of them may
    lack it. The number of updates made is the same for all.
    """

    engine: Engine
    steps: dict[int, tuple[Step, Program]] = field(default_factory=dict)

    def advance(self, states: States, x: Any, y: Any, masks: Mapping[str, Any]) -> tuple[States, Any, Any]:
        """One update: the states after it, and what was said and the loss before it, (networks, ...)."""
        step, program = self.ready(np.shape(y)[-2])
        values: dict[Expr, Any] = {leaf: states[name] for name, leaf in step.states.items()}
        given = {"x": x, "y": y, **masks}
        values |= {step.inputs[name]: cast(value, self.engine.dtype) for name, value in given.items()}
        with np.errstate(all="ignore"):
            memory = program.run(values)
        said, error = (memory[program.slots[step.outputs[name]]] for name in ("prediction", "error"))
        return {name: memory[program.slots[node]] for name, node in step.next.items()}, said, error

    def ready(self, rows: int) -> tuple[Step, Program]:
        """The step for a number of rows and its program."""
        if rows not in self.steps:
            step, _ = self.engine.ready(rows)
            roots = (*step.next.values(), step.outputs["prediction"], step.outputs["error"])
            self.steps[rows] = step, prepare(roots, self.engine.dtype, xp_for=carried)
        return self.steps[rows]


def stacked(every: Sequence[States]) -> dict[str, Any]:
    """The states of many networks as one: each array with the networks along a new first axis."""
    first = every[0]
    return {name: first[name] if name == UPDATES else np.stack([each[name] for each in every]) for name in first}


def kept(states: States, which: Any) -> dict[str, Any]:
    """The states of some of the networks."""
    return {name: value if name == UPDATES else value[which] for name, value in states.items()}


def carried(node: Apply) -> Any:
    """NumPy for one node of a graph: its axes and shapes are meant without those in front, which are carried along."""
    axes = len(node.arguments[0].shape)

    def in_front(x: Any, own: int) -> Shape:
        return tuple(np.shape(x)[: np.ndim(x) - own])

    def from_behind(axis: Sequence[int]) -> tuple[int, ...]:
        return tuple(each - axes for each in axis)

    def transpose(x: Any, order: Sequence[int]) -> Any:
        more = np.ndim(x) - len(order)
        return np.transpose(x, (*range(more), *(each + more for each in order)))

    return SimpleNamespace(
        **{name: getattr(np, name) for name in PLAIN},
        sum=lambda x, axis: np.sum(x, axis=from_behind(axis)),
        max=lambda x, axis: np.max(x, axis=from_behind(axis)),
        reshape=lambda x, shape: np.reshape(x, (*in_front(x, axes), *shape)),
        broadcast_to=lambda x, shape: np.broadcast_to(x, (*in_front(x, len(shape)), *shape)),
        transpose=transpose,
    )

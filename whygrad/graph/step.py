"""A training step: forward pass, loss, backward pass and update as one graph."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from whygrad.graph.expr import Expr, Input, State
    from whygrad.graph.names import Names

GATE = "gate/"  # before a layer's name: the output that says which of its units were open
UPDATES = "updates"  # the state of every step that counts how many came before it
RATE = "rate"  # the state that holds the training's learning rate, in a step that does not have it built in


@dataclass(frozen=True, eq=False)
class Step:
    """One update of a network, for one number of rows.

    - `inputs`: what arrives at each step, by name; shapes include the rows.
    - `states`: what persists, by name: parameters, the optimizer's memory, running statistics, the step count.
    - `next`: what each state becomes; writing in place is a planner's decision, never a node.
    - `parameters`: names of the states that are learned.
    - `loss`: the number that is differentiated (shape ()).
    - `adjoints`: node -> d loss / d node, for every node between the loss and the parameters.
    - `gradients`: parameter name -> the gradient its update uses (penalties and clipping included).
    - `masks`: names of inputs the runner draws itself -> the probability of a 1 in them, else 0 (dropout).
    - `outputs`: further nodes a run reports, by name: "prediction", "error", "learning_rate", statistics.
    - `names`: what people call the nodes.
    """

    inputs: Mapping[str, Input]
    states: Mapping[str, State]
    next: Mapping[str, Expr]
    parameters: tuple[str, ...]
    loss: Expr
    adjoints: Mapping[Expr, Expr]
    gradients: Mapping[str, Expr]
    outputs: Mapping[str, Expr]
    masks: Mapping[str, float]
    names: Names = field(repr=False)

    def roots(self) -> tuple[Expr, ...]:
        """Every node a full trace must give a value to."""
        return (
            self.loss,
            *self.next.values(),
            *self.outputs.values(),
            *self.adjoints.values(),
            *self.gradients.values(),
        )


@dataclass(frozen=True, eq=False)
class Forward:
    """A network that only predicts, for one number of rows: no dropout, running statistics where a layer has them.

    `outputs` holds at least "prediction" and "error" (the loss on these rows); `states` are a subset of a Step's.
    """

    inputs: Mapping[str, Input]
    states: Mapping[str, State]
    outputs: Mapping[str, Expr]
    names: Names = field(repr=False)

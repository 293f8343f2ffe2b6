"""What accumulates while a network's graph is built: its leaves, its names, what its running statistics become."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from whygrad.graph import Input, Name, State

if TYPE_CHECKING:
    from whygrad.build.plan import Parameter
    from whygrad.graph import Expr, Shape


@dataclass(eq=False)
class Assembly:
    """The parts of one graph under construction, for batches of `rows` rows.

    - `training`: whether masks are drawn and statistics come from the batch.
    - `next`: what running statistics become.
    - `masks`: inputs that the runner draws, with the probability of a 1.
    - `gates`: per layer whose units can be shut, the node that is positive where they are open.
    """

    rows: int
    training: bool
    inputs: dict[str, Input] = field(default_factory=dict)
    states: dict[str, State] = field(default_factory=dict)
    next: dict[str, Expr] = field(default_factory=dict)
    masks: dict[str, float] = field(default_factory=dict)
    gates: dict[str, Expr] = field(default_factory=dict)
    names: dict[Expr, Name] = field(default_factory=dict)

    def input(self, name: str, shape: Shape, short: str = "", labels: tuple[str, ...] = ()) -> Input:
        """A new input leaf, named."""
        leaf = self.inputs[name] = Input(shape, name)
        self.names[leaf] = Name(name, short, labels)
        return leaf

    def state(self, name: str, shape: Shape, labels: tuple[str, ...] = ()) -> State:
        """A new state leaf, named."""
        leaf = self.states[name] = State(shape, name)
        self.names[leaf] = Name(name, name, labels)
        return leaf

    def parameter(self, parameter: Parameter) -> State:
        """The state of a parameter, named element by element where its elements have names."""
        leaf = self.states[parameter.name] = State(parameter.shape, parameter.name)
        labels = () if parameter.elements or parameter.is_weight else parameter.labels
        self.names[leaf] = Name(parameter.name, parameter.name, labels, parameter.elements)
        return leaf

    def memory(self, parameter: Parameter, what: str) -> State:
        """A state that the optimizer keeps beside a parameter, its elements named after those: velocity_w5."""
        leaf = self.states[f"{parameter.name}.{what}"] = State(parameter.shape, f"{parameter.name}.{what}")
        elements = tuple(f"{what}_{each}" if each else "" for each in parameter.elements)
        labels = () if elements or parameter.is_weight else parameter.labels
        self.names[leaf] = Name(leaf.name, leaf.name, labels, elements)
        return leaf

    def call(self, node: Expr, symbol: str, short: str = "", labels: tuple[str, ...] = ()) -> Expr:
        """Name a node, and give it back."""
        self.names.setdefault(node, Name(symbol, short, labels))
        return node

    def labels(self, node: Expr) -> tuple[str, ...]:
        """What the places on the last axis of a node are called."""
        return self.names[node].labels if node in self.names else ()

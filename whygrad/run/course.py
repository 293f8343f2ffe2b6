"""The updates of one network, one after the other, by one of the engines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from whygrad.run.predictor import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from whygrad.dataset import Part
    from whygrad.graph import Step
    from whygrad.run.engine import Engine
    from whygrad.run.fast.array_source import Source
    from whygrad.run.predictor import States


class Course(Protocol):
    """Updates from some states on."""

    def expecting(self, batches: Iterable[Part], number: int) -> Iterable[Part]:
        """The batches of an epoch whose states between are not asked for: these updates may be made at one go."""

    def advance(self, batch: Part, number: int) -> Mapping[str, Any]:
        """Make one update and give the outputs of its step; `number` counts updates from 0."""

    def states(self) -> States:
        """The states as they are now, which stay what they are."""


class Interpreted:
    """Each update by the interpreter."""

    def __init__(self, engine: Engine, states: States) -> None:
        self.engine, self.now = engine, states

    def expecting(self, batches: Iterable[Part], number: int) -> Iterable[Part]:  # noqa: ARG002 (one by one)
        return batches

    def advance(self, batch: Part, number: int) -> Mapping[str, Any]:
        advanced = self.engine.advance(self.now, batch, number)
        self.now = advanced.states
        return advanced.outputs

    def states(self) -> States:
        return self.now


@dataclass(frozen=True)
class Made:
    """A step as generated code: its graph, the source, and the function that makes it ready for some states."""

    step: Step
    source: Source
    make: Callable[..., Callable[..., tuple[Any, ...]]]


@dataclass(eq=False)
class Workshop:
    """The generated code of an engine's steps, by their number of rows, made when first needed."""

    engine: Engine
    made: dict[int, Made] = field(default_factory=dict)

    def __call__(self, rows: int) -> Made:
        if rows not in self.made:
            from whygrad.run.fast.array_source import array_source
            from whygrad.run.fast.compiled import functions_of

            step, _ = self.engine.ready(rows)
            source = array_source(step, self.engine.dtype)
            self.made[rows] = Made(step, source, functions_of(source.text)["make_step"])
        return self.made[rows]


class InBuffers:
    """Each update by generated code that writes into buffers of its own; bit for bit what the interpreter gives."""

    def __init__(self, engine: Engine, states: States) -> None:
        self.engine = engine
        self.now = {name: np.array(value) if np.ndim(value) else value for name, value in states.items()}
        self.ready: dict[int, tuple[Made, Callable[..., tuple[Any, ...]]]] = {}

    def expecting(self, batches: Iterable[Part], number: int) -> Iterable[Part]:  # noqa: ARG002 (one by one)
        return batches

    def advance(self, batch: Part, number: int) -> Mapping[str, Any]:
        rows = len(batch)
        if rows not in self.ready:
            made = self.engine.workshop(rows)
            self.ready[rows] = made, made.make(self.now, made.source.constants)
        made, step = self.ready[rows]
        given = self.engine.given(made.step, batch, number)
        return dict(zip(made.source.outputs, step(*(given[name] for name in made.source.inputs)), strict=True))

    def states(self) -> States:
        return {name: frozen(np.array(value)) if np.ndim(value) else value for name, value in self.now.items()}

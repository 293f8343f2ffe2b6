"""The interpreter over the steps of one network: a program per number of rows, made when first needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from whygrad.run.course import InBuffers, Interpreted, Workshop
from whygrad.run.interpreter import Program, prepare
from whygrad.run.predictor import Predictor, States, cast, frozen

if TYPE_CHECKING:
    from whygrad.dataset import Part
    from whygrad.graph import Expr, Step
    from whygrad.run.choice import EngineName
    from whygrad.run.course import Course
    from whygrad.run.devices.course import Yard
    from whygrad.run.fast.loops.arrays import Arrays
    from whygrad.run.fast.numbers.straight import Straight
    from whygrad.trace import Row


@dataclass(frozen=True)
class Advanced:
    """What one step gave: the states after it, and the values of its outputs."""

    states: States
    outputs: Mapping[str, Any]


@dataclass(eq=False)
class Engine:
    """Runs steps of a network.

    - `step_for`: the graph of a step for a number of rows.
    - `predictor`: the same network as it predicts.
    - `noise`: the generator from which the masks of an update are drawn, by the update's number.
    - `choose`: says what runs whole epochs; single updates that are looked at are always interpreted.
    - `devices`: how many devices the epochs were run on; `is_joined`: whether those of all processes run them now.
    - `is_tiny`: says whether compiled code has a variable for each number, rather than arrays.
    """

    step_for: Callable[[int], Step]
    predictor: Predictor
    noise: Callable[[int], np.random.Generator]
    choose: Callable[[], EngineName] = lambda: "interpreter"
    is_tiny: Callable[[], bool] = lambda: True
    steps: dict[int, tuple[Step, Program]] = field(default_factory=dict)
    traces: dict[int, tuple[Step, Program]] = field(default_factory=dict)
    yards: dict[bool, Yard] = field(default_factory=dict)
    devices: int = 1
    is_joined: bool = False

    @property
    def dtype(self) -> type[np.floating[Any]]:
        """The precision of the arrays."""
        return self.predictor.dtype

    @cached_property
    def kind(self) -> EngineName:
        """What runs whole epochs, chosen when the first is to run: who only looks at single updates needs no choice."""
        return self.choose()

    def start(self, values: Mapping[str, Any], step: Step) -> States:
        """The first value of every state of a step: those given, zeros for the optimizer's memory."""
        leaves = step.states.items()
        start = {name: values[name] if name in values else np.zeros(leaf.shape) for name, leaf in leaves}
        return {name: frozen(np.array(cast(value, self.dtype))) for name, value in start.items()}

    def advance(self, states: States, batch: Part, number: int) -> Advanced:
        """One update: the states after it and the step's outputs; `number` counts updates from 0."""
        step, program = self.ready(len(batch))
        memory = program.run(self.leaves(step, states, batch, number))
        slots = program.slots
        after = {name: frozen(memory[slots[node]]) for name, node in step.next.items()}
        return Advanced(after, {name: memory[slots[node]] for name, node in step.outputs.items()})

    def ready(self, rows: int) -> tuple[Step, Program]:
        """The step for a number of rows and its program. Raises what building it raises (WG1xx)."""
        if rows not in self.steps:
            step = self.step_for(rows)
            self.steps[rows] = step, prepare((*step.next.values(), *step.outputs.values()), self.dtype)
        return self.steps[rows]

    def trace(self, states: States, batch: Part, number: int) -> tuple[Step, dict[Expr, Any]]:
        """The same update with the value of every node."""
        size = len(batch)
        if size not in self.traces:
            step = self.step_for(size)
            self.traces[size] = step, prepare(step.roots(), self.dtype)
        step, program = self.traces[size]
        memory = program.run(self.leaves(step, states, batch, number))
        return step, {node: memory[slot] for node, slot in program.slots.items()}

    def leaves(self, step: Step, states: States, batch: Part, number: int) -> dict[Expr, Any]:
        """The value of every leaf of a step: states, and what an update is given."""
        values: dict[Expr, Any] = {state: states[name] for name, state in step.states.items()}
        return values | {step.inputs[name]: value for name, value in self.given(step, batch, number).items()}

    def given(self, step: Step, batch: Part, number: int) -> dict[str, Any]:
        """The value of every input of a step, by name: data, and masks drawn for this update."""
        values = {"x": cast(batch.inputs, self.dtype), "y": cast(batch.targets, self.dtype)}
        if step.masks:
            noise = self.noise(number)
            for name, keep in step.masks.items():
                values[name] = cast(noise.random(step.inputs[name].shape) < keep, self.dtype)
        return values

    def course(self, states: States, kind: EngineName | None = None) -> Course:
        """The updates from some states on, by this engine or the kind that is named."""
        if (kind or self.kind) == "jax":
            return self.on_devices(states)
        return (Interpreted if (kind or self.kind) == "interpreter" else InBuffers)(self, states)

    def on_devices(self, states: States) -> Course:
        """The updates from some states on, on the devices of this process or of all that are joined."""
        from whygrad.run.devices.course import OnDevices

        return OnDevices(self.yard, states)

    @property
    def yard(self) -> Yard:
        """The programs for the devices that are to be used now."""
        from whygrad.run.devices.course import Yard

        if self.is_joined not in self.yards:
            self.yards[self.is_joined] = Yard(self, together=self.is_joined)
        return self.yards[self.is_joined]

    @contextmanager
    def joined(self, work: Callable[[], str]) -> Iterator[None]:
        """Use the devices of all processes that were joined; what is run outside is run by this process alone.

        `work` says what is trained. Raises DifferentWork (WG521) where another process has other work, and ProcessLost
        (WG522) where one is gone.
        """
        self.devices = 1
        if self.kind != "jax":
            yield
            return
        from whygrad.run.devices.fleet import all_present, refuse_different_work

        refuse_different_work(work())
        self.is_joined = True
        try:
            with all_present():
                self.devices = self.yard.fleet.count
                yield
        finally:
            self.is_joined = False

    def agreed(self, row: Row) -> Row:
        """The figures as the first of the joined processes has them: by these it is decided how the run goes on."""
        if not self.is_joined:
            return row
        from whygrad.run.devices.fleet import as_first_has_it, precise, processes

        if processes() == 1:
            return row
        known = {name: value for name, value in row.items() if isinstance(value, float)}
        with precise():
            first = as_first_has_it(np.array(list(known.values())))
        return {**row, **dict(zip(known, map(float, first), strict=True))}

    @cached_property
    def straight(self) -> Straight | Arrays | None:
        """The whole training as one function, where this engine has such."""
        if self.kind not in ("python", "compiled"):
            return None
        if self.kind == "compiled" and not self.is_tiny():
            from whygrad.run.fast.loops.arrays import Arrays

            return Arrays(self)
        from whygrad.run.fast.numbers.straight import Straight

        (step,) = [step for step, _ in self.steps.values()]
        return Straight(step, self.kind)

    def source(self) -> str:
        """The code that this engine runs, for full batches; none where the interpreter goes from node to node."""
        if self.kind == "interpreter":
            return ""
        if self.kind == "jax":
            return self.yard(next(iter(self.steps))).source.text
        return self.straight.text if self.straight else self.workshop(next(iter(self.steps))).source.text

    @cached_property
    def workshop(self) -> Workshop:
        """The generated code of the steps."""
        return Workshop(self)

"""A small nonlinear problem that whygrad's graph and PyTorch both descend, so that their ways can be compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from whygrad.graph import Expr, State, constant, gradient
from whygrad.primitive import averaged, squared_error, tanh
from whygrad.primitive.optimizer import OPTIMIZERS, decoupled_decay
from whygrad.primitive.schedule import SCHEDULES
from whygrad.run.interpreter import prepare

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Arrays = list[np.ndarray[Any, np.dtype[Any]]]

STEPS_PER_EPOCH = 5
EPOCHS = 20
STEPS = STEPS_PER_EPOCH * EPOCHS

_draw = np.random.default_rng(5)
X = _draw.normal(size=(6, 3))
Y = _draw.normal(size=(6, 2))
START: Arrays = [_draw.normal(size=shape) for shape in ((3, 4), (4,), (4, 2), (2,))]


@dataclass(frozen=True)
class Descent:
    """What is varied from test to test; penalty and clip are graph to graph."""

    optimizer: str
    constants: dict[str, float] = field(default_factory=dict)
    rate: float = 0.05
    schedule: str = "constant"
    settings: dict[str, float] = field(default_factory=dict)
    decay: float = 0.0
    penalty: Callable[[Expr], Expr] = field(default=lambda _: constant(0.0))
    clip: Callable[[Sequence[Expr]], Sequence[Expr]] = field(default=lambda gradients: gradients)


def ours(descent: Descent, steps: int = STEPS, dtype: type[np.floating[Any]] = np.float64) -> list[Arrays]:
    """The parameters after each step, by the graph."""
    rule = OPTIMIZERS[descent.optimizer]
    count = State((), "count")
    parameters = [State(start.shape, f"p{k}") for k, start in enumerate(START)]
    memories = [tuple(State(p.shape, f"{p.name}.{name}") for name in rule.memory) for p in parameters]
    rate = SCHEDULES[descent.schedule](
        descent.rate, count, steps_per_epoch=STEPS_PER_EPOCH, epochs=EPOCHS, **descent.settings
    )
    loss = sum((descent.penalty(p) for p in parameters), _loss(parameters))
    become: dict[Expr, Expr] = {count: count + 1.0}
    gradients = descent.clip(gradient(loss, parameters))
    for parameter, slope, memory in zip(parameters, gradients, memories, strict=True):
        before = decoupled_decay(parameter, rate, descent.decay) if descent.decay else parameter
        after = rule.update(before, slope, rate, count + 1.0, memory, **descent.constants)
        become |= {parameter: after.parameter, **dict(zip(memory, after.memory, strict=True))}
    program = prepare(become.values(), dtype)
    values: dict[Expr, Any] = {state: np.zeros(state.shape, dtype) for state in become}
    values |= {p: start.astype(dtype) for p, start in zip(parameters, START, strict=True)}
    values[count] = 0.0
    way = []
    for _ in range(steps):
        memory_of_run = program.run(values)
        values = {state: memory_of_run[program.slots[after]] for state, after in become.items()}
        way.append([values[p] for p in parameters])
    return way


def _loss(parameters: Sequence[Expr]) -> Expr:
    w1, b1, w2, b2 = parameters
    return averaged(squared_error(tanh(constant(X) @ w1 + b1) @ w2 + b2, constant(Y)))


def torchs(
    torch: Any,
    optimizer: Callable[[Any], Any],
    scheduler: Callable[[Any], Any] | None = None,
    *,
    every_step: bool = False,
    clip: Callable[[Any], Any] | None = None,
) -> list[Arrays]:
    """The parameters after each step, by PyTorch."""
    parameters = [torch.nn.Parameter(torch.tensor(start)) for start in START]
    descending = optimizer(parameters)
    scheduled = scheduler(descending) if scheduler else None
    x, y = torch.tensor(X), torch.tensor(Y)
    way = []
    for k in range(STEPS):
        descending.zero_grad()
        w1, b1, w2, b2 = parameters
        torch.nn.functional.mse_loss(torch.tanh(x @ w1 + b1) @ w2 + b2, y).backward()
        if clip:
            clip(parameters)
        descending.step()
        if scheduled and (every_step or (k + 1) % STEPS_PER_EPOCH == 0):
            scheduled.step()
        way.append([p.detach().numpy().copy() for p in parameters])
    return way


def farthest(one: list[Arrays], other: list[Arrays]) -> float:
    """The largest difference between two ways, over all steps, parameters and elements; they must have moved."""
    assert max(np.abs(a - start).max() for a, start in zip(one[-1], START, strict=True)) > 1e-3
    return max(float(np.abs(a - b).max()) for p, q in zip(one, other, strict=True) for a, b in zip(p, q, strict=True))

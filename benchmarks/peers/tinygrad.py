"""tinygrad: a step is recorded once and then replayed (TinyJit), on the processor."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.task import Fresh, Task


def ready(task: Task) -> Fresh:
    """A training."""
    from tinygrad import Tensor
    from tinygrad.helpers import Context

    precise = partial(Context, DEFAULT_FLOAT=task.x.dtype.name, TRAINING=1)
    with precise():
        x, y = Tensor(task.x).realize(), Tensor(task.y).realize()
        batches = [(x[each].contiguous().realize(), y[each].contiguous().realize(), each) for each in task.batches()]

    def fresh() -> Callable[[], list[float]]:
        with precise():
            weights = [Tensor(each.copy()).realize() for each in task.weights]
            optimizer = optimizer_of(task, weights)
            steps = {each.stop - each.start: step_of(task, weights, optimizer) for _, _, each in batches}
        return partial(train, precise, steps, batches, task)

    return fresh


def optimizer_of(task: Task, weights: list[Any]) -> Any:
    """The rule by which weights move."""
    from tinygrad.nn.optim import SGD, Adam

    return Adam(weights, lr=task.rate) if task.classes else SGD(weights, lr=task.rate)


def step_of(task: Task, weights: list[Any], optimizer: Any) -> Any:
    """An update, recorded when it is made for the second time."""
    from tinygrad import TinyJit

    *before, last, last_bias = weights

    def step(x: Any, y: Any) -> Any:
        for place in range(0, len(before), 2):
            x = (x @ before[place] + before[place + 1]).relu()
        net = x @ last + last_bias
        loss = -(net.log_softmax() * y).sum(axis=1).mean() if task.classes else ((net - y) ** 2).sum()
        optimizer.zero_grad()
        loss.backward()
        return loss.realize(*optimizer.schedule_step())

    return TinyJit(step)


def train(precise: Any, steps: dict[int, Any], batches: list[Any], task: Task) -> list[float]:
    """All epochs."""
    losses = []
    with precise():
        for _ in range(task.epochs):
            total = 0.0
            for x, y, each in batches:
                total += task.share(each) * float(steps[each.stop - each.start](x, y).item())
            losses.append(total)
    return losses

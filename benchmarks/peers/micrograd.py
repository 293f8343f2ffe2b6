"""micrograd: every number is an object that knows how it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.task import Fresh, Task


def ready(task: Task) -> Fresh:
    """A training, one update per row."""
    from micrograd.nn import MLP

    rows = list(zip(task.x.tolist(), task.y[:, 0].tolist(), strict=True))

    def fresh() -> Callable[[], list[float]]:
        network = MLP(task.sizes[0], list(task.sizes[1:]))
        for layer, weight, bias in zip(network.layers, task.weights[::2], task.weights[1::2], strict=True):
            for neuron, column, start in zip(layer.neurons, weight.T.tolist(), bias.tolist(), strict=True):
                neuron.b.data = start
                for each, value in zip(neuron.w, column, strict=True):
                    each.data = value
        return lambda: train(network, rows, task)

    return fresh


def train(network: Any, rows: list[Any], task: Task) -> list[float]:
    """All epochs."""
    losses = []
    parameters = network.parameters()
    for _ in range(task.epochs):
        total = 0.0
        for x, y in rows:
            loss = (network(x) - y) ** 2
            for each in parameters:
                each.grad = 0.0
            loss.backward()
            for each in parameters:
                each.data -= task.rate * each.grad
            total += loss.data
        losses.append(total)
    return losses

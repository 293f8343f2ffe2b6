"""Plain Python as one writes it by hand: lists, loops, and the chain rule for one hidden layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.task import Fresh, Task


def ready(task: Task) -> Fresh:
    """A training, one update per row."""
    rows = list(zip(task.x.tolist(), task.y[:, 0].tolist(), strict=True))

    def fresh() -> Callable[[], list[float]]:
        weights, biases, last, last_bias = task.weights
        given = (weights.T.tolist(), biases.tolist(), last[:, 0].tolist(), float(last_bias[0]))
        return lambda: train(rows, task.epochs, task.rate, *given)

    return fresh


def train(
    rows: list[tuple[list[float], float]],
    epochs: int,
    rate: float,
    weights: list[list[float]],
    biases: list[float],
    last: list[float],
    last_bias: float,
) -> list[float]:
    """All epochs; `weights` has a list for each hidden unit."""
    losses = []
    for _ in range(epochs):
        total = 0.0
        for x, y in rows:
            nets = [
                sum(w * v for w, v in zip(unit, x, strict=True)) + b for unit, b in zip(weights, biases, strict=True)
            ]
            outs = [max(net, 0.0) for net in nets]
            error = sum(w * out for w, out in zip(last, outs, strict=True)) + last_bias - y
            total += error * error
            blame = 2.0 * error
            for j, out in enumerate(outs):
                back = blame * last[j]
                last[j] -= rate * blame * out
                if out > 0.0:
                    biases[j] -= rate * back
                    for i, value in enumerate(x):
                        weights[j][i] -= rate * back * value
            last_bias -= rate * blame
        losses.append(total)
    return losses

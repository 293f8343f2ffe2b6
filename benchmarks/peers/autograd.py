"""autograd (HIPS): NumPy's calls are recorded and differentiated anew in every step; the optimizer is by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.task import BETA1, BETA2, EPSILON

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.task import Fresh, Task


def ready(task: Task) -> Fresh:
    """A training."""
    import autograd.numpy as anp
    from autograd import value_and_grad

    slope = value_and_grad(lambda weights, x, y: loss_of(anp, weights, x, y, classes=task.classes))
    batches = [(task.x[each], task.y[each], task.share(each)) for each in task.batches()]

    def fresh() -> Callable[[], list[float]]:
        return lambda: train(task, slope, batches)

    return fresh


def loss_of(anp: Any, weights: Any, x: Any, y: Any, *, classes: bool) -> Any:
    """The loss of one batch."""
    *before, last, last_bias = weights
    for place in range(0, len(before), 2):
        net = anp.dot(x, before[place]) + before[place + 1]
        x = anp.where(net > 0, net, 0.0)
    net = anp.dot(x, last) + last_bias
    if not classes:
        return anp.sum((net - y) ** 2)
    net = net - anp.max(net, axis=1, keepdims=True)
    return anp.mean(anp.log(anp.sum(anp.exp(net), axis=1)) - anp.sum(net * y, axis=1))


def train(task: Task, slope: Any, batches: list[Any]) -> list[float]:
    """All epochs."""
    weights = [each.copy() for each in task.weights]
    first, second = ([np.zeros_like(each) for each in weights] for _ in range(2))
    losses, made = [], 0
    for _ in range(task.epochs):
        total = 0.0
        for x, y, share in batches:
            loss, slopes = slope(weights, x, y)
            made += 1
            total += share * float(loss)
            for place, each in enumerate(slopes):
                if task.classes:
                    adam(weights[place], each, first[place], second[place], task.rate, made)
                else:
                    weights[place] -= task.rate * each
        losses.append(total)
    return losses


def adam(weight: Any, slope: Any, first: Any, second: Any, rate: float, made: int) -> None:
    """Change a weight and what is remembered of its gradients."""
    first *= BETA1
    first += (1 - BETA1) * slope
    second *= BETA2
    second += (1 - BETA2) * slope * slope
    weight -= rate / (1 - BETA1**made) * first / (np.sqrt(second) / float(np.sqrt(1 - BETA2**made)) + EPSILON)

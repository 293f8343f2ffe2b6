"""PyTorch as its documentation has it: modules, autograd and an optimizer, a step at a time."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.task import Fresh, Task


def ready(task: Task, *, fused: bool = False) -> Fresh:
    """A training; `fused` takes the optimizer that updates all weights in one pass."""
    import torch

    x = torch.from_numpy(task.x)
    y = torch.from_numpy(task.labels if task.classes else task.y)
    measure = torch.nn.CrossEntropyLoss() if task.classes else torch.nn.MSELoss(reduction="sum")
    kind = torch.optim.Adam if task.classes else torch.optim.SGD
    settings = {"fused": True} if fused else {}
    batches = [(x[each], y[each], task.share(each)) for each in task.batches()]

    def fresh() -> Callable[[], list[float]]:
        model = model_of(torch, task)
        return partial(train, model, kind(model.parameters(), lr=task.rate, **settings), measure, batches, task.epochs)

    return fresh


def model_of(torch: Any, task: Task) -> Any:
    """The network with its first weights."""
    layers: list[Any] = []
    for weight, bias in zip(task.weights[::2], task.weights[1::2], strict=True):
        layer = torch.nn.Linear(*weight.shape, dtype=torch.from_numpy(weight).dtype)
        with torch.no_grad():
            layer.weight.copy_(torch.from_numpy(weight.T.copy()))
            layer.bias.copy_(torch.from_numpy(bias))
        layers += [layer, torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])


def train(model: Any, optimizer: Any, measure: Any, batches: list[Any], epochs: int) -> list[float]:
    """All epochs."""
    losses = []
    for _ in range(epochs):
        total = 0.0
        for x, y, share in batches:
            loss = measure(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += share * loss.item()
        losses.append(total)
    return losses

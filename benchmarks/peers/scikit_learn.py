"""scikit-learn's networks.

Its squared error is halved, so it is given twice the learning rate; its Adam adds epsilon before the correction for
the start.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.task import Fresh, Task


def ready(task: Task) -> Fresh:
    """A training, all epochs of it in one call of `fit`."""
    from sklearn.neural_network import MLPClassifier, MLPRegressor

    kind = MLPClassifier if task.classes else MLPRegressor
    y = task.labels if task.classes else task.y[:, 0]
    scale = 1.0 if task.classes else 2.0 * len(task.x)

    def fresh() -> Callable[[], list[float]]:
        network = kind(**settings(task))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # one epoch is all that it is to do here
            network.partial_fit(task.x, y, **({"classes": range(task.sizes[-1])} if task.classes else {}))
        start_again(network, task)
        return lambda: [scale * float(each) for each in fitted(network, task.x, y)]

    return fresh


def settings(task: Task) -> dict[str, Any]:
    """What makes it do this work and nothing else."""
    rule = {"solver": "adam"} if task.classes else {"solver": "sgd", "momentum": 0.0, "nesterovs_momentum": False}
    return {
        **rule,
        "hidden_layer_sizes": task.sizes[1:-1],
        "alpha": 0.0,
        "batch_size": task.size,
        "learning_rate_init": task.rate * (1.0 if task.classes else 2.0),
        "max_iter": task.epochs,
        "shuffle": False,
        "tol": 0.0,
        "n_iter_no_change": task.epochs + 1,
        "warm_start": True,
    }


def start_again(network: Any, task: Task) -> None:
    """Give it the first weights, and forget the epoch that made its arrays."""
    network.coefs_ = [each.copy() for each in task.weights[::2]]
    network.intercepts_ = [each.copy() for each in task.weights[1::2]]
    network.loss_curve_ = []


def fitted(network: Any, x: Any, y: Any) -> list[float]:
    """The losses of all epochs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it was not to converge
        network.fit(x, y)
    losses: list[float] = network.loss_curve_
    return losses

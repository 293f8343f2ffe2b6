"""The examples, trained once for all the tests of a module, and small changes to them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import structs

from whygrad import Experiment, Run, read_experiment, train

if TYPE_CHECKING:
    from collections.abc import Iterable

EXAMPLES = Path(__file__).parents[2] / "examples"
STUDENTS = {"hours": [1.0, 2.0, 3.0, 4.0]}


@cache
def trained(name: str) -> Run:
    """The run of an example as it stands."""
    return train(EXAMPLES / f"{name}.toml")


@cache
def retrained(name: str, **training: Any) -> Run:
    """The run of an example with other settings of its training."""
    experiment = asked_for(name)
    return train(structs.replace(experiment, training=structs.replace(experiment.training, **training)))


@cache
def asked_for(name: str) -> Experiment:
    """The experiment of an example, its file found from anywhere."""
    experiment = read_experiment(EXAMPLES / f"{name}.toml")
    if experiment.data.file is None:
        return experiment
    return structs.replace(experiment, data=structs.replace(experiment.data, file=str(EXAMPLES / experiment.data.file)))


def loss_with(name: str, **moved: float) -> float:
    """The first loss of an example when some of its weights start elsewhere."""
    experiment = asked_for(name)
    weights = dict(experiment.network.weights)
    for weight, value in moved.items():
        weights[weight] = structs.replace(weights[weight], value=value)
    network = structs.replace(experiment.network, weights=weights)
    return train(structs.replace(experiment, network=network)).step(0).loss


def figures(run: Run, column: str, epochs: Iterable[int] | None = None) -> list[float]:
    """A column of the history at some epochs, by default at all."""
    rows = run.history.rows if epochs is None else [run.history.at(epoch) for epoch in epochs]
    return [value for row in rows if (value := row[column]) is not None]


def said(run: Run, rows: object) -> list[float]:
    """The single output of a run for some rows."""
    return [float(value) for value in run.predict(rows).outputs[:, 0]]

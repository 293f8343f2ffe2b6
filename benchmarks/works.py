"""What is trained in the benchmarks, as whygrad is asked for it, and the same as arrays for everybody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import structs

from benchmarks.task import Task
from whygrad import Adam, Data, Dense, Experiment, Loss, Network, Run, Training
from whygrad.pipeline.setting_up import set_up
from whygrad.run import Checkpoints
from whygrad.run.predictor import cast
from whygrad.spec import Toy
from whygrad.trace import Ending, History


@dataclass(frozen=True)
class Work:
    """One thing to learn, and how.

    - `tolerance`: how far losses may be apart, relatively, that are those of the same arithmetic.
    - `threads`: the numbers of threads that it is timed with.
    - `rows`: where they come from memory.
    """

    key: str
    title: str
    experiment: Experiment
    tolerance: float
    threads: tuple[int, ...] = (1,)
    rows: Callable[[], tuple[Any, Any]] | None = None

    def for_epochs(self, epochs: int) -> Work:
        """The same for another number of epochs."""
        training = structs.replace(self.experiment.training, epochs=epochs)
        return replace(self, experiment=structs.replace(self.experiment, training=training))

    @property
    def epochs(self) -> int:
        """How many epochs it takes."""
        return self.experiment.training.epochs


def hidden(*widths: int) -> tuple[Dense, ...]:
    """Layers of ReLU units, and one with a unit for each class."""
    return (*(Dense(units=width, activation="relu") for width in widths), Dense(units="out", activation="softmax"))


def by_adam(epochs: int, batch_size: int) -> Training:
    """How classes are learned."""
    return Training(
        loss=Loss("cross-entropy", "mean"),
        optimizer=Adam(),
        learning_rate=0.001,
        epochs=epochs,
        batch_size=batch_size,
        order="in order",
        dtype="float32",
    )


def drawn(rows: int, inputs: int, classes: int = 10) -> tuple[Any, Any]:
    """Rows of drawn numbers, each in a drawn class."""
    rng = np.random.default_rng(0)
    x = rng.random((rows, inputs), np.float32)
    return x, np.array([f"class {each}" for each in rng.integers(0, classes, rows)])


XOR = Experiment(
    network=Network(layers="2 -> 8 relu -> 1"),
    training=Training(
        loss=Loss("squared-error", "sum"), learning_rate=0.1, epochs=3000, batch_size="per row", order="in order"
    ),
    data=Data(toy=Toy("xor")),
)
DIGITS = Experiment(
    network=Network(layers=hidden(128)),
    training=by_adam(20, 32),
    data=Data(dataset="digits", scale="min-max"),
)
WIDE = Experiment(network=Network(layers=hidden(256, 128)), training=by_adam(1, 128), data=Data(target="y"))
WORKS = {
    each.key: each
    for each in (
        Work("W1", "XOR, 2-8-1, one update per row, 12,000 updates, float64", XOR, 1e-9),
        Work("W2a", "digits, 64-128-10, batches of 32, Adam, 20 epochs, float32", DIGITS, 1e-4),
        Work(
            "W2b",
            "784-256-128-10, batches of 128, Adam, one epoch of 20,000 rows, float32",
            WIDE,
            1e-4,
            (1, 2),
            lambda: drawn(20_000, 784),
        ),
    )
}


def start_of(work: Work, engine: str = "auto", table: object | None = None) -> Run:
    """A run before its first epoch. Raises EngineUnfit (WG504) and EngineMissing (WG505)."""
    known = table if table is not None else work.rows() if work.rows else None
    ready = set_up(work.experiment, Path(), known, engine)
    position = ready.start()
    return Run(ready, History(), Ending.FINISHED, position, Checkpoints(position))


def task_of(run: Run) -> Task:
    """The same work as arrays: the rows as they are prepared, the weights as they were drawn."""
    training, part = run.experiment.training, run.parts["training"]
    dtype = run.set_up.job.engine.dtype
    weights = tuple(np.array(each, dtype) for each in run.at(0).parameters().values())
    size = 1 if training.batch_size == "per row" else int(training.batch_size)
    x, y = (np.ascontiguousarray(cast(each, dtype)) for each in (part.inputs, part.targets))
    is_adam = isinstance(training.optimizer, Adam)
    return Task(x, y, weights, size, training.epochs, training.learning_rate, is_adam)

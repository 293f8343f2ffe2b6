"""From an experiment to everything a run needs: data, plan, graphs and the loop's job, strung together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from whygrad.build import build_forward, build_step, initial_values, plan_network
from whygrad.data import augmentation_generator, augmented, batches, prepare, row_order, rows_per_batch
from whygrad.data.stream import generator
from whygrad.dataset import ClassTarget, Part, class_indices
from whygrad.errors import nearest
from whygrad.errors.saved import UnknownClass
from whygrad.graph import RATE
from whygrad.run import Engine, Job, Position, Predictor
from whygrad.run.choice import Work, at_hand, chosen, is_tiny, work_of
from whygrad.spec import check_fit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from whygrad.build import NetworkPlan
    from whygrad.dataset import Dataset
    from whygrad.spec import Experiment

DTYPES: dict[str, type[np.floating[Any]]] = {"float64": np.float64, "float32": np.float32}


@dataclass(frozen=True, eq=False)
class SetUp:
    """An experiment ready to run."""

    experiment: Experiment
    dataset: Dataset
    plan: NetworkPlan
    job: Job

    def start(self) -> Position:
        """The position before the first epoch: weights as drawn, nothing remembered."""
        seed = self.experiment.training.seed
        values: dict[str, Any] = {**initial_values(self.plan, partial(generator, seed, "weights"), seed)}
        values[RATE] = self.experiment.training.learning_rate
        step, _ = self.job.engine.ready(self.batch_sizes[0])
        return Position(0, self.job.engine.start(values, step))

    @property
    def batch_sizes(self) -> tuple[int, ...]:
        """How many rows a full batch has, and the last one of an epoch if it is smaller."""
        rows = len(self.dataset.training)
        full = min(rows, rows_per_batch(rows, self.experiment.training.batch_size))
        return (full, rows % full) if rows % full else (full,)


def set_up(
    experiment: Experiment,
    folder: Path,
    table: object | None = None,
    engine: str = "auto",
    *,
    is_recorded: bool = False,
    rate_is_state: bool = False,
) -> SetUp:
    """Prepare the data, plan the network and make the job, for the engine of that name.

    An engine that a record names (`is_recorded`) gives way to the nearest where it is not installed. With
    `rate_is_state` the graphs have the learning rate as a state, so that they serve many.

    Raises the errors of data (WG3xx) and build (WG1xx), of settings that the data has no use for (WG212, WG213), and of
    an engine that is unfit or missing (WG504, WG505).
    """
    dataset = prepare(experiment.data, experiment.training, table, folder)
    preparation = dataset.preparation
    plan = plan_network(experiment.network, preparation.feature_names, preparation.output_names)
    classes = isinstance(preparation.target, ClassTarget)
    check_fit(experiment, outputs=len(preparation.output_names), classes=classes)
    runner = engine_for(experiment, plan, dataset, rate_is_state=rate_is_state)
    feed = partial(batches_of_epoch, experiment, dataset)
    repeats = experiment.training.order == "in order" and experiment.data.augment is None
    is_as_it_stands = experiment.data.augment is None
    job = Job(
        *(runner, feed, dataset.validation, preparation.target, experiment.training, repeats),
        rows=dataset.training if is_as_it_stands else None,
        order=partial(order_of_epoch, experiment, dataset) if is_as_it_stands else None,
    )
    ready = SetUp(experiment, dataset, plan, job)
    for rows in ready.batch_sizes:
        runner.ready(rows)  # so that what does not fit is said before training starts, not at the last batch
    runner.choose = lambda: chosen(at_hand(engine, work_in(ready)) if is_recorded else engine, work_in(ready))
    runner.is_tiny = lambda: is_tiny(work_in(ready))
    if engine != "auto":
        _ = runner.kind  # one that was named and does not fit is refused now
    return ready


def work_in(ready: SetUp) -> Work:
    """How much there is to do, for the choice of an engine."""
    training, step = ready.experiment.training, ready.job.engine.ready(ready.batch_sizes[0])[0]
    obstacles = {
        "numbers are of single precision": training.dtype != "float64",
        "the last batch of an epoch is smaller": len(ready.batch_sizes) > 1,
        "masks are drawn for every update": bool(step.masks),
        "figures are kept after every few updates": training.record_every is not None,
    }
    obstacle = next((words for words, stands in obstacles.items() if stands), "")
    hindrance = "figures are kept after every few updates" if training.record_every is not None else ""
    return work_of(step, training.epochs * steps_per_epoch(ready.experiment, ready.dataset), obstacle, hindrance)


def engine_for(experiment: Experiment, plan: NetworkPlan, dataset: Dataset, *, rate_is_state: bool = False) -> Engine:
    """The engine that runs this network's graphs."""
    training, per_epoch = experiment.training, steps_per_epoch(experiment, dataset)
    weights = class_weights(experiment, dataset)
    return Engine(
        lambda rows: build_step(
            plan, training, rows=rows, steps_per_epoch=per_epoch, weights=weights, rate_is_state=rate_is_state
        ),
        predictor_for(experiment, plan, weights),
        lambda number: generator(training.seed, "masks", number),
    )


def steps_per_epoch(experiment: Experiment, dataset: Dataset) -> int:
    """How many batches an epoch has."""
    size = len(dataset.training)
    return ceil(size / rows_per_batch(size, experiment.training.batch_size))


def predictor_for(experiment: Experiment, plan: NetworkPlan, weights: tuple[float, ...] | None = None) -> Predictor:
    """What runs the network forward; class weights only matter to its loss."""
    training = experiment.training
    dtype = DTYPES[training.dtype]
    return Predictor(lambda rows: build_forward(plan, training, rows=rows, weights=weights), dtype)


def order_of_epoch(experiment: Experiment, dataset: Dataset, epoch: int) -> NDArray[np.int64]:
    """In which order the rows of an epoch come."""
    training = experiment.training
    return row_order(len(dataset.training), training.order, seed=training.seed, epoch=epoch)


def batches_of_epoch(experiment: Experiment, dataset: Dataset, epoch: int) -> Iterator[Part]:
    """The batches of one epoch, in its order, changed at random where the experiment augments."""
    training, augment, part = experiment.training, experiment.data.augment, dataset.training
    order = order_of_epoch(experiment, dataset, epoch)
    for step, rows in enumerate(batches(order, training.batch_size)):
        inputs = part.inputs[rows]
        if augment is not None:
            noise = augmentation_generator(training.seed, epoch, step)
            inputs = augmented(inputs, augment, dataset.preparation, noise)
        yield Part(inputs, part.targets[rows], part.rows[rows])


def class_weights(experiment: Experiment, dataset: Dataset) -> tuple[float, ...] | None:
    """The weight of each class, in the order of the classes; None when all weigh the same.

    "balanced" gives each class rows / (classes x rows of the class), so that all classes weigh the same together.
    Raises UnknownClass (WG604).
    """
    wanted, target = experiment.training.class_weights, dataset.preparation.target
    if wanted == "none":
        return None
    classes = target.classes if isinstance(target, ClassTarget) else ()
    if isinstance(wanted, dict) or not isinstance(target, ClassTarget):
        given = wanted if isinstance(wanted, dict) else {"balanced": 1.0}
        for name in given:
            if name not in classes:
                raise UnknownClass(name, classes, nearest(name, classes))
        return tuple(given.get(name, 1.0) for name in classes)
    counts = Counter(class_indices(target, dataset.training.targets).tolist())
    return tuple(len(dataset.training) / (len(classes) * max(counts[place], 1)) for place in range(len(classes)))

"""The arrow from an experiment to a run."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from msgspec import structs

from whygrad.errors.run import NotFinite
from whygrad.errors.saved import OtherExperiment
from whygrad.pipeline.run import Run
from whygrad.pipeline.setting_up import set_up
from whygrad.run import Checkpoints, epochs
from whygrad.spec import Cosine, Data, Experiment, Network, OneCycle, Training, check_experiment, read_experiment
from whygrad.trace import Ending, History, Row

Watch = Callable[[Row], None]
What = str | os.PathLike[str] | Experiment | Network
Target = str | tuple[str, ...]


def train(
    what: What,
    training: Training | None = None,
    data: object | None = None,
    *,
    target: Target = "",
    watch: Watch | None = None,
) -> Run:
    """Train a network and return the run.

    `what` is an experiment file, an Experiment, or a Network together with `training` and `data`. `data` is the
    experiment's Data, or rows from memory: a frame, a dict of columns, a pair of arrays (with `target` naming the
    column to predict where the data does not tell). `watch` is called with the figures of each epoch.

    Ctrl-C ends the run at the last whole epoch; a NaN ends it at the step where it appears (`run.fault` says where).
    Raises SpecError (WG2xx), DataError (WG3xx) and GraphError (WG1xx).

    >>> from whygrad import Data, Loss, Network, Training, train
    >>> run = train(
    ...     Network(layers="2 -> 4 tanh -> 1 sigmoid"),
    ...     Training(loss=Loss("binary-cross-entropy", "mean"), learning_rate=1.0, epochs=2, batch_size="all"),
    ...     Data(toy="xor"),
    ... )
    >>> len(run.history)
    2
    """
    experiment, folder, table = asked(what, training, data, target)
    ready = set_up(experiment, folder, table)
    start = ready.start()
    return go_on(Run(ready, History(), Ending.FINISHED, start, Checkpoints(start), table=table, folder=folder), watch)


def asked(
    what: What, training: Training | None, data: object, target: Target
) -> tuple[Experiment, Path, object | None]:
    """The experiment that was asked for, the folder its files start at, and rows from memory, if any."""
    if isinstance(what, Network):
        if training is None or data is None:
            raise TypeError("train(network, training, data) needs all three")
        if isinstance(data, Data):
            what, data = Experiment(data=data, network=what, training=training), None
        else:
            what = Experiment(data=Data(target=target), network=what, training=training)
    if isinstance(what, Experiment):
        return check_experiment(what, with_frame=data is not None), Path(), data
    path = Path(what)
    return read_experiment(path), path.parent, data


def with_epochs(run: Run, epochs: int) -> Run:
    """The same run with another number of epochs to go to; its past stays as it is.

    Raises OtherExperiment (WG607) when the learning rates of its past depended on how many epochs there would be.
    """
    training = run.experiment.training
    if epochs != training.epochs and isinstance(training.schedule, Cosine | OneCycle):
        raise OtherExperiment(str(run.folder), "number of epochs, on which its schedule depends")
    longer = structs.replace(run.experiment, training=structs.replace(training, epochs=epochs))
    return replace(run, set_up=set_up(longer, run.folder, run.table))


def go_on(run: Run, watch: Watch | None = None) -> Run:
    """The same run taken up where it stands, bit for bit as if it had never stopped.

    A run that stopped by its own rule (early stopping, stop_below) is over and stays as it is.
    """
    if run.ending.is_over:
        return run
    rows: list[Row] = []
    steps: list[Row] = []
    position, ending, fault = run.position, Ending.FINISHED, None
    try:
        for epoch in epochs(run.set_up.job, position):
            steps.extend(epoch.steps)
            rows.append(epoch.row)
            position, ending = epoch.position, epoch.ending or ending
            run.checkpoints.add(position)
            if watch:
                watch(epoch.row)
    except KeyboardInterrupt:
        ending = Ending.INTERRUPTED
    except NotFinite as found:
        ending, fault = Ending.NOT_FINITE, found
    run.checkpoints.add(position)
    kept = rows[: position.epoch - run.position.epoch]  # an interrupt may fall between a row and its position
    steps = [row for row in steps if (row["epoch"] or 0) < position.epoch]
    history = run.history.plus(kept, steps)
    return replace(run, history=history, ending=ending, position=position, fault=fault)

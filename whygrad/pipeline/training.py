"""The arrow from an experiment to a run."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from msgspec import json, structs

from whygrad.data import TABLE_SUFFIXES, as_table, load_table
from whygrad.errors.command import TargetNeeded
from whygrad.errors.run import NotFinite, ProcessLost, RunError
from whygrad.errors.saved import OtherExperiment
from whygrad.pipeline.run import Run
from whygrad.pipeline.setting_up import set_up
from whygrad.pipeline.starting import experiment_for_table
from whygrad.run import Checkpoints, Stretch, stretches
from whygrad.spec import Cosine, Data, Experiment, Network, OneCycle, Training, check_experiment, read_experiment
from whygrad.trace import Ending, History, Row, Rows

Watch = Callable[[Row], None]
What = str | os.PathLike[str] | Experiment | Network
Target = str | tuple[str, ...]


def train(
    what: What,
    training: Training | None = None,
    data: object | None = None,
    *,
    rows: object | None = None,
    target: Target = "",
    watch: Watch | None = None,
    engine: str = "auto",
) -> Run:
    """Train a network and return the run.

    `what` is an experiment file (.toml), a table (.csv, .tsv, .parquet) with its `target`, an Experiment, or a Network
    together with `training` and `data`. `data` is a Data record, or rows from memory: a frame, a dict of columns, a
    pair of arrays, with `target` naming the column to predict. A Data record that says how rows from memory are
    prepared comes with `rows`: `train(network, training, Data(target="y", missing="median"), rows=frame)`; an
    Experiment takes `rows` too. `watch` is called with the figures of each epoch. `engine` is "interpreter", "numpy",
    "python", "compiled" (extra `fast`), "jax" (extra `jax`), or "auto" for the one that is likely to be done first;
    `run.engine` says which.

    Ctrl-C ends the run at the last whole epoch. A NaN ends it at the step where it appears, with a RuntimeWarning;
    `run.fault` says where. Raises SpecError (WG2xx), DataError (WG3xx), GraphError (WG1xx), for a table without a
    target TargetNeeded (WG802), for an engine EngineUnfit (WG504) and EngineMissing (WG505), and TypeError for
    arguments that do not go together.

    >>> from whygrad import Data, Loss, Network, Training, train
    >>> run = train(
    ...     Network(layers="2 -> 4 tanh -> 1 sigmoid"),
    ...     Training(loss=Loss("binary-cross-entropy", "mean"), learning_rate=1.0, epochs=2, batch_size="all"),
    ...     Data(toy="xor"),
    ... )
    >>> len(run.history)
    2
    """
    experiment, folder, table = asked(what, training, data, rows, target)
    kept = None if table is None else as_table(table)  # once: what the caller does to it later is the caller's
    ready = set_up(experiment, folder, kept, engine)
    start = ready.start()
    run = go_on(Run(ready, History(), Ending.FINISHED, start, Checkpoints(start), table=kept, folder=folder), watch)
    if run.fault is not None:
        warnings.warn(f"training stopped: {run.fault}", RuntimeWarning, stacklevel=2)
    return run


def asked(
    what: What, training: Training | None, data: object, rows: object, target: Target
) -> tuple[Experiment, Path, object | None]:
    """The experiment that was asked for, the folder its files start at, and rows from memory, if any."""
    if isinstance(what, Network):
        if training is None or (data is None and rows is None):
            raise TypeError("train(network, training, data) needs all three")
        known, table = (data, rows) if isinstance(data, Data) else (Data(), only_one(data, rows))
        experiment = Experiment(data=known, network=what, training=training)
        return targeted(experiment, target, table), Path(), table
    if training is not None:
        raise TypeError("training goes with a Network; an experiment has its own")
    if isinstance(what, Experiment):
        table = only_one(data, rows)
        return targeted(what, target, table), Path(), table
    if data is not None or rows is not None:
        raise TypeError("rows from memory go with a Network or an Experiment, not with a file")
    return from_file(Path(what), target)


def only_one(data: object | None, rows: object | None) -> object | None:
    """Rows from memory, by whichever name they were given."""
    if data is not None and rows is not None:
        raise TypeError("rows from memory were given twice: as data and as rows")
    return rows if data is None else data


def targeted(experiment: Experiment, target: Target, table: object | None) -> Experiment:
    """The experiment with the target that was named beside it. Raises SpecError (WG2xx)."""
    data = experiment.data
    if target and data.target and target != data.target:
        raise TypeError(f"two targets: {data.target!r} in Data, {target!r} beside it")
    known = structs.replace(experiment, data=structs.replace(data, target=target)) if target else experiment
    return check_experiment(known, with_frame=table is not None)


def from_file(path: Path, target: Target) -> tuple[Experiment, Path, None]:
    """The experiment in a file, or one made for a table as the command makes it."""
    if path.suffix.lower() not in TABLE_SUFFIXES:
        if target:
            raise TypeError(f"{path.name} is an experiment, which names its own target")
        return read_experiment(path), path.parent, None
    if not isinstance(target, str):
        raise TypeError("a table by itself is trained for one target; several take an Experiment")
    if not target:
        columns = load_table(Data(file=str(path)), Path()).names
        raise TargetNeeded(f"whygrad train {path}", str(path), columns)
    return experiment_for_table(path, target), Path(), None


def with_epochs(run: Run, epochs: int) -> Run:
    """The same run with another number of epochs to go to; its past stays as it is.

    Raises OtherExperiment (WG607) when the learning rates of its past depended on how many epochs there would be.
    """
    training = run.experiment.training
    if epochs != training.epochs and isinstance(training.schedule, Cosine | OneCycle):
        raise OtherExperiment(str(run.folder), "number of epochs, on which its schedule depends")
    longer = structs.replace(run.experiment, training=structs.replace(training, epochs=epochs))
    return replace(run, set_up=set_up(longer, run.folder, run.table, run.engine))


def by_engine(run: Run, engine: str) -> Run:
    """The same run, to be gone on with by this engine; its past stays as it is.

    Raises EngineUnfit (WG504) and EngineMissing (WG505).
    """
    return replace(run, set_up=set_up(run.experiment, run.folder, run.table, engine))


def go_on(run: Run, watch: Watch | None = None) -> Run:
    """The same run taken up where it stands, bit for bit as if it had never stopped.

    A run that stopped by its own rule (early stopping, stop_below) is over and stays as it is.
    """
    if run.ending.is_over:
        return run
    rows: list[Sequence[Row]] = []
    steps: list[Row] = []
    ending, position = Ending.FINISHED, run.position
    fault: RunError | None = None
    checkpoints = run.checkpoints.copy()  # a run may be taken up twice, and go two ways
    try:
        with run.set_up.job.engine.joined(lambda: work_of(run)):
            for stretch in stretches(run.set_up.job, run.position):
                done = watched(stretch, watch)
                rows.append(done.rows)
                steps += done.steps
                position = done.position
                checkpoints.take(done)
                ending = done.ending or ending
                if ending is Ending.INTERRUPTED:
                    break
    except KeyboardInterrupt:
        ending = Ending.INTERRUPTED
    except NotFinite as found:
        ending, fault = Ending.NOT_FINITE, found
    except ProcessLost as found:
        ending, fault = Ending.INTERRUPTED, found
    checkpoints.last = position  # an interrupt may fall before it was taken in
    history = run.history.plus(Rows(rows), steps)
    return replace(run, history=history, ending=ending, position=position, checkpoints=checkpoints, fault=fault)


def work_of(run: Run) -> str:
    """What is to be trained, and from where: the same text in all processes that train it together."""
    experiment = run.experiment
    settings = json.encode((experiment.network, experiment.training)).decode()
    return f"{settings} {run.set_up.dataset.fingerprint} {run.position.epoch}"


def watched(stretch: Stretch, watch: Watch | None) -> Stretch:
    """A stretch whose figures were told to whoever watches, up to where they interrupt."""
    seen = 0
    try:
        for row in stretch.rows if watch else ():
            seen += 1
            if watch:
                watch(row)
    except KeyboardInterrupt:
        return stretch.interrupted(seen)
    return stretch

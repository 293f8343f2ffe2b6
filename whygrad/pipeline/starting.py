"""Where a run starts: an experiment made ready without training, and one made from nothing but a table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec import structs

from whygrad.data import load_table, prepare, refuse_stray_words
from whygrad.errors.command import NothingToLearn
from whygrad.errors.data import CategoryUnknown, ColumnUnknown
from whygrad.pipeline.run import Run
from whygrad.pipeline.setting_up import set_up
from whygrad.run import Checkpoints
from whygrad.spec import (
    Adam,
    Data,
    EarlyStopping,
    Experiment,
    Loss,
    Network,
    Split,
    Training,
    check_experiment,
)
from whygrad.trace import Ending, History

if TYPE_CHECKING:
    from whygrad.data import Column, Table
    from whygrad.spec import MissingRule, Task

HIDDEN = 16
MOST_CLASSES = 10  # more different whole numbers than this are numbers, not names of classes
MOST_WORDS = 100
WORDS_SHOWN = 3
ROWS_PER_CLASS = 5
ROWS_TO_SPLIT = 40  # below this nothing is held out: a part of six rows would judge by chance
ROWS_TO_COUNT = 10  # from here on a column 1, 2, 3, ... is taken for the rows' numbers
HELD_OUT = 0.15
PATIENCE = 20
SEEDS_TRIED = 20


def untrained(experiment: Experiment, folder: Path = Path(), engine: str = "auto") -> Run:
    """A run before its first epoch: data prepared, weights as drawn; `go_on` trains it, by the engine of that name.

    A relative file starts at `folder`. Raises SpecError (WG2xx), DataError (WG3xx), GraphError (WG1xx), EngineUnfit
    (WG504) and EngineMissing (WG505).
    """
    ready = set_up(check_experiment(experiment), folder, engine=engine)
    start = ready.start()
    return Run(ready, History(), Ending.FINISHED, start, Checkpoints(start), folder=folder)


@dataclass(frozen=True)
class ColumnUse:
    """What a column of a table is good for: `holds` in words, and `reason` when it is left out."""

    name: str
    holds: str
    missing: int
    rule: str
    reason: str = ""


def column_uses(table: Table, target: str) -> tuple[ColumnUse, ...]:
    """What each column can be used for, in the table's order; raises ColumnUnknown (WG306) for the target."""
    if target not in table.columns:
        raise ColumnUnknown(table.source, target, "the target", table.names)
    return tuple(column_use(name, column, is_target=name == target) for name, column in table.columns.items())


def column_use(name: str, column: Column, *, is_target: bool) -> ColumnUse:
    """What one column can be used for."""
    missing = int(column.missing.sum())
    rule = "drop" if is_target else "median" if column.kind == "number" else "most-frequent"
    reason = "" if is_target else useless(column)
    return ColumnUse(name, in_words(column), missing, rule if missing else "", reason)


def in_words(column: Column) -> str:
    """What a column holds."""
    words = sorted({word for word in column.labels() if word is not None})
    if not words:
        return "nothing"
    if column.kind == "number":
        present = column.values[~column.missing]
        return f"numbers from {present.min():g} to {present.max():g}"
    shown = ", ".join(words[:WORDS_SHOWN]) + (", ..." if len(words) > WORDS_SHOWN else "")
    return f"{len(words)} word{'s' * (len(words) != 1)}: {shown}"


def useless(column: Column) -> str:
    """Why nothing can be learned from a column as it is; empty when something can."""
    rows = len(column.values)
    present = column.values[~column.missing]
    different = len(set(present.tolist()))
    if different == 0:
        return "it has no values"
    if different == 1:
        return "it has the same value in every row"
    if column.kind == "text" and different > min(MOST_WORDS, max(rows / 2, 2)):
        return f"it has {different} different words in {rows} rows, such as {present[0]!r}"
    if column.kind == "number" and rows >= ROWS_TO_COUNT and counts_rows(column.values):
        return "it numbers the rows"
    return ""


def counts_rows(values: Any) -> bool:
    """Whether a column is 0, 1, 2, ... or 1, 2, 3, ..."""
    return bool(values[0] in (0, 1) and np.array_equal(values, values[0] + np.arange(len(values))))


def names_classes(column: Column, task: Task = "auto") -> bool:
    """Whether a target is taken for classes: words, two values, or whole numbers counted from 0 or 1."""
    if task != "auto":
        return task == "classification"
    if column.kind != "number":
        return True
    values, rows = np.unique(column.values[~column.missing]), len(column.values)
    if len(values) == 2:
        return True
    few = 2 < len(values) <= MOST_CLASSES and rows >= ROWS_PER_CLASS * len(values)
    return few and counts_rows(values)


def experiment_for_table(file: Path, target: str) -> Experiment:
    """An experiment with sensible settings for a file that nobody has said anything about but its target.

    Raises what reading it and `experiment_for_rows` do.
    """
    table = load_table(Data(file=str(file)), Path())
    experiment = experiment_for_rows(table, target, name=file.name)
    return structs.replace(experiment, data=structs.replace(experiment.data, file=str(file)))


def experiment_for_rows(
    table: Table,
    target: str,
    *,
    name: str,
    inputs: tuple[str, ...] = (),
    task: Task = "auto",
    split: Split | None = None,
    missing: MissingRule | None = None,
) -> Experiment:
    """An experiment with sensible settings for a table; where its rows come from is left to be said.

    Classes or numbers by what the target holds; inputs scaled; a rule for each column with missing values; one hidden
    layer, Adam; with enough rows a validation part that decides when to stop, and a test part. Where no inputs are
    named, columns of no use are left out (`column_uses` says why). Raises DataError (WG3xx), among them WG311 for a few
    words in a column of numbers, and NothingToLearn (WG810).
    """
    uses = {use.name: use for use in column_uses(table, target)}
    for each in (*inputs, target) if inputs else uses:
        refuse_stray_words(table, each)
    useful = inputs or tuple(use.name for use in uses.values() if not use.reason and use.name != target)
    if not useful:
        left_out = tuple(f"{use.name}: {use.reason}" for use in uses.values() if use.reason)
        raise NothingToLearn(table.source, target, left_out)
    column = table.columns[target]
    rules: dict[str, float | int | str] = {
        use.name: use.rule for use in uses.values() if use.rule and use.name in (*useful, target)
    }
    data = Data(
        inputs=useful if len(useful) + 1 < len(uses) else (),
        target=target,
        task=task,
        missing=missing or rules or "error",
        scale="standard",
        scale_target="none" if names_classes(column, task) else "standard",
    )
    activation, loss = output_and_loss(column, task)
    network = Network(layers=f"in -> {HIDDEN} relu -> out{activation and f' {activation}'}")
    training = training_for(table.rows, loss, split)
    return with_fitting_split(
        Experiment(title=f"{target} from {name}", data=data, network=network, training=training), table
    )


def output_and_loss(column: Column, task: Task = "auto") -> tuple[str, Loss]:
    """The activation of the last layer and what is made small, by what the target holds."""
    if not names_classes(column, task):
        return "", Loss("squared-error", "mean")
    if len({label for label in column.labels() if label is not None}) == 2:
        return "sigmoid", Loss("binary-cross-entropy", "mean")
    return "softmax", Loss("cross-entropy", "mean")


def training_for(rows: int, loss: Loss, split: Split | None = None) -> Training:
    """How to train on a table of so many rows; they say what is held out, unless that is given."""
    split = split or split_for(rows)
    return Training(
        loss=loss,
        optimizer=Adam(),
        learning_rate=0.01,
        epochs=200,
        batch_size=8 if rows < 200 else 32 if rows < 10_000 else 256,
        split=split,
        early_stopping=EarlyStopping(patience=PATIENCE) if split.validation else None,
    )


def split_for(rows: int) -> Split:
    """What is held out of so many rows."""
    return Split(validation=HELD_OUT, test=HELD_OUT) if rows >= ROWS_TO_SPLIT else Split()


def with_fitting_split(experiment: Experiment, table: Table) -> Experiment:
    """The same with the first seed of the split whose training part has met every word of the other parts."""
    training = experiment.training
    for seed in range(SEEDS_TRIED):
        split = structs.replace(training.split, seed=seed or None)
        tried = structs.replace(training, split=split)
        try:
            prepare(experiment.data, tried, table)
        except CategoryUnknown:
            continue
        return structs.replace(experiment, training=tried)
    return experiment

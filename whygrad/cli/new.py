"""`whygrad new`: an experiment to start from."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from msgspec import structs

from whygrad.cli.columns import columns_as_tables, in_words, print_columns
from whygrad.cli.paper import commands, document, heading, say
from whygrad.cli.places import TABLES, meant_as
from whygrad.cli.starter import starter_text
from whygrad.data import load_table
from whygrad.errors.command import FileNotKnown, NotAnExperiment, NotOverwritten, TargetNeeded
from whygrad.pipeline.files import write_text
from whygrad.pipeline.starting import ColumnUse, column_uses, experiment_for_table
from whygrad.spec import (
    Adam,
    Cell,
    Data,
    Experiment,
    He,
    Loss,
    Network,
    PythonRandom,
    Split,
    Toy,
    Training,
    check_experiment,
)


def xor() -> Experiment:
    """Four rows that no straight line separates."""
    return Experiment(
        title="XOR",
        data=Data(toy=Toy("xor")),
        network=Network(layers="2 -> 8 relu -> 1", initialiser=PythonRandom(), bias_initialiser=PythonRandom()),
        training=Training(
            loss=Loss("squared-error", "sum"),
            learning_rate=0.1,
            epochs=500,
            batch_size="per row",
            order="in order",
            seed=7,
        ),
    )


def small_table() -> Experiment:
    """A table written into the file: who passes, from hours of study and of sleep."""
    columns: dict[str, tuple[Cell, ...]] = {
        "study": (1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5),
        "sleep": (7.0, 5.0, 8.0, 4.0, 8.0, 6.0, 7.0, 5.0),
        "passed": ("no", "no", "no", "no", "yes", "yes", "yes", "yes"),
    }
    return Experiment(
        title="Pass or fail",
        data=Data(columns=columns, target="passed", scale="standard"),
        network=Network(layers="in -> 4 tanh -> out sigmoid"),
        training=Training(
            loss=Loss("binary-cross-entropy", "mean"),
            optimizer=Adam(),
            learning_rate=0.05,
            epochs=200,
            batch_size="all",
        ),
    )


def regression() -> Experiment:
    """A noisy sine curve."""
    return Experiment(
        title="Sine",
        data=Data(toy=Toy("sine", rows=200, noise=0.1)),
        network=Network(layers="1 -> 16 tanh -> 1"),
        training=Training(
            loss=Loss("squared-error", "mean"),
            optimizer=Adam(),
            learning_rate=0.02,
            epochs=300,
            batch_size=20,
            split=Split(test=0.2),
        ),
    )


def images() -> Experiment:
    """Handwritten digits, from scikit-learn."""
    return Experiment(
        title="Handwritten digits",
        data=Data(dataset="digits", scale="min-max"),
        network=Network(layers="in -> 64 relu -> out softmax", initialiser=He()),
        training=Training(
            loss=Loss("cross-entropy", "mean"),
            optimizer=Adam(),
            learning_rate=0.003,
            epochs=30,
            batch_size=32,
            split=Split(validation=0.1, test=0.2),
        ),
    )


KINDS: Final[Mapping[str, Callable[[], Experiment]]] = {
    "xor": xor,
    "table": small_table,
    "regression": regression,
    "images": images,
}


def carry_out(name: Path | None, *, kind: str, source: Path | None, target: str, as_json: bool) -> None:
    """Write a starter file, or print its text when it has no name.

    Raises NotAnExperiment (WG813), NotOverwritten (WG806), TargetNeeded (WG802), FileNotKnown (WG801), and what
    reading the table raises.
    """
    path = None if name is None else name if name.suffix else name.with_suffix(".toml")
    if path is not None and path.suffix.lower() != ".toml":
        raise NotAnExperiment(str(path), command_for(path, source))
    if path is not None and path.exists():
        raise NotOverwritten(str(path))
    uses = uses_of(source, target, path)
    experiment = KINDS[kind]() if source is None else for_table(source, target, path)
    notes = [f"{use.name}: {in_words(use, target)}" for use in uses]
    text = starter_text(check_experiment(experiment), ["Columns of the table:", *notes] if notes else [])
    if path is not None:
        write_text(path, text)
    if as_json:
        document({"file": path, "text": text, "columns": columns_as_tables(uses, target)})
    elif path is None:
        sys.stdout.write(text)
    else:
        print_written(path, uses, target)


def command_for(path: Path, source: Path | None) -> str:
    """The command that was probably meant when the name is not that of an experiment."""
    table = source or (path if path.suffix.lower() in TABLES and path.exists() else None)
    return f"whygrad new {path.with_suffix('.toml')}" + (f" --from {table}" if table else "")


def uses_of(source: Path | None, target: str, path: Path | None) -> tuple[ColumnUse, ...]:
    """What each column of the table can be used for; none without a table."""
    if source is None:
        return ()
    if meant_as(source) != "table":
        raise FileNotKnown(str(source), "is no table", "a table (.csv, .tsv, .parquet)", "leave out --from")
    rows = load_table(Data(file=str(source)), Path())
    if not target:
        command = " ".join(["whygrad new", *([str(path)] if path else []), f"--from {source}"])
        raise TargetNeeded(command, str(source), rows.names)
    return column_uses(rows, target)


def for_table(source: Path, target: str, path: Path | None) -> Experiment:
    """The experiment for a table, whose file is said from the folder of the experiment."""
    experiment = experiment_for_table(source, target)
    file = os.path.relpath(source, Path() if path is None else path.parent)
    return structs.replace(experiment, data=structs.replace(experiment.data, file=Path(file).as_posix()))


def print_written(path: Path, uses: tuple[ColumnUse, ...], target: str) -> None:
    """What was written, and what to do with it."""
    say(f"Wrote {path}")
    if uses:
        print_columns(uses, target)
    heading("Next")
    commands([f"whygrad train {path}"])

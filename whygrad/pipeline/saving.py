"""A run written as a folder."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from whygrad.data import as_table, write_table
from whygrad.errors import WhygradError
from whygrad.errors.saved import CannotWrite, OtherRun
from whygrad.pipeline.files import write_folder
from whygrad.pipeline.layout import (
    EXPERIMENT,
    FORMAT,
    HISTORY,
    LARGE,
    MODEL,
    OWN,
    READABLE_AT_MOST,
    RECORD,
    STEPS,
    TABLE,
    Record,
    SavedModel,
    Value,
)
from whygrad.run.choice import NEEDS
from whygrad.spec import parse_experiment, write_experiment
from whygrad.trace import as_csv, from_csv

if TYPE_CHECKING:
    from whygrad.data import Table
    from whygrad.pipeline.trained import Trained
    from whygrad.spec import Experiment


def save(run: Trained, folder: Path, *, replace: bool = False) -> Path:
    """Write the run as a folder, whole or not at all. Raises CannotWrite (WG606).

    Raises OtherRun (WG608) when the folder holds a run that this one does not go on from, unless it is to `replace` it.
    A folder with other things in it and no run is never written to.
    """
    if folder.is_dir() and not (folder / RECORD).exists() and any(folder.iterdir()):
        raise CannotWrite(str(folder), "it holds other files and no run")

    def fill(place: Path) -> None:
        experiment = run.experiment
        if run.table is not None:
            experiment = with_rows(experiment, as_table(run.table), place / TABLE)
        elif experiment.data.file == TABLE and (run.folder / RECORD).exists():
            shutil.copy2(run.folder / TABLE, place / TABLE)  # rows that once came from memory stay with their run
        elif experiment.data.file is not None:
            experiment = with_file(experiment, seen_from(experiment.data.file, run.folder, folder))
        (place / EXPERIMENT).write_text(write_experiment(experiment), encoding="utf-8")
        (place / HISTORY).write_text(as_csv(run.history.rows), encoding="utf-8")
        if run.history.steps:
            (place / STEPS).write_text(as_csv(run.history.steps), encoding="utf-8")
        (place / RECORD).write_bytes(pretty(record_of(run)))
        if not replace and (folder / RECORD).exists() and not goes_on(place, folder):
            raise OtherRun(str(folder))
        write_model(run, place)

    return write_folder(folder, fill, OWN)


def goes_on(new: Path, old: Path) -> bool:
    """Whether a saved run is another one taken further, or as far: the same settings, and its epochs to the last digit.

    The number of epochs to go to is no part of what a run is.
    """
    try:
        return same_settings(new, old) and all(begins_with(new / name, old / name) for name in (HISTORY, STEPS))
    except (OSError, ValueError, KeyError, TypeError, WhygradError):
        return False  # it is damaged: what is left of it may be worth keeping


def begins_with(new: Path, old: Path) -> bool:
    """Whether the rows of a CSV file are the first ones of another; NaN is itself, and a file may be missing."""
    if not old.exists():
        return True
    longer, shorter = ([repr(sorted(row.items())) for row in from_csv(path.read_text("utf-8"))] for path in (new, old))
    return longer[: len(shorter)] == shorter


def same_settings(new: Path, old: Path) -> bool:
    """Whether two saved runs learned from the same data in the same way."""
    one, other = (parse_experiment((place / EXPERIMENT).read_text("utf-8"), EXPERIMENT) for place in (new, old))
    prints = [msgspec.json.decode((place / RECORD).read_bytes())["fingerprint"] for place in (new, old)]
    epochs = one.training.epochs
    known = msgspec.structs.replace(other, training=msgspec.structs.replace(other.training, epochs=epochs))
    return one == known and prints[0] == prints[1]


def with_file(experiment: Experiment, file: str) -> Experiment:
    """The experiment reading its rows from this file."""
    return msgspec.structs.replace(experiment, data=msgspec.structs.replace(experiment.data, file=file))


def with_rows(experiment: Experiment, table: Table, path: Path) -> Experiment:
    """The experiment reading the rows that came from memory from a file written here."""
    write_table(table, path)
    data = experiment.data
    known = msgspec.structs.replace(data, target=data.target or table.target, image=data.image or table.image)
    return with_file(msgspec.structs.replace(experiment, data=known), path.name)


def seen_from(file: str, start: Path, folder: Path) -> str:
    """A path that starts at one folder, as another folder has to write it; an absolute one stays as it is.

    Links are followed first: `..` in a path leads out of where a link points to, not out of where it stands.
    """
    if Path(file).is_absolute():
        return file
    there = (start / file).resolve()
    try:
        return Path(os.path.relpath(there, folder.resolve())).as_posix()
    except ValueError:  # another drive
        return there.as_posix()


def record_of(run: Trained) -> Record:
    """What run.json says of a run."""
    best = run.position.best
    return Record(
        format=FORMAT,
        versions=versions(run.engine),
        engine=run.engine,
        seed=run.experiment.training.seed,
        fingerprint=run.set_up.dataset.fingerprint,
        epochs=run.position.epoch,
        ending=run.ending.value,
        best_epoch=best.epoch if best else None,
        best_loss=best.loss if best else None,
        figures={name: value for name, value in run.figures.items() if name != "epoch" and "/" not in name},
        fault=str(run.fault or ""),
        devices=run.set_up.job.engine.devices,
    )


def versions(engine: str) -> dict[str, str]:
    """Versions of what computed the run."""
    package, _ = NEEDS.get(engine, ("", ""))
    needed = {package: installed(package)} if package else {}
    return {"whygrad": installed("whygrad"), "python": platform.python_version(), "numpy": np.__version__} | needed


def installed(package: str) -> str:
    """The version of an installed package, by the folder that tells of it: Python's own reader takes 20 ms to start."""
    for folder in sys.path:
        for found in Path(folder).glob(f"{package}-*.dist-info"):
            return found.name.removeprefix(f"{package}-").removesuffix(".dist-info")
    return "unknown"  # run from a checkout that was never installed


def pretty(record: Any) -> bytes:
    """A record as JSON that people can read."""
    return msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n"


def write_model(run: Trained, place: Path) -> None:
    """Write model.json, and the numbers beside it when there are many."""
    final, best = run.model.values, run.position.best
    values = {name: final[name] for name in run.model.predictor.forward_for(1).states}
    groups = {
        "values": values,
        "resume": left_out(run.position.states, values),
        "best": left_out(best.states, values) if best else {},
    }
    names = {parameter.name: parameter.elements for parameter in run.set_up.plan.parameters()}
    large = sum(np.size(value) for group in groups.values() for value in group.values()) > READABLE_AT_MOST
    if large:
        from safetensors.numpy import save as as_bytes

        arrays = {f"{group}/{name}": np.array(v) for group, some in groups.items() for name, v in some.items()}
        (place / LARGE).write_bytes(as_bytes(arrays))  # its own writer lets nobody but the owner read it
    saved = {
        group: {name: as_value(v, names.get(name, ()), readable=not large) for name, v in some.items()}
        for group, some in groups.items()
    }
    (place / MODEL).write_bytes(pretty(SavedModel(run.set_up.dataset.preparation, **saved)))


def left_out(states: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The states that are not among the model's values already."""
    return {name: value for name, value in states.items() if name not in values or value is not values[name]}


def as_value(array: Any, names: tuple[str, ...], *, readable: bool) -> Value:
    """An array as model.json has it; a sparse matrix, some of whose places have no name, is a plain list."""
    whole = np.asarray(array)
    if not readable:
        return Value(whole.shape, None)
    numbers = tuple(map(float, whole.ravel()))
    return Value(whole.shape, dict(zip(names, numbers, strict=True)) if names and all(names) else numbers)

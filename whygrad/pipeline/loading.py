"""A run read back from its folder."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
import numpy as np

from whygrad.build import plan_network
from whygrad.errors.saved import DataChanged, NotARun, OtherFormat
from whygrad.pipeline.layout import EXPERIMENT, FORMAT, HISTORY, LARGE, MODEL, RECORD, STEPS, Record, SavedModel, Value
from whygrad.pipeline.model import Model
from whygrad.pipeline.run import Run
from whygrad.pipeline.setting_up import predictor_for, set_up
from whygrad.run import Best, Checkpoints, Position
from whygrad.spec import parse_experiment
from whygrad.trace import Ending, History, Row, from_csv

if TYPE_CHECKING:
    from whygrad.spec import Experiment

T = TypeVar("T")


class Stamp(msgspec.Struct):
    """The one field of run.json that every format has."""

    format: int


def load(folder: str | os.PathLike[str]) -> Run:
    """A saved run with everything it could do before, its data read again.

    Raises NotARun (WG601), OtherFormat (WG602), DataChanged (WG603) and what reading the data raises.
    """
    place = Path(folder)
    record, experiment, saved = read_record(place), read_settings(place), read_model(place)
    ready = set_up(experiment, place, engine=record.engine, is_recorded=True)
    ready.job.engine.devices = record.devices
    if ready.dataset.fingerprint != record.fingerprint:
        raise DataChanged(str(place), ready.dataset.source)
    history = read_history(place)
    start = ready.start()
    arrays = restored(place, "values", saved.values)
    now = fitted(place, start.states, {**arrays, **restored(place, "resume", saved.resume)})
    best = None
    if record.best_epoch is not None and record.best_loss is not None:
        states = fitted(place, start.states, {**arrays, **restored(place, "best", saved.best)})
        best = Best(record.best_epoch, record.best_loss, states)
    position = Position(record.epochs, now, best)
    checkpoints = Checkpoints(start)
    checkpoints.add(position)
    return Run(ready, history, Ending(record.ending), position, checkpoints, folder=place)


def fitted(place: Path, start: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    """The states of a run among the arrays that were found, as the run starts with them: in its shapes and dtypes.

    Raises NotARun (WG601).
    """
    for name, value in start.items():
        if name not in found or found[name].shape != value.shape:
            raise NotARun(str(place), MODEL, f"does not fit {EXPERIMENT}: no {name} of shape {value.shape}")
    return {name: found[name].astype(value.dtype) for name, value in start.items()}


def load_model(folder: str | os.PathLike[str]) -> Model:
    """Only the trained network of a saved run: it predicts without the data it was trained on."""
    place = Path(folder)
    read_record(place)
    experiment, saved = read_settings(place), read_model(place)
    preparation = saved.preparation
    plan = plan_network(experiment.network, preparation.feature_names, preparation.output_names)
    predictor = predictor_for(experiment, plan)
    wanted = {name: np.zeros(state.shape) for name, state in predictor.forward_for(1).states.items()}
    values = fitted(place, wanted, restored(place, "values", saved.values))
    return Model(plan, values, preparation, predictor, experiment.training.threshold)


def read_record(place: Path) -> Record:
    """run.json; its format is looked at before anything else. Raises WG601 and WG602."""
    content = read(place, RECORD)
    found = decoded(place, RECORD, content, Stamp).format
    if found != FORMAT:
        raise OtherFormat(str(place), found, FORMAT)
    record = decoded(place, RECORD, content, Record)
    if record.ending not in {each.value for each in Ending}:
        raise NotARun(str(place), RECORD, f"is damaged: no run ends with {record.ending!r}")
    return record


def kept_epochs(record: Record, experiment: Experiment) -> int:
    """After how many epochs the network of a saved run is kept: all, or the best when early stopping restores it."""
    stopping = experiment.training.early_stopping
    restored = stopping is not None and stopping.restore_best and record.best_epoch is not None
    return record.best_epoch if restored and record.best_epoch is not None else record.epochs


def read_settings(place: Path) -> Experiment:
    """experiment.toml of a run."""
    return parse_experiment(read(place, EXPERIMENT).decode("utf-8", "replace"), str(place / EXPERIMENT))


def read_model(place: Path) -> SavedModel:
    """model.json of a run."""
    return decoded(place, MODEL, read(place, MODEL), SavedModel)


def read_history(place: Path) -> History:
    """history.csv of a run, and steps.csv where it has one. Raises NotARun (WG601)."""
    epochs = read_record(place).epochs
    steps = read_rows(place, STEPS) if (place / STEPS).exists() else ()
    rows = read_rows(place, HISTORY)
    if [row.get("epoch") for row in rows] != list(range(epochs)) or not all("loss" in row for row in rows):
        raise NotARun(str(place), HISTORY, f"is damaged: it needs a loss for each of the {epochs} epochs")
    return History(rows, steps)


def read_rows(place: Path, file: str) -> tuple[Row, ...]:
    """The rows of one of a run's CSV files; raises NotARun (WG601)."""
    try:
        return from_csv(read(place, file).decode("utf-8", "replace"))
    except ValueError as error:
        raise NotARun(str(place), file, f"is damaged: {error}") from error


def read(place: Path, file: str) -> bytes:
    """The bytes of one of a run's files; raises NotARun (WG601)."""
    try:
        return (place / file).read_bytes()
    except OSError as error:
        raise NotARun(str(place), file, "is missing" if not (place / file).exists() else str(error.strerror)) from error


def decoded(place: Path, file: str, content: bytes, kind: type[T]) -> T:
    """A JSON file as its record; raises NotARun (WG601)."""
    try:
        return msgspec.json.decode(content, type=kind)
    except msgspec.MsgspecError as error:
        raise NotARun(str(place), file, f"is damaged: {error}") from error


def restored(place: Path, group: str, values: Mapping[str, Value]) -> dict[str, Any]:
    """The arrays of one group of model.json, in double precision."""
    large: Mapping[str, Any] = {}
    if any(value.numbers is None for value in values.values()):
        from safetensors import SafetensorError
        from safetensors.numpy import load_file

        try:
            large = load_file(place / LARGE)
        except (OSError, SafetensorError) as error:
            raise NotARun(str(place), LARGE, f"cannot be read: {error}") from error
    try:
        return {name: shaped(value, large, f"{group}/{name}") for name, value in values.items()}
    except KeyError as error:
        raise NotARun(str(place), LARGE, f"is damaged: it lacks {error}") from error
    except (TypeError, ValueError) as error:
        raise NotARun(str(place), MODEL, f"is damaged: {error}") from error


def shaped(value: Value, large: Mapping[str, Any], key: str) -> Any:
    """The array of one entry, from its own numbers or from those of the large file under `key`."""
    numbers = list(value.numbers.values()) if isinstance(value.numbers, dict) else value.numbers
    return np.asarray(large[key] if numbers is None else numbers, dtype=np.float64).reshape(value.shape)

"""How a run lies in a folder: its files, and the records in them.

experiment.toml   what was asked for
model.json        how rows are prepared, and every value by name (large ones beside it in values.safetensors)
history.csv       the figures of every epoch
steps.csv         the figures of every k updates, where asked for
run.json          format, versions, engine and devices, seed, fingerprint of the data, how it ended, the figures kept
data.parquet      the rows, when they came from memory
report.html       the page of the run, when it was asked for; it goes when the run is saved anew
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from whygrad.dataset import Preparation

FORMAT = 1
READABLE_AT_MOST = 10_000  # numbers; beyond this model.json only says where they are
EXPERIMENT, MODEL, HISTORY, RECORD, TABLE = "experiment.toml", "model.json", "history.csv", "run.json", "data.parquet"
LARGE, STEPS, PAGE = "values.safetensors", "steps.csv", "report.html"
OWN = frozenset({EXPERIMENT, MODEL, HISTORY, RECORD, TABLE, LARGE, STEPS, PAGE})


class Value(msgspec.Struct, frozen=True):
    """An array: its shape, and its numbers in C order: by name where each has one, None in values.safetensors."""

    shape: tuple[int, ...]
    numbers: dict[str, float] | tuple[float, ...] | None


class SavedModel(msgspec.Struct, frozen=True):
    """model.json: `values` predict; `resume` is what going on needs besides, `best` what early stopping needs."""

    preparation: Preparation
    values: dict[str, Value]
    resume: dict[str, Value]
    best: dict[str, Value]


class Record(msgspec.Struct, frozen=True):
    """run.json."""

    format: int
    versions: dict[str, str]
    engine: str
    seed: int
    fingerprint: str
    epochs: Annotated[int, msgspec.Meta(ge=0)]
    ending: str
    best_epoch: int | None
    best_loss: float | None
    figures: dict[str, float | None]
    fault: str = ""
    devices: int = 1

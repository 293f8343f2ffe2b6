"""Preparing data: table -> complete rows -> split -> columns fitted on the training part -> arrays."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from whygrad.data.augment import refuse_unless_image
from whygrad.data.encode import column_inputs, fit_column
from whygrad.data.frame import as_table
from whygrad.data.missing import complete_rows, refuse_missing, rule_for
from whygrad.data.source import input_and_target_names, load_table
from whygrad.data.split import SplitRows, split_rows
from whygrad.data.table import Table
from whygrad.data.target import fit_target, refuse_missing_target, refuse_unfit_target, target_array, task_of
from whygrad.dataset import CategoryColumn, ClassTarget, Dataset, Part, Preparation, fingerprint_of
from whygrad.errors.data import ImageUnfit, InputsMissing, PartEmpty, TableEmpty, listed
from whygrad.errors.table import NotATable

if TYPE_CHECKING:
    from whygrad.spec import Data, Training

__all__ = ["prepare", "prepare_rows"]

Rows = NDArray[np.int64]
_FIT_REMEDY = "take another training.split.seed, leave the row out, or leave the column out of data.inputs"
_NEW_ROWS_REMEDY = "leave the row out, or train again on a table that has this value"


def prepare(data: Data, training: Training, table: object | None = None, folder: Path = Path()) -> Dataset:
    """The experiment's data as arrays in three parts.

    `table` stands in for the experiment's own source when given: a frame, a dict of columns, a pair of arrays (see
    `as_table`). A relative file starts at `folder`. Statistics (filling values, scales, levels, classes) come from the
    training part alone. Raises DataError (WG3xx).
    """
    source = load_table(data, folder) if table is None else as_table(table)
    inputs, targets = input_and_target_names(data, source)
    kept = _kept_rows(source, inputs, targets, data)
    refuse_unfit_target(source, targets, data, training.loss.name, kept)
    split = _split(source, targets, data, training, kept)
    fitted = kept[split.training]
    loss = training.loss.name
    columns = tuple(fit_column(source, name, data, kept=kept, training=fitted) for name in inputs)
    target = fit_target(source, targets, data, loss, kept=kept, training=fitted)
    preparation = Preparation(columns, target, _image(data, source, columns))
    refuse_unless_image(data.augment, preparation.image, source.source, len(preparation.feature_names))
    learn, watch, keep = (
        _part(source, preparation, kept[rows]) for rows in (split.training, split.validation, split.test)
    )
    words = _described(source, preparation, [learn, watch, keep])
    return Dataset(learn, watch, keep, preparation, words, fingerprint_of(learn, watch, keep))


def prepare_rows(preparation: Preparation, table: object) -> NDArray[np.float64]:
    """New rows, in any form that `as_table` takes, as inputs (rows, features); columns the model lacks are ignored.

    Raises WG322 (missing columns), WG307 (missing values without a rule), WG309 (unknown categories), WG311.
    """
    source = as_table(_named_columns(preparation, table), source="the rows")
    absent = tuple(column.name for column in preparation.columns if column.name not in source.columns)
    if absent:
        raise InputsMissing(source.source, absent, source.names)
    remedy = "give every value; the network was trained without a rule for missing ones"
    return _inputs(preparation, source, np.arange(source.rows), missing=remedy, unknown=_NEW_ROWS_REMEDY)


def _named_columns(preparation: Preparation, rows: object) -> object:
    """An array or list (rows, inputs) as columns by name, in the model's order; anything else as it is (WG320).

    With one axis it is a single row, or for a model of one input its column.
    """
    if not isinstance(rows, list | tuple | np.ndarray):
        return rows
    names = [column.name for column in preparation.columns]
    array = np.asarray(rows, dtype=getattr(rows, "dtype", object))
    if array.ndim == 1:
        array = array[:, None] if len(names) == 1 else array[None, :]
    if array.ndim != 2 or array.shape[1] != len(names):
        reason = f"each row needs {len(names)} values: {listed(tuple(names))}"
        raise NotATable("the rows", f"array of shape {array.shape}", reason)
    return {name: array[:, place] for place, name in enumerate(names)}


def _inputs(preparation: Preparation, table: Table, rows: Rows, *, missing: str, unknown: str) -> NDArray[np.float64]:
    """Inputs (rows, features) of some rows; `missing` and `unknown` are what the two errors advise."""
    unfilled = [column.name for column in preparation.columns if column.fill is None]
    refuse_missing(table, unfilled, rows, remedy=missing)
    found, start = np.empty((len(rows), len(preparation.feature_names))), 0
    for column in preparation.columns:  # one by one: all of them beside the whole would be the table once more
        features = column_inputs(column, table, rows, remedy=unknown)
        found[:, start : start + features.shape[1]] = features
        start += features.shape[1]
    return found


def _part(table: Table, preparation: Preparation, rows: Rows) -> Part:
    inputs = _inputs(preparation, table, rows, missing=_FIT_REMEDY, unknown=_FIT_REMEDY)
    return Part(inputs, target_array(preparation.target, table, rows), rows)


def _kept_rows(table: Table, inputs: tuple[str, ...], targets: tuple[str, ...], data: Data) -> Rows:
    """The rows that the rules for missing values leave (WG303, WG307, WG308)."""
    kept = complete_rows(table, (*inputs, *targets), data)
    refuse_missing_target(table, targets, kept, data)
    refuse_missing(table, [name for name in inputs if rule_for(name, data) == "error"], kept)
    if not len(kept):
        raise TableEmpty(table.source, f"each of its {table.rows} rows has a missing value and was dropped")
    return kept


def _split(table: Table, targets: tuple[str, ...], data: Data, training: Training, kept: Rows) -> SplitRows:
    """The parts, stratified for classes; a part that was asked for and stays empty is WG313."""
    split = training.split
    stratified = split.stratified and task_of(table, targets, data, training.loss.name) == "classification"
    groups = None
    if stratified:
        groups = np.unique(np.array(table.columns[targets[0]].take(kept).labels()), return_inverse=True)[1]
    parts = split_rows(len(kept), split, seed=training.seed, groups=groups)
    wanted = {"training": parts.training, "validation": parts.validation, "test": parts.test}
    for name, rows in wanted.items():
        if not len(rows) and (name == "training" or getattr(split, name) > 0.0):
            raise PartEmpty(table.source, len(kept), split.validation, split.test, name)
    return parts


def _image(data: Data, table: Table, columns: tuple[object, ...]) -> tuple[int, int] | None:
    """The image that the inputs are (WG316 when they cannot be)."""
    image = data.image or (None if data.inputs else table.image)
    if image is None:
        return None
    category = next((column.name for column in columns if isinstance(column, CategoryColumn)), "")
    if category or image[0] * image[1] != len(columns):
        raise ImageUnfit(table.source, *image, len(columns), category)
    return image


def _described(table: Table, preparation: Preparation, parts: list[Part]) -> str:
    """One line for people: rows, what was dropped, the parts, and classes too small for every part."""
    kept = sum(len(part) for part in parts)
    words = [f"{table.source}: {table.rows} row{'s' * (table.rows != 1)}"]
    if kept < table.rows:
        words.append(f"{table.rows - kept} dropped for missing values")
    names = ("training", "validation", "test")
    asked = [(name, part) for name, part in zip(names, parts, strict=True) if len(part)]
    if len(asked) > 1:
        words.append("split into " + ", ".join(f"{len(part)} {name}" for name, part in asked))
        words += _too_small(table, preparation.target, asked)
    return "; ".join(words)


def _too_small(table: Table, target: object, asked: list[tuple[str, Part]]) -> list[str]:
    """Which classes have no row in a part that was asked for."""
    if not isinstance(target, ClassTarget):
        return []
    column = table.columns[target.name]
    counts = {name: Counter(column.take(part.rows).labels()) for name, part in asked}
    return [
        f"class {label} has no row in the {name} part"
        for label in target.classes
        for name, _ in asked
        if not counts[name][label]
    ]

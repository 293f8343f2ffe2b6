"""The target: classes or numbers, how it is prepared, and its array."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from whygrad.data.encode import finite_numbers, level_indices, one_hot
from whygrad.data.missing import rule_for
from whygrad.data.scale import fit_scale, scaled
from whygrad.data.stray import number_in, refuse_stray_words
from whygrad.data.table import Column, Table, label_of
from whygrad.dataset import ClassTarget, NumberTarget
from whygrad.errors.data import ClassesUnfit, NotANumber, TargetMissing, TargetOutOfRange, TargetUndecided

if TYPE_CHECKING:
    from whygrad.spec import Data, LossName

__all__ = ["fit_target", "refuse_missing_target", "refuse_unfit_target", "target_array", "task_of"]

Rows = NDArray[np.int64]
Array = NDArray[np.float64]
_FEW_ROWS = 20
_REMEDY = "keep the split stratified, take another training.split.seed, or leave the row out"


def task_of(
    table: Table, names: tuple[str, ...], data: Data, loss: LossName
) -> Literal["classification", "regression"]:
    """What is learned: what `data.task` says, or else what target and loss imply.

    Several target columns are numbers. One column of text or booleans, and any column under a loss for classes, is
    classes. Raises WG319 for several columns that cannot be numbers.
    """
    if len(names) > 1:
        wordy = [name for name in names if table.columns[name].kind == "text"]
        if wordy or data.task == "classification":
            reason = "several target columns are predicted as numbers" + (
                f", and {wordy[0]!r} is text" if wordy else ""
            )
            raise TargetUndecided(table.source, reason, table.names)
        return "regression"
    if data.task != "auto":
        return data.task
    classes = table.columns[names[0]].kind != "number" or loss in ("binary-cross-entropy", "cross-entropy")
    return "classification" if classes else "regression"


def refuse_missing_target(table: Table, names: tuple[str, ...], rows: Rows, data: Data) -> None:
    """Refuse rows without an answer (WG308): only the rule "drop" can do something about them."""
    for name in names:
        gaps = rows[table.columns[name].missing[rows]]
        if len(gaps) and rule_for(name, data) != "drop":
            raise TargetMissing(table.source, name, tuple(table.place(int(gap)) for gap in gaps))


def refuse_unfit_target(table: Table, names: tuple[str, ...], data: Data, loss: LossName, rows: Rows) -> None:
    """Refuse, before any split, a target whose words are numbers but for a few (WG311) or one per row (WG310)."""
    for name in names:
        refuse_stray_words(table, name)
    if task_of(table, names, data, loss) == "classification":
        classes = _classes(table.columns[names[0]].take(rows))
        if len(rows) > _FEW_ROWS and len(classes) > len(rows) // 2:
            raise ClassesUnfit(table.source, names[0], classes, *_one_per_row(table.columns[names[0]], len(rows)))


def _one_per_row(column: Column, rows: int) -> tuple[str, str]:
    """What is wrong with a class per row, and what to do."""
    remedy = "predict a column of numbers, or of few different words"
    if column.kind == "number":
        remedy = "choose squared-error to predict a number"
    return f"that is almost one per row ({rows} rows)", remedy


def fit_target(
    table: Table, names: tuple[str, ...], data: Data, loss: LossName, *, kept: Rows, training: Rows
) -> ClassTarget | NumberTarget:
    """How the target is prepared, fitted on the training rows (WG310, WG311, WG312, WG319, WG324)."""
    if task_of(table, names, data, loss) == "classification":
        return _class_target(table, names[0], data, loss, training)
    for name in names:
        _refuse_words(table, name, kept)
    fits = [
        fit_scale(table.columns[name].values[training], data.scale_target, source=table.source, name=name)
        for name in names
    ]
    target = NumberTarget(names, tuple(shift for shift, _ in fits), tuple(factor for _, factor in fits))
    _refuse_out_of_range(table, target_array(target, table, kept), kept, loss)
    return target


def _class_target(table: Table, name: str, data: Data, loss: LossName, training: Rows) -> ClassTarget:
    classes = _classes(table.columns[name].take(training))
    problem = _class_problem(classes, data, loss)
    if problem:
        raise ClassesUnfit(table.source, name, classes, *problem)
    return ClassTarget(name, classes, one_hot=loss == "cross-entropy" or len(classes) > 2)


def _classes(column: Column) -> tuple[str, ...]:
    """The names of the classes, sorted; numbers by their value, false before true."""
    if column.kind == "text":
        return tuple(sorted(set(column.values)))
    return tuple(label_of(value, column.kind) for value in np.unique(column.values))


def _class_problem(classes: tuple[str, ...], data: Data, loss: LossName) -> tuple[str, str] | None:
    """Why these classes cannot be learned as asked, and what to do; None when they can."""
    if data.scale_target != "none":
        return "classes are not scaled", "leave data.scale_target out, or set data.task = 'regression'"
    if len(classes) < 2:
        return "the training part needs two classes at least", "check data.target and data.file"
    if loss == "binary-cross-entropy" and len(classes) > 2:
        return "binary-cross-entropy tells two classes apart", "choose cross-entropy, with a last layer of softmax"
    return None


def target_array(target: ClassTarget | NumberTarget, table: Table, rows: Rows) -> Array:
    """The prepared targets of some rows, (rows, outputs); WG309 for a class that the training part lacks."""
    if isinstance(target, NumberTarget):
        columns = np.column_stack([table.columns[name].values[rows] for name in target.names])
        return scaled(columns, target.shifts, target.factors)
    words = table.columns[target.name].take(rows).labels()
    indices = level_indices(words, target.classes, table=table, name=target.name, rows=rows, remedy=_REMEDY)
    return one_hot(indices, len(target.classes)) if target.one_hot else indices[:, None].astype(np.float64)


def _refuse_words(table: Table, name: str, rows: Rows) -> None:
    column = table.columns[name]
    if column.kind == "text":
        stray = next((row for row in rows if number_in(column.values[row]) is None), rows[0])
        word, where = column.values[stray], table.place(int(stray))
        raise NotANumber(table.source, name, word, where, "data.task is regression, which predicts numbers")
    finite_numbers(column.values[rows], table, name, rows)


def _refuse_out_of_range(table: Table, targets: Array, rows: Rows, loss: LossName) -> None:
    """The cross-entropies are defined for probabilities only (WG312)."""
    if loss not in ("binary-cross-entropy", "cross-entropy"):
        return
    outside = ((targets < 0.0) | (targets > 1.0)).any(axis=1)
    expected = "between 0 and 1"
    if loss == "cross-entropy":
        outside |= ~np.isclose(targets.sum(axis=1), 1.0, rtol=0.0, atol=1e-9)
        expected += " that sum to 1 in each row"
    if outside.any():
        first = int(np.flatnonzero(outside)[0])
        where = table.place(int(rows[first]))
        raise TargetOutOfRange(table.source, where, tuple(targets[first].tolist()), loss, expected)

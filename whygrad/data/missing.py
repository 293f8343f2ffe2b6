"""Missing input values: find them, drop their rows, or fill them by a rule that is fitted on the training part."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from whygrad.data.table import Column, Table
from whygrad.errors.data import ColumnUnknown, MissingRuleUnfit, ValuesMissing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from whygrad.spec import Data

__all__ = ["complete_rows", "fill_for", "filled", "refuse_missing", "rule_for"]

Rows = NDArray[np.int64]
_RULES = ("error", "drop", "mean", "median", "most-frequent")
_REMEDY = 'set data.missing to "drop", or per column to "mean", "median", "most-frequent" or a value'


def rule_for(column: str, data: Data) -> str | float:
    """The rule of one column: a rule's name or the value to fill in; "error" where a table of rules leaves it out."""
    return data.missing.get(column, "error") if isinstance(data.missing, dict) else data.missing


def complete_rows(table: Table, names: Iterable[str], data: Data) -> Rows:
    """The rows that stay when rows with a missing value in a column of the rule "drop" are left out."""
    if isinstance(data.missing, dict):
        for name in data.missing:
            if name not in table.columns:
                raise ColumnUnknown(table.source, name, "a column of data.missing", table.names)
    gone = np.zeros(table.rows, dtype=bool)
    for name in names:
        if rule_for(name, data) == "drop":
            gone |= table.columns[name].missing
    return np.flatnonzero(~gone)


def refuse_missing(table: Table, names: Iterable[str], rows: Rows, *, remedy: str = _REMEDY) -> None:
    """Refuse missing values in these columns and rows (WG307), counting all and naming the first of each column."""
    holes = {name: rows[table.columns[name].missing[rows]] for name in names}
    holes = {name: gaps for name, gaps in holes.items() if len(gaps)}
    if holes:
        counts = tuple((name, len(gaps)) for name, gaps in holes.items())
        places = tuple(f"{name} in {table.place(int(gap))}" for name, gaps in holes.items() for gap in gaps[:3])
        raise ValuesMissing(table.source, counts, places, remedy)


def fill_for(table: Table, name: str, data: Data, *, kept: Rows, training: Rows) -> float | str | None:
    """What stands in for a missing value of this column: None under the rules "error" and "drop".

    Statistics are of the training rows. Raises WG317 when the rule does not fit the column's kind or has nothing to
    go by; a rule for all columns is no fault on a text column without gaps.
    """
    rule, column = rule_for(name, data), table.columns[name]
    if rule in ("error", "drop"):
        return None
    gaps = bool(column.missing[kept].any())
    unfit = _unfit(rule, column)
    if unfit and (gaps or isinstance(data.missing, dict)):
        raise MissingRuleUnfit(table.source, name, repr(rule), *unfit)
    if unfit:
        return None
    if rule not in _RULES:
        return rule if column.kind == "text" else float(rule)
    return _statistic(column.take(training), str(rule), name=name, source=table.source, needed=gaps)


def _unfit(rule: str | float, column: Column) -> tuple[str, str] | None:
    """Why a rule does not fit a column and what would, or None when it does."""
    if column.kind == "text" and (rule in ("mean", "median") or not isinstance(rule, str)):
        return "the column holds text", 'say "most-frequent", "drop" or a text for this column in data.missing'
    if column.kind != "text" and isinstance(rule, str) and rule not in _RULES:
        return "the column holds numbers", 'say "mean", "median", "most-frequent", "drop" or a number in data.missing'
    return None


def _statistic(column: Column, rule: str, *, name: str, source: str, needed: bool) -> float | str | None:
    present = column.values[~column.missing]
    if not len(present):
        if not needed:
            return None
        remedy = "give a value to fill in, or leave the column out of data.inputs"
        raise MissingRuleUnfit(source, name, repr(rule), "every value of it is missing in the training part", remedy)
    if rule == "most-frequent":
        counts = Counter(present.tolist())
        value: float | str = min(counts, key=lambda value: (-counts[value], value))
        return value
    return float(present.mean() if rule == "mean" else np.median(present))


def filled(column: Column, fill: float | str | None) -> Column:
    """The column with its gaps filled; None leaves them."""
    if fill is None:
        return column
    if column.kind == "text":
        return Column("text", np.where(column.missing, fill, column.values))
    return Column(column.kind, np.where(column.missing, float(fill), column.values))

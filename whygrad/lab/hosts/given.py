"""What a person gives to the lab in Python: an experiment, a run, or where one is."""

from __future__ import annotations

from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from whygrad.data import as_table
from whygrad.graph import UPDATES
from whygrad.lab.opening import Opening, first_opening
from whygrad.pipeline import Run, load
from whygrad.spec import Experiment, check_experiment, read_experiment

if TYPE_CHECKING:
    from whygrad.data.table import Column
    from whygrad.spec import Cell


def opening_of(given: Experiment | Run | str | Path | None) -> Opening:
    """An experiment as drawn; a run trained again as far as it was; XOR where nothing is given.

    Raises what reading an experiment or a run raises.
    """
    if given is None:
        return first_opening()
    if isinstance(given, Run):
        return opening_of_run(given)
    if isinstance(given, Experiment):
        return Opening(check_experiment(given), file=given.data.file)
    path = Path(given)
    if path.is_dir():
        return opening_of_run(load(path))
    experiment = read_experiment(path)
    return Opening(experiment, path.parent, experiment.data.file)


def opening_of_run(run: Run) -> Opening:
    """A run where it stands; rows that came from memory are taken into its experiment."""
    experiment, update = run.experiment, int(run.position.states[UPDATES])
    if run.table is not None:
        experiment = with_rows(experiment, run.table)
    return Opening(experiment, run.folder, experiment.data.file, update)


def with_rows(experiment: Experiment, given: object) -> Experiment:
    """The experiment with the values of a table in place of a file."""
    table, data = as_table(given), experiment.data
    columns = {name: cells(column) for name, column in table.columns.items()}
    known = structs.replace(data, columns=columns, target=data.target or table.target, image=data.image or table.image)
    return check_experiment(structs.replace(experiment, data=known))


def cells(column: Column) -> tuple[Cell, ...]:
    """The values of a column as an experiment has them, None where one is missing."""
    if column.kind == "text":
        return tuple(column.values)
    kind = bool if column.kind == "boolean" else float
    return tuple(None if isnan(value) else kind(value) for value in column.values)

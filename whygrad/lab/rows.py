"""The rows of an experiment as they are before anything is prepared, and an experiment with other ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import structs

from whygrad.data import load_table
from whygrad.data.source import input_and_target_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from whygrad.data import Table
    from whygrad.lab.editing import Editable
    from whygrad.spec import Experiment


def table_in(experiment: Experiment, folder: Path) -> tuple[Table, tuple[str, ...], tuple[str, ...]]:
    """The table of an experiment, whatever it comes from, and the names of its input and target columns."""
    table = load_table(experiment.data, folder)
    return table, *input_and_target_names(experiment.data, table)


def with_rows(experiment: Experiment, table: Table, targets: tuple[str, ...], edited: Editable) -> Experiment:
    """The experiment with its table as it was edited; what was said of columns that are gone is left out."""
    data = experiment.data
    kept = tuple(name for name in data.inputs if name in edited.cells)
    is_image = data.image or table.image
    same = is_image and tuple(edited.cells) == table.names
    written = structs.replace(
        data,
        file=None,
        toy=None,
        dataset=None,
        columns={name: tuple(cells) for name, cells in edited.cells.items()},
        inputs=kept,
        target=data.target or (targets[0] if len(targets) == 1 else targets),
        missing=of_columns(data.missing, edited.cells),
        image=is_image if same else None,
        augment=data.augment if same or not is_image else None,
    )
    return structs.replace(experiment, data=written)


def of_columns(missing: Any, columns: Iterable[str]) -> Any:
    """The rules for missing values of columns that are there."""
    if not isinstance(missing, dict):
        return missing
    return {name: rule for name, rule in missing.items() if name in set(columns)} or "error"


def renamed(experiment: Experiment, name: str, to: str) -> Experiment:
    """The experiment as it is when a column has another name, wherever it names columns."""
    data, network, other = experiment.data, experiment.network, {name: to}
    missing: Mapping[str, Any] | str = data.missing
    named = {other.get(each, each): rule for each, rule in missing.items()} if isinstance(missing, dict) else missing
    weights = {
        key: structs.replace(weight, from_=other.get(weight.from_ or "", weight.from_))
        for key, weight in network.weights.items()
    }
    columns = {other.get(each, each): cells for each, cells in (data.columns or {}).items()}
    return structs.replace(
        experiment,
        data=structs.replace(
            data,
            columns=columns,
            inputs=tuple(other.get(each, each) for each in data.inputs),
            target=other.get(data.target, data.target)
            if isinstance(data.target, str)
            else tuple(other.get(each, each) for each in data.target),
            missing=named,
        ),
        network=network if network.inputs else structs.replace(network, weights=weights),
    )

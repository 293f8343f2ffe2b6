"""The rows of the run changed by hand, or others taken up: the run starts again with them, as after any change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from msgspec import structs

from whygrad.lab.editing import editable
from whygrad.lab.message import Name, Number, Text
from whygrad.lab.rows import renamed, table_in, with_rows
from whygrad.lab.tools.table import own_table
from whygrad.lab.tools.tool import Tool
from whygrad.pipeline.starting import experiment_for_rows
from whygrad.spec import Scale, Split, parse_experiment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.lab.desk import Desk
    from whygrad.lab.editing import Editable
    from whygrad.lab.message import Answer
    from whygrad.spec import Experiment

Typed = Annotated[str, msgspec.Meta(max_length=2_000)]
Share = Annotated[float, msgspec.Meta(ge=0, lt=1)]
Kind = Literal["number", "text"]


class Edit(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="do"):
    """One thing that is done to a table."""


class SetCells(Edit, frozen=True, tag="set"):
    """What was typed into cells of a row, by column."""

    row: Number
    cells: dict[Name, Typed]


class AddRow(Edit, frozen=True, tag="add"):
    """A row more, at the end."""

    cells: dict[Name, Typed]


class DeleteRow(Edit, frozen=True, tag="delete"):
    """A row less."""

    row: Number


class Paste(Edit, frozen=True, tag="paste"):
    """Cells from a spreadsheet, laid over the table from a cell on."""

    row: Number
    column: Name
    text: Text


class AddColumn(Edit, frozen=True, tag="add-column"):
    """A column more, with one value in every row."""

    name: Name
    text: Typed
    kind: Kind = "number"


class DeleteColumn(Edit, frozen=True, tag="delete-column"):
    """A column less."""

    name: Name


class RenameColumn(Edit, frozen=True, tag="rename-column"):
    """Another name for a column."""

    name: Name
    to: Name


class ReadColumn(Edit, frozen=True, tag="read-column"):
    """A column read as numbers, or as words."""

    name: Name
    kind: Kind


class Roles(Edit, frozen=True, tag="roles"):
    """Which columns are learned from, and which is predicted."""

    inputs: tuple[Name, ...]
    target: Name


class Restore(Edit, frozen=True, tag="restore"):
    """The experiment of before, as text."""

    text: Text


class TakeUp(Edit, frozen=True, tag="take-up"):
    """A table of one's own, as the tool `table` looked through it, with what was chosen of it.

    - missing: "fill" takes the median, or the commonest word; "drop" leaves such rows out
    """

    content: bytes
    name: Name
    target: Name
    inputs: tuple[Name, ...]
    task: Literal["classification", "regression"]
    missing: Literal["fill", "drop"] = "fill"
    scale: Scale = "standard"
    validation: Share = 0.0
    test: Share = 0.0


AnyEdit = (
    SetCells
    | AddRow
    | DeleteRow
    | Paste
    | AddColumn
    | DeleteColumn
    | RenameColumn
    | ReadColumn
    | Roles
    | Restore
    | TakeUp
)


class Rows(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be done."""

    edit: AnyEdit


def use(desk: Desk, asked: Rows) -> Iterator[Answer | None]:
    """The answers to a change. Raises WG1022 to WG1025, and what taking up an experiment does."""
    yield None
    experiment, what = done(desk, asked.edit)
    yield from desk.take_up(experiment, what, has_other_data=True, about=TOOL.name)


def done(desk: Desk, edit: AnyEdit) -> tuple[Experiment, str]:
    """The experiment after an edit, and in words what was done."""
    session = desk.session
    match edit:
        case Restore(text):
            return parse_experiment(text, "the experiment before"), "the last edit was taken back"
        case TakeUp():
            return taken_up(desk, edit), f"{edit.name} was taken up"
    table, _, targets = table_in(session.experiment, session.folder)
    edited, what = edited_by(editable(table), edit)
    experiment = with_rows(session.experiment, table, targets, edited)
    if isinstance(edit, RenameColumn):
        experiment = renamed(experiment, edit.name, edit.to)
    elif isinstance(edit, Roles):
        data = structs.replace(experiment.data, inputs=edit.inputs, target=edit.target)
        experiment = structs.replace(experiment, data=data)
    return experiment, what


def edited_by(table: Editable, edit: AnyEdit) -> tuple[Editable, str]:
    """The cells after an edit, and in words what was done."""
    match edit:
        case SetCells(row, cells):
            return table.with_cells(row, cells), f"row {row} was changed"
        case AddRow(cells):
            return table.with_row(cells), f"row {table.rows} was added"
        case DeleteRow(row):
            return table.without_row(row), f"row {row} was deleted"
        case Paste(row, column, text):
            return table.with_block(row, column, text), f"cells were pasted at row {row}"
        case AddColumn(name, text, kind):
            return table.with_column(name, text, kind), f"the column {name} was added"
        case DeleteColumn(name):
            return table.without_column(name), f"the column {name} was deleted"
        case ReadColumn(name, kind):
            return table.of_kind(name, kind), f"{name} is a column of {'numbers' if kind == 'number' else 'words'}"
        case RenameColumn(name, to):
            table.require(name)
            table.require_new(to)
            return table, f"{name} is called {to}"
        case _:
            return table, "the columns were chosen"


def taken_up(desk: Desk, asked: TakeUp) -> Experiment:
    """A new experiment for a table of one's own. Raises what `own_table` and `experiment_for_rows` do."""
    table = own_table(asked.content, asked.name, desk.limits)
    experiment = experiment_for_rows(
        table,
        asked.target,
        name=asked.name,
        inputs=asked.inputs,
        task=asked.task,
        split=Split(validation=asked.validation, test=asked.test),
        missing="drop" if asked.missing == "drop" else None,
    )
    columns = {name: tuple(cells) for name, cells in editable(table).cells.items()}
    data = structs.replace(experiment.data, columns=columns, scale=asked.scale)
    return structs.replace(experiment, data=data)


TOOL = Tool("rows", Rows, use)

"""What may be written shorter in a file, spelled out: strings for tables, nan for a missing value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from whygrad.errors import nearest
from whygrad.errors.spec import MissingReduction
from whygrad.spec.loss import LossName, Reduction
from whygrad.spec.synonym import synonym

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from whygrad.errors.spec import Key

__all__ = ["spell_out"]


def spell_out(tables: object) -> object:
    """The same tables without shorthands: `optimizer = "adam"` becomes `{ name = "adam" }`, and so on.

    What fits no shorthand stays as it is. Raises WG208 for a loss without sum or mean.
    """
    return change(tables, {"data": data, "network": network, "training": training})


def change(table: object, changes: Mapping[str, Callable[[Any], object]]) -> object:
    """A copy of a table with some of its values changed."""
    if not isinstance(table, dict):
        return table
    return {key: changes[key](value) if key in changes else value for key, value in table.items()}


def data(table: object) -> object:
    """The section data: `toy` by name, nan for None."""
    return change(table, {"toy": named, "columns": missing_cells})


def network(table: object) -> object:
    """The section network: initialisers by name, here and in each layer."""
    return change(table, {"initialiser": named, "bias_initialiser": named, "layers": layers})


def layers(value: object) -> object:
    """A list of layers."""
    return [network(layer) for layer in value] if isinstance(value, list) else value


def training(table: object) -> object:
    """The section training: losses, optimizer and schedule."""
    return change(
        table,
        {"loss": loss_at("loss"), "reported_loss": loss_at("reported_loss"), "optimizer": named, "schedule": named},
    )


def named(value: object) -> object:
    """A name for a table that has only its name."""
    return {"name": value} if isinstance(value, str) else value


def missing_cells(columns: object) -> object:
    """TOML has no word for nothing: nan stands for it."""
    if not isinstance(columns, dict):
        return columns
    return {
        name: [None if cell != cell else cell for cell in cells] if isinstance(cells, list) else cells
        for name, cells in columns.items()
    }


def loss_at(key: str) -> Callable[[object], object]:
    """A loss as one string under this key: "sum squared-error"."""
    return lambda value: loss(value, ("training", key)) if isinstance(value, str) else value


def loss(words: str, key: Key) -> object:
    """The reduction and the name out of one string."""
    first, _, name = words.strip().partition(" ")
    if not name and first not in get_args(Reduction):
        names = get_args(LossName)
        raise MissingReduction(key=key, found=first, loss=synonym(first, names) or nearest(first, names) or names[0])
    return {"reduction": first, "name": name.strip()}

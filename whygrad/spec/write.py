"""An experiment -> TOML text that reads back as the same experiment, every default spelled out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whygrad.spec.shortest import changed
from whygrad.spec.tables import experiment_of, tables_of
from whygrad.spec.toml import pair

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from whygrad.spec.experiment import Experiment

__all__ = ["brief_experiment", "write_experiment"]

EMPTY: tuple[object, ...] = ("", [])


def write_experiment(experiment: Experiment) -> str:
    """TOML text from which `parse_experiment` makes an equal experiment; raises WG202 to WG208."""
    tables = tables_of(experiment_of(tables_of(experiment)))
    lines = [pair("title", tables["title"]), ""] if tables["title"] else []
    data, network, training = tables["data"], tables["network"], tables["training"]
    columns, weights, layers = data.pop("columns", None), network.pop("weights"), network["layers"]
    lines += section("data", data)
    lines += section("data.columns", columns) if columns is not None else []
    if isinstance(layers, str):
        lines += section("network", network)
    else:
        del network["layers"]
        lines += section("network", network)
        lines += [line for layer in layers for line in ("[[network.layers]]", *pairs(layer), "")]
    lines += section("network.weights", weights) if weights else []
    lines += section("training", training | losses(training))
    return "\n".join(lines)


def brief_experiment(experiment: Experiment) -> str:
    """TOML text from which `parse_experiment` makes an equal experiment, without what is at its default."""
    data, network = changed(experiment.data), changed(experiment.network)
    columns, weights, layers = data.pop("columns", None), network.pop("weights", {}), network["layers"]
    lines = [pair("title", experiment.title), ""] if experiment.title else []
    lines += section("data", data)
    lines += section("data.columns", columns) if columns is not None else []
    if not isinstance(layers, str):
        del network["layers"]
    lines += section("network", network) if network else []
    if not isinstance(layers, str):
        lines += [line for layer in layers for line in ("[[network.layers]]", *pairs(layer), "")]
    lines += section("network.weights", weights) if weights else []
    return "\n".join([*lines, *section("training", changed(experiment.training))])


def losses(training: Mapping[str, Any]) -> dict[str, str]:
    """The losses that one string says whole."""
    given = {key: training[key] for key in ("loss", "reported_loss") if key in training}
    return {key: f"{loss['reduction']} {loss['name']}" for key, loss in given.items() if loss["delta"] == 1.0}


def section(name: str, table: Mapping[str, Any]) -> list[str]:
    """A section with its header and an empty line behind it."""
    return [f"[{name}]", *pairs(table), ""]


def pairs(table: Mapping[str, Any]) -> Iterator[str]:
    """A line per key, without those that say nothing."""
    return (pair(key, value) for key, value in table.items() if value not in EMPTY)

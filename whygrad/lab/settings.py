"""One setting of an experiment changed by its key, as a file would say it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from whygrad.errors.lab import NoSuchSetting
from whygrad.spec.source import SOURCES
from whygrad.spec.tables import experiment_of, tables_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from whygrad.spec import Experiment

# What describes the rows of one source and means nothing to those of another.
OF_A_SOURCE: Final = (*SOURCES, "inputs", "target", "missing", "image", "augment")


def with_setting(experiment: Experiment, key: str, value: Any) -> Experiment:
    """The experiment with another value at a key such as "training.learning_rate", or "data" for all of that section.

    - None takes a key away.
    - Other rows take the place of those before, with all that was said about them.
    - Other layers leave out the weights that were given by name: they are those of the layers before.

    Whether all of it can be together is not looked at. Raises NoSuchSetting (WG1012), and WG202 to WG206 and WG208 for
    a value of the wrong kind.
    """
    return with_settings(experiment, {key: value})


def with_settings(experiment: Experiment, given: Mapping[str, Any]) -> Experiment:
    """The same with several values at once. Raises NoSuchSetting (WG1012), and WG202 to WG218."""
    tables = tables_of(experiment)
    for key, value in given.items():
        parts = key.split(".")
        if len(parts) == 2 and parts[0] == "data" and parts[1] in SOURCES:
            tables["data"] = {name: each for name, each in tables["data"].items() if name not in OF_A_SOURCE}
        if key == "network.layers":
            tables["network"] = {**tables["network"], "weights": {}, "inputs": []}
        put(tables, key, parts, value)
    return experiment_of(tables)


def put(tables: Any, key: str, parts: list[str], value: Any) -> None:
    """Write a value into nested tables and lists. Raises NoSuchSetting (WG1012)."""
    if len(parts) == 1 and key not in tables:
        raise NoSuchSetting(key)
    *way, last = parts
    for part in way:
        tables = inside(tables, key, part)
    if isinstance(tables, list) and last.isdecimal() and int(last) < len(tables):
        tables[int(last)] = value
    elif not isinstance(tables, dict):
        raise NoSuchSetting(key)
    elif value is None:
        tables.pop(last, None)
    else:
        tables[last] = value


def inside(tables: Any, key: str, part: str) -> Any:
    """What stands at one part of a key; a table that is not there yet is made."""
    if isinstance(tables, dict):
        return tables.setdefault(part, {})
    if isinstance(tables, list) and part.isdecimal() and int(part) < len(tables):
        return tables[int(part)]
    raise NoSuchSetting(key)

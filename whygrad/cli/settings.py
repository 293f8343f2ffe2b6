"""Two experiments side by side: which settings differ."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whygrad.spec.tables import tables_of
from whygrad.spec.write import toml

if TYPE_CHECKING:
    from whygrad.spec import Experiment

Settings = dict[str, Any]


def settings_of(experiment: Experiment, folder: Path) -> Settings:
    """Every setting by its dotted key, without the title; a file is said from the current folder."""
    tables = tables_of(experiment)
    del tables["title"]
    settings = {key: value for section, table in tables.items() for key, value in flat(section, table)}
    if experiment.data.file is not None:
        settings["data.file"] = os.path.relpath(folder / experiment.data.file)
    return settings


def flat(key: str, value: Any) -> Iterator[tuple[str, Any]]:
    """The settings inside a table, or the one setting that a value is."""
    if not isinstance(value, dict):
        yield key, value
        return
    for name, inner in value.items():
        yield from flat(f"{key}.{name}", inner)


def differing(several: Sequence[Settings]) -> dict[str, list[Any]]:
    """The settings that are not the same everywhere, with the value of each; None where one is not set."""
    keys = dict.fromkeys(key for settings in several for key in settings)
    found = {key: [settings.get(key) for settings in several] for key in keys}
    return {key: values for key, values in found.items() if any(value != values[0] for value in values)}


def written(value: Any) -> str:
    """A setting as it stands in a file, and a dash for one that is not set."""
    return "–" if value is None else toml(value)

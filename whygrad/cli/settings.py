"""Settings in the short form that a file has, and which of them differ between experiments."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import structs

from whygrad.spec.shortest import shortest
from whygrad.spec.toml import toml

if TYPE_CHECKING:
    from whygrad.spec import Experiment

Settings = dict[str, Any]


def settings_of(experiment: Experiment, folder: Path) -> Settings:
    """Every setting by section and key, without the title; a file is said from the current folder."""
    sections = {"data": experiment.data, "network": experiment.network, "training": experiment.training}
    settings = {
        f"{section}.{field.encode_name}": shortest(getattr(record, field.name))
        for section, record in sections.items()
        for field in structs.fields(record)
    }
    if experiment.data.file is not None:
        settings["data.file"] = os.path.relpath(folder / experiment.data.file)
    return settings


def differing(several: Sequence[Settings]) -> dict[str, list[Any]]:
    """The settings that are not the same everywhere, with the value of each; None where one is not set."""
    keys = dict.fromkeys(key for settings in several for key in settings)
    found = {key: [settings.get(key) for settings in several] for key in keys}
    return {key: values for key, values in found.items() if any(value != values[0] for value in values)}


def written(value: Any) -> str:
    """A setting as it stands in a file, and a dash for one that is not set."""
    return "–" if value in (None, "", [], {}) else toml(value)

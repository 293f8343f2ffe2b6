"""Settings in the short form that a file has, and which of them differ between experiments."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import structs

from whygrad.spec import Loss
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


def default_of(field: structs.FieldInfo) -> Any:
    """What a field is when nobody sets it."""
    return field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()


def changed(record: msgspec.Struct) -> dict[str, Any]:
    """The settings of a record that are not at their defaults, as a file has them."""
    return {
        field.encode_name: shortest(value)
        for field in structs.fields(record)
        if (value := getattr(record, field.name)) != default_of(field)
    }


def shortest(value: Any) -> Any:
    """A value as a file has it, in its shortest form: "adam" for an optimizer whose settings are at their defaults."""
    if isinstance(value, Loss) and value.delta == structs.fields(Loss)[-1].default:
        return f"{value.reduction} {value.name}"
    if isinstance(value, msgspec.Struct):
        settings = value.__struct_config__
        tag = {settings.tag_field: settings.tag} if settings.tag_field else {}
        table = tag | changed(value)
        return table["name"] if set(table) == {"name"} else table
    if isinstance(value, dict):
        return {key: shortest(inner) for key, inner in value.items()}
    return [shortest(inner) for inner in value] if isinstance(value, list | tuple) else value

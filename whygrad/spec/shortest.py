"""Settings in the short form that a file has: without what is at its default."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import structs

from whygrad.spec.loss import Loss

__all__ = ["changed", "default_of", "shortest"]


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

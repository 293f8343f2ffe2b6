"""The JSON Schema of an experiment's file, so that editors complete keys and explain them."""

from __future__ import annotations

import re
from inspect import cleandoc
from typing import Any, get_args

import msgspec

from whygrad.spec.experiment import Experiment
from whygrad.spec.loss import LossName, Reduction

__all__ = ["experiment_schema"]

Schema = dict[str, Any]
KEY_LINE = re.compile(r"^- (?P<key>\w+): (?P<text>.+)$", re.MULTILINE)
DIALECT = "https://json-schema.org/draft/2020-12/schema"
# Where a name alone may stand for a table: (record, key).
NAMED = (
    ("Data", "toy"),
    ("Network", "initialiser"),
    ("Network", "bias_initialiser"),
    ("Dense", "initialiser"),
    ("Dense", "bias_initialiser"),
    ("Training", "optimizer"),
    ("Training", "schedule"),
)
LOSSES = ("loss", "reported_loss")


def experiment_schema() -> Schema:
    """The JSON Schema (draft 2020-12) of an experiment, shorthands included; descriptions are the docstrings'."""
    schema: Schema = without_null(msgspec.json.schema(Experiment))
    records: dict[str, Schema] = schema["$defs"]
    for record in records.values():
        describe(record)
    for name, key in NAMED:
        allow_name(records, records[name]["properties"], key)
    for key in LOSSES:
        allow(records["Training"]["properties"], key, loss_words())
    return {"$schema": DIALECT, "title": "A whygrad experiment"} | schema


def without_null(schema: Any) -> Any:
    """The same schema without null, which a TOML file cannot say: a key is left out instead."""
    if isinstance(schema, list):
        return [without_null(each) for each in schema if each != {"type": "null"}]
    if not isinstance(schema, dict):
        return schema
    kept = {key: without_null(value) for key, value in schema.items() if value is not None}
    return kept.pop("anyOf")[0] | kept if len(kept.get("anyOf", ())) == 1 else kept


def describe(record: Schema) -> None:
    """Takes the docstring of a record apart: its first lines for the record, a line `- key: text` for each key."""
    text = cleandoc(record.get("description", ""))
    record["description"] = KEY_LINE.sub("", text).strip()
    for line in KEY_LINE.finditer(text):
        record["properties"][line["key"]]["description"] = line["text"]


def allow_name(records: dict[str, Schema], properties: Schema, key: str) -> None:
    """Allows the name alone where every other setting of the record has a default."""
    found = [records[ref.rsplit("/", 1)[1]] for ref in references(properties[key])]
    names = [name for record in found if set(record["required"]) == {"name"} for name in record_names(record)]
    allow(properties, key, {"enum": names})


def references(schema: Schema) -> list[str]:
    """The records that a value may be."""
    return [each["$ref"] for each in schema.get("anyOf", [schema])]


def record_names(record: Schema) -> list[str]:
    """The names that a record answers to."""
    names: list[str] = record["properties"]["name"]["enum"]
    return names


def allow(properties: Schema, key: str, other: Schema) -> None:
    """Allows another form for a value."""
    known = properties[key]
    kept = {word: known.pop(word) for word in ("description", "default") if word in known}
    options = known.get("anyOf", [known])
    properties[key] = {"anyOf": [other, *options]} | kept


def loss_words() -> Schema:
    """Every loss as one string."""
    return {"enum": [f"{reduction} {name}" for reduction in get_args(Reduction) for name in get_args(LossName)]}

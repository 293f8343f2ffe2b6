"""What may be written at a key, for whoever has written something else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import inspect

from whygrad.spec.expected import at, choices, expected_at, options
from whygrad.spec.toml import pair

if TYPE_CHECKING:
    from whygrad.errors.spec import Key

__all__ = ["EXAMPLES", "example_at"]

# What may be written for a key that has no default, or whose default is to be without.
EXAMPLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "data": {
        "file": "table.csv",
        "toy": {"name": "moons", "rows": 200, "noise": 0.1},
        "columns": {"hours": [1, 2, 3], "passed": [0, 0, 1]},
        "dataset": "digits",
        "inputs": ["hours", "sleep"],
        "target": "passed",
        "missing": "median",
        "image": [8, 8],
        "augment": {"noise": 0.1},
    },
    "network": {
        "layers": "2 -> 8 relu -> 1",
        "inputs": ["x1", "x2"],
        "weights": {"w1": {"from": "x1", "to": "h1", "value": 0.5}},
        "initialiser": "glorot",
        "bias_initialiser": "zeros",
    },
    "training": {
        "loss": "mean squared-error",
        "learning_rate": 0.1,
        "epochs": 100,
        "batch_size": 32,
        "reported_loss": "sum squared-error",
        "optimizer": "adam",
        "schedule": "cosine",
        "clip": {"norm": 1.0},
        "early_stopping": {"patience": 20},
        "split": {"validation": 0.2, "test": 0.2},
        "class_weights": "balanced",
        "stop_below": 0.001,
        "record_every": 100,
    },
}


def example_at(key: Key, tables: object) -> str:
    """What could be written at a key, as a line of a file; empty where nothing can be said."""
    names = [part for part in key if isinstance(part, str)]
    if len(names) != len(key) or len(key) < 2:
        return ""
    kind, section = expected_at(key, tables), EXAMPLES.get(names[0], {})
    values = (section.get(names[1]) if len(key) == 2 else None, default_at(key, tables), likely(kind))
    value = next((value for value in values if value not in (None, "")), None)
    return "" if value is None else pair(names[-1], value)


def default_at(key: Key, tables: object) -> Any:
    """The default of a field of a record, None where it has none."""
    above = tables
    for part in key[:-1]:
        above = at(above, part)
    for kind in options(expected_at(key[:-1], tables)):
        if isinstance(kind, inspect.StructType) and at(above, kind.tag_field or "") in (kind.tag, None):
            found = next((field.default for field in kind.fields if field.encode_name == key[-1]), None)
            return None if found is msgspec.NODEFAULT or isinstance(found, msgspec.Struct) else found
    return None


def likely(kind: inspect.Type) -> Any:
    """A value that the type allows."""
    if words := choices(kind):
        return words[0]
    for option in options(kind):
        if isinstance(option, inspect.FloatType):
            return 0.5 if option.lt == 1 or option.le == 1 else 1.0
        if isinstance(option, inspect.IntType):
            return max(option.ge or 0, 1)
        if isinstance(option, inspect.BoolType):
            return True
    return None

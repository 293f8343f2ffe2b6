"""An experiment as a file to start from: every key with its explanation, those at their defaults commented out.

The explanations are those of the records themselves, so no key is explained that does not exist.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any, Final

import msgspec
from msgspec import structs

from whygrad.spec import Experiment, Loss, experiment_schema
from whygrad.spec.write import pair

WIDTH: Final = 100
EMPTY: Final[tuple[object, ...]] = (None, msgspec.NODEFAULT, "", [], {})
# What may be written for a key whose default is to be without.
EXAMPLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "data": {
        "file": "table.csv",
        "toy": {"name": "moons", "rows": 200, "noise": 0.1},
        "columns": {"hours": [1, 2, 3], "passed": [0, 0, 1]},
        "dataset": "digits",
        "inputs": ["hours", "sleep"],
        "target": "passed",
        "image": [8, 8],
        "augment": {"noise": 0.1},
    },
    "network": {"inputs": ["x1", "x2"], "weights": {"w1": {"from": "x1", "to": "h1", "value": 0.5}}},
    "training": {
        "reported_loss": "sum squared-error",
        "clip": {"norm": 1.0},
        "early_stopping": {"patience": 20},
        "split": {"validation": 0.2, "test": 0.2},
        "stop_below": 0.001,
        "record_every": 100,
    },
}
HEAD: Final = (
    "An experiment for whygrad: `whygrad train` with the name of this file.",
    "Each key is explained in the line above it. One with a # in front is not set; it shows its default or an example.",
)


def starter_text(experiment: Experiment, notes: Sequence[str] = ()) -> str:
    """The text of a file that reads back as this experiment, with every key explained; notes stand at the top."""
    head = [line for text in (*HEAD, *notes) for line in remark(text)]
    title = [pair("title", experiment.title), ""] if experiment.title else []
    parts = {"data": experiment.data, "network": experiment.network, "training": experiment.training}
    body = [line for name, record in parts.items() for line in section(name, record)]
    return "\n".join([*head, "", *title, *body]).rstrip() + "\n"


def section(name: str, record: msgspec.Struct) -> Iterator[str]:
    """One section: the keys that are set first, then the others, commented out."""
    described = experiment_schema()["$defs"][type(record).__name__]["properties"]
    given = changed(record)
    yield f"[{name}]"
    for key, value in given.items():
        yield from remark(described[key]["description"])
        yield pair(key, value)
    for field in structs.fields(record):
        key = field.encode_name
        if key not in given:
            default = shortest(default_of(field))
            yield from ("", *remark(described[key]["description"]))
            yield f"# {pair(key, EXAMPLES[name][key] if default in EMPTY else default)}"
    yield ""


def remark(text: str) -> list[str]:
    """A text as comment lines; two signs tell them from keys that are not set."""
    return [f"## {line}" for line in wrap(text, WIDTH - 3, subsequent_indent="  ")]


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

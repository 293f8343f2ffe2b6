"""An experiment as a file to start from: every key with its explanation, those at their defaults commented out.

The explanations are those of the records themselves, so no key is explained that does not exist.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any, Final

import msgspec
from msgspec import structs

from whygrad.spec import Experiment, experiment_schema
from whygrad.spec.example import EXAMPLES
from whygrad.spec.shortest import changed, default_of, shortest
from whygrad.spec.toml import pair

WIDTH: Final = 100
EMPTY: Final[tuple[object, ...]] = (None, msgspec.NODEFAULT, "", [], {})
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
        yield from remark(explanation(described[key]))
        yield pair(key, value)
    for field in structs.fields(record):
        key = field.encode_name
        if key not in given:
            default = shortest(default_of(field))
            yield from ("", *remark(explanation(described[key])))
            yield f"# {pair(key, EXAMPLES[name][key] if default in EMPTY else default)}"
    yield ""


def explanation(described: Mapping[str, Any]) -> str:
    """What a key is, and the words it may be."""
    options = (described, *described.get("anyOf", ()))
    words = [word for option in options for word in option.get("enum", ())]
    return f"{described['description']}; one of: {', '.join(words)}" if len(words) > 1 else described["description"]


def remark(text: str) -> list[str]:
    """A text as comment lines; two signs tell them from keys that are not set."""
    return [f"## {line}" for line in wrap(text, WIDTH - 3, subsequent_indent="  ")]

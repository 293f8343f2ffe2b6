"""The keys of an experiment as a page to read, from the same records that read it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whygrad.spec.schema import experiment_schema
from whygrad.spec.toml import toml

__all__ = ["experiment_reference"]

HEAD = """# The keys of an experiment

An experiment is a TOML file with the sections `[data]`, `[network]` and `[training]`. Each table below lists the keys
of one section, or of one table inside it. `whygrad schema --markdown` prints this page."""


def experiment_reference() -> str:
    """A page in Markdown: every key with what it may be, its default and what it means."""
    records = experiment_schema()["$defs"]
    first = ("Data", "Network", "Training")
    order = [*first, *(name for name in records if name not in first and "properties" in records[name])]
    return "\n\n".join([HEAD, *("\n".join(section(name, records[name])) for name in order)]) + "\n"


def section(name: str, record: dict[str, Any]) -> Iterator[str]:
    """One record: its name, its first sentence and a line for each key."""
    yield f"## {f'[{name.lower()}]' if name in ('Data', 'Network', 'Training') else name}"
    yield ""
    yield record.get("description", "").split("\n", 1)[0]
    yield ""
    yield "| key | what it may be | default | meaning |"
    yield "|---|---|---|---|"
    for key, described in record["properties"].items():
        value = described.get("default")
        default = "" if value in (None, "", [], (), {}) else f"`{toml(value)}`"
        meaning = described.get("description", "").replace("|", "\\|")
        yield f"| `{key}` | {kind_of(described)} | {default} | {meaning} |"


def kind_of(described: dict[str, Any]) -> str:
    """What may stand at a key, in words."""
    if "enum" in described:
        return ", ".join(f'`"{word}"`' for word in described["enum"] if word is not None)
    if "const" in described:
        return f'`"{described["const"]}"`'
    if "$ref" in described:
        return str(described["$ref"]).rsplit("/", 1)[1]
    options = described.get("anyOf") or described.get("oneOf") or described.get("allOf")
    if options:
        return " or ".join(dict.fromkeys(word for option in options if (word := kind_of(option)) and word != "null"))
    return str(described.get("type", ""))

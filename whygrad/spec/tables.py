"""Records <-> tables as a TOML file has them: the one way by which an experiment is made and made sure of."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

import msgspec

from whygrad.errors.spec import OutOfRange
from whygrad.spec.expected import describe, expected_at
from whygrad.spec.experiment import Experiment
from whygrad.spec.refusal import explain_refusal, found_words, written
from whygrad.spec.shorthand import spell_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.errors.spec import Key

__all__ = ["experiment_of", "tables_of"]


PLAIN = {float, int, str, bool, type(None)}


def experiment_of(tables: object) -> Experiment:
    """The experiment that tables describe, shorthands allowed.

    Raises WG202 to WG206 and WG208, with keys but without file and line.
    """
    full = spell_out(tables)
    try:
        experiment = msgspec.convert(full, Experiment)
    except msgspec.ValidationError as refusal:
        raise explain_refusal(str(refusal), full, tables) from None
    check_finite(full, tables)
    return experiment


def check_finite(full: object, tables: object) -> None:
    """Raises WG206 at the first number that is infinite or not a number."""
    for key, number in not_finite(full):
        expected = f"{describe(expected_at(key, full))}, finite"
        raise OutOfRange(key=written(key, tables), expected=expected, found=found_words(number))


def not_finite(value: object, key: Key = ()) -> Iterator[tuple[Key, float]]:
    """Every number with a fraction that is infinite or none, and its key."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for part, inner in parts:
        if isinstance(inner, float):
            if not isfinite(inner):
                yield (*key, part), inner
        elif isinstance(inner, dict | list):
            yield from not_finite(inner, (*key, part))


def tables_of(value: Any) -> Any:
    """A record as nested tables and lists, None left out of tables; NumPy's numbers become Python's.

    What is no record, table or list stays as it is, for `experiment_of` to judge.
    """
    if isinstance(value, msgspec.Struct):
        return tag_of(value) | {
            field.encode_name: tables_of(inner)
            for field in msgspec.structs.fields(value)
            if (inner := getattr(value, field.name)) is not None
        }
    if isinstance(value, dict):
        return {str(key): tables_of(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        if all(type(inner) in PLAIN for inner in value):
            return list(value)
        return [tables_of(inner) for inner in value]
    return value.tolist() if hasattr(value, "tolist") else value


def tag_of(record: msgspec.Struct) -> dict[str, object]:
    """The key and name that tell a record from others that may stand in its place."""
    settings = record.__struct_config__
    return {settings.tag_field: settings.tag} if settings.tag_field else {}

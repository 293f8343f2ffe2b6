"""msgspec's refusal of a value -> our error, with the key, what was expected and what stands there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

import msgspec

from whygrad.errors.spec import MissingKey, OutOfRange, UnknownKey, UnknownName, WrongType, joined
from whygrad.spec.example import example_at
from whygrad.spec.expected import at, choices, describe, expected_at, keys_of
from whygrad.spec.experiment import Experiment
from whygrad.spec.synonym import synonym

if TYPE_CHECKING:
    from whygrad.errors.spec import Key, SpecError

__all__ = ["explain_refusal", "found_words", "written"]

PLACE = re.compile(r"^(?P<problem>.*?)(?: - at (?:`key` in )?`\$(?P<path>.*)`)?$")
PART = re.compile(r"\.(?P<name>\w+)|\[(?P<index>\d+)\]|(?P<any>\[\.\.\.\])")
NAMED = re.compile(r"^Object (?P<what>contains unknown|missing required) field `(?P<name>.*)`$")
ANY = "..."


def explain_refusal(refusal: str, full: object, tables: object) -> SpecError:
    """The error for one line of msgspec's; `tables` is what the person wrote and `full` the same spelled out."""
    place = PLACE.match(refusal)
    problem, path = (place["problem"], place["path"] or "") if place else (refusal, "")
    key = named_key(parts(path), full, refusal)
    if field := NAMED.match(problem):
        return explain_field(field, key, full, tables)
    here, value = written(key, tables), value_at(key, full)
    names, expected = choices_at(key, full), describe(expected_at(key, full)) or quoted(choices_at(key, full))
    found, hint = found_words(value_at(here, tables)), type_hint(value, expected)
    way_on = f"for example {example}" if (example := example_at(here, full)) else ""
    if problem.startswith("Invalid") and isinstance(value, str) and not hint:
        meant = synonym(value, names)
        return UnknownName(key=here, found=value, expected=expected, choices=names, meant=meant, hint=way_on)
    if (" got " in problem and "of length" not in problem) or hint:
        return WrongType(key=here, expected=expected, found=found, hint=hint or way_on)
    return OutOfRange(key=here, expected=expected, found=found, hint=way_on)


def explain_field(field: re.Match[str], key: Key, full: object, tables: object) -> SpecError:
    """The error for a key too many or too few."""
    name, kind, table = field["name"], expected_at(key, full), value_at(key, full)
    if field["what"] == "contains unknown":
        names = keys_of(kind, table)
        return UnknownKey(key=(*key, name), choices=names, section=section_of(name))
    expected = describe(expected_at((*key, name), full)) or quoted(choices(kind))
    short = value_at(key, tables)
    hint = f'write {key[-1]} = {{ name = "{short}", {name} = ... }}' if isinstance(short, str) else ""
    return MissingKey(key=(*key, name), expected=expected, hint=hint)


def section_of(name: str) -> str:
    """The section in which a key would be known, so that one in the wrong section can be moved."""
    sections = keys_of(expected_at((), {}), {})
    return next((section for section in sections if name in keys_of(expected_at((section,), {}), {})), "")


def quoted(words: tuple[str, ...]) -> str:
    """Names as a person writes them."""
    return joined(f'"{word}"' for word in words)


def choices_at(key: Key, full: object) -> tuple[str, ...]:
    """The words that may stand at a key, also where it is the key that tells records apart."""
    return choices(expected_at(key, full)) or choices(expected_at(key[:-1], full))


def parts(path: str) -> Key:
    """The key for a path in msgspec's notation, `...` for the keys of a table that it does not name."""
    return tuple(int(part["index"]) if part["index"] else part["name"] or ANY for part in PART.finditer(path))


def named_key(key: Key, full: object, refusal: str) -> Key:
    """The key with each `...` replaced by the first name of the table that is refused in the same words."""
    if ANY not in key:
        return key
    start = key[: key.index(ANY)]
    table = cast("dict[str, object]", value_at(start, full))
    name = next(name for name in table if refused(with_value(full, start, {name: table[name]})) == refusal)
    return named_key((*start, name, *key[len(start) + 1 :]), full, refusal)


def refused(full: object) -> str:
    """What msgspec has against these tables."""
    try:
        msgspec.convert(full, Experiment)
    except msgspec.ValidationError as refusal:
        return str(refusal)
    return ""


def with_value(tables: Any, key: Key, value: object) -> object:
    """A copy of tables with another value at a key."""
    if not key:
        return value
    copy = tables.copy()
    copy[key[0]] = with_value(tables[key[0]], key[1:], value)
    return copy


def value_at(key: Key, tables: object) -> object:
    """The value at a key, None where there is none."""
    for part in key:
        tables = at(tables, part)
    return tables


def written(key: Key, tables: object) -> Key:
    """The part of a key that stands in the file, since a shorthand has no keys inside."""
    for length, part in enumerate(key):
        if at(tables, part) is None:
            return key[:length]
        tables = at(tables, part)
    return key


def found_words(value: object) -> str:
    """A value as an error shows it."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f'"{value}"'
        case int() | float():
            return repr(value)
        case list():
            return f"a list of {len(value)}" if value else "an empty list"
        case dict():
            return "a table { ... }"
        case None:
            return "nothing"
    return f"{value} ({type(value).__name__})"


def type_hint(value: object, expected: str) -> str:
    """One way on, when the slip is a common one."""
    if isinstance(value, str) and "number" in expected and value.replace(".", "", 1).isdigit():
        return f"take the quotes away: {value}"
    if isinstance(value, float) and "a whole number" in expected and value.is_integer():
        return f"write {int(value)}"
    if isinstance(value, str | int) and expected.startswith("a list"):
        return f"put it in brackets: [{found_words(value)}]"
    return ""

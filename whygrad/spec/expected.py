"""What the records expect at a key, in words and as choices; only asked when something does not fit."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec import inspect

from whygrad.errors.spec import joined
from whygrad.spec.experiment import Experiment

if TYPE_CHECKING:
    from whygrad.errors.spec import Key

__all__ = ["choices", "describe", "expected_at", "keys_of"]

Kind = inspect.Type
Lists = inspect.VarTupleType | inspect.ListType


@cache
def experiment_type() -> Kind:
    """The tree of types of an experiment."""
    return inspect.type_info(Experiment)


def expected_at(key: Key, tables: object) -> Kind:
    """The type of the value at a key, following what the tables hold where a value may be of several types."""
    kind, value = experiment_type(), tables
    for part in key:
        kind = next((found for option in options(kind) if (found := below(option, part, value))), inspect.AnyType())
        value = at(value, part)
    return kind


def at(value: Any, part: str | int) -> object:
    """The value one part further down, None where there is none."""
    try:
        return value[part]
    except (KeyError, IndexError, TypeError):
        return None


def options(kind: Kind) -> tuple[Kind, ...]:
    """The types that a value may have, nothing left out but None."""
    every = kind.types if isinstance(kind, inspect.UnionType) else (kind,)
    return tuple(option for option in every if not isinstance(option, inspect.NoneType))


def below(kind: Kind, part: str | int, value: object) -> Kind | None:
    """The type one part further down, None where this type has no such part."""
    if isinstance(kind, inspect.StructType) and isinstance(value, dict):
        return field_type(kind, part) if value.get(kind.tag_field) in (kind.tag, None) else None
    if isinstance(kind, inspect.DictType) and isinstance(part, str):
        return kind.value_type
    if isinstance(kind, Lists) and isinstance(part, int):
        return kind.item_type
    if isinstance(kind, inspect.TupleType) and isinstance(part, int):
        return kind.item_types[part]
    return None


def field_type(struct: inspect.StructType, name: str | int) -> Kind | None:
    """The type of a field of a record, by its name in a file."""
    return next((field.type for field in struct.fields if field.encode_name == name), None)


def choices(kind: Kind) -> tuple[str, ...]:
    """The words that may stand here: literals, and the names that tell records apart."""
    words: list[str] = []
    for option in options(kind):
        if isinstance(option, inspect.LiteralType):
            words += [str(value) for value in option.values]
        elif isinstance(option, inspect.StructType) and option.tag is not None:
            words.append(str(option.tag))
    return tuple(words)


def keys_of(kind: Kind, table: object) -> tuple[str, ...]:
    """The keys that a table may have here."""
    for option in options(kind):
        if isinstance(option, inspect.StructType) and at(table, option.tag_field or "") in (option.tag, None):
            tag = (option.tag_field,) if option.tag_field else ()
            return (*tag, *(field.encode_name for field in option.fields))
    return ()


def describe(kind: Kind) -> str:
    """A type in words: `a whole number of at least 1, "per row" or "all"`."""
    words = [f'"{choice}"' for choice in choices(kind)]
    others = [describe_one(option) for option in options(kind)]
    if any(isinstance(option, inspect.FloatType) for option in options(kind)):
        others = [word for word in others if word != "a whole number"]
    return joined(dict.fromkeys(word for word in [*words, *others] if word))


def describe_one(kind: Kind) -> str:
    """One type in words; empty for words that `choices` names."""
    match kind:
        case inspect.IntType():
            return "a whole number" + bounds(kind)
        case inspect.FloatType():
            return "a number" + bounds(kind)
        case inspect.StrType():
            return "text in quotes"
        case inspect.BoolType():
            return "true or false"
        case inspect.VarTupleType(item_type=item, min_length=least):
            some = list_item(item)
            return "a list [...] of " + (f"at least one {some.removeprefix('a ')}" if least else some)
        case inspect.TupleType(item_types=items):
            return f"a list [...] of {len(items)}, each {joined(dict.fromkeys(map(describe, items)))}"
        case inspect.DictType() | inspect.StructType(tag=None):
            return "a table { ... }"
        case inspect.StructType(tag_field=tag_field):
            return f"a table {{ {tag_field} = ... }}"
    return ""


def list_item(item: Kind) -> str:
    """What a list holds, without the names that tell its tables apart."""
    if any(isinstance(option, inspect.StructType) for option in options(item)):
        return describe_one(options(item)[0])
    return describe(item)


def bounds(kind: inspect.IntType | inspect.FloatType) -> str:
    """The range of a number in words."""
    ends = (("of at least", kind.ge), ("above", kind.gt), ("at most", kind.le), ("below", kind.lt))
    words = [f"{word} {end if isinstance(end, int) else format(end, 'g')}" for word, end in ends if end is not None]
    return " " + " and ".join(words) if words else ""

"""What every record of an experiment has in common, and the number ranges they share."""

from __future__ import annotations

from typing import Annotated

import msgspec

__all__ = [
    "LARGEST_LAYER",
    "AboveZero",
    "Count",
    "Fraction",
    "Name",
    "Names",
    "NotNegative",
    "NotNegativeInt",
    "Record",
    "Share",
    "UnitCount",
]

LARGEST_LAYER = 1_000_000

Name = Annotated[str, msgspec.Meta(min_length=1)]
Names = Annotated[tuple[Name, ...], msgspec.Meta(min_length=1)]
Count = Annotated[int, msgspec.Meta(ge=1)]

UnitCount = Annotated[int, msgspec.Meta(ge=1, le=LARGEST_LAYER)]
NotNegativeInt = Annotated[int, msgspec.Meta(ge=0)]
NotNegative = Annotated[float, msgspec.Meta(ge=0)]
AboveZero = Annotated[float, msgspec.Meta(gt=0)]
Share = Annotated[float, msgspec.Meta(ge=0, lt=1)]
Fraction = Annotated[float, msgspec.Meta(ge=0, le=1)]


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of every record: frozen, compared by value, closed to unknown keys.

    The docstring of a record is also its description in the JSON Schema: a line `- key: text` describes that key.
    """

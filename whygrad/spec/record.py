"""What every record of an experiment has in common, and the number ranges they share."""

from __future__ import annotations

from typing import Annotated

import msgspec

__all__ = ["AboveZero", "Count", "Fraction", "NotNegative", "NotNegativeInt", "Record", "Share"]

Count = Annotated[int, msgspec.Meta(ge=1)]
NotNegativeInt = Annotated[int, msgspec.Meta(ge=0)]
NotNegative = Annotated[float, msgspec.Meta(ge=0)]
AboveZero = Annotated[float, msgspec.Meta(gt=0)]
Share = Annotated[float, msgspec.Meta(ge=0, lt=1)]
Fraction = Annotated[float, msgspec.Meta(ge=0, le=1)]


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of every record: frozen, compared by value, closed to unknown keys.

    The docstring of a record is also its description in the JSON Schema: a line `- key: text` describes that key.
    """

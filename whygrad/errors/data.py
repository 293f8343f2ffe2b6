"""Errors about data: values that cannot become arrays (WG3xx); those of reading a table are in `errors/table.py`.

A place is text such as `line 5` (a CSV file, header included) or `row 3` (a frame, counted from 0).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from whygrad.errors import Key, WhygradError, nearest

__all__ = [
    "CategoryUnknown",
    "ClassesUnfit",
    "ColumnUnknown",
    "DataError",
    "ImageUnfit",
    "ImagesNeeded",
    "InputsMissing",
    "LevelsTooMany",
    "MissingRuleUnfit",
    "NotANumber",
    "PartEmpty",
    "ScaleUnfit",
    "TableEmpty",
    "TargetMissing",
    "TargetOutOfRange",
    "TargetUndecided",
    "ValuesMissing",
    "listed",
]

_SHOWN = 8


def listed(words: tuple[str, ...]) -> str:
    """The first few words with commas, and how many more there are."""
    more = len(words) - _SHOWN
    return ", ".join(words[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


@dataclass(eq=False)
class DataError(WhygradError):
    """A table that cannot be turned into arrays; `source` names the table."""

    code: ClassVar[str] = "WG300"
    source: str


@dataclass(eq=False)
class TableEmpty(DataError):
    """No rows are left to learn from."""

    code: ClassVar[str] = "WG303"
    reason: str

    def what(self) -> str:
        return f"{self.source} has no rows to learn from"

    def why(self) -> str:
        return self.reason

    def advice(self) -> str:
        return "give at least one complete row"


@dataclass(eq=False)
class ColumnUnknown(DataError):
    """The table lacks a column that was asked for; `role` says for what."""

    code: ClassVar[str] = "WG306"
    column: str
    role: str
    present: tuple[str, ...]

    def key_at_fault(self) -> Key:
        return ("data", {"the target": "target", "an input": "inputs"}.get(self.role, "missing"))

    def what(self) -> str:
        return f"{self.source} has no column {self.column!r}, named as {self.role}"

    def why(self) -> str:
        return f"its columns are: {listed(self.present)}"

    def advice(self) -> str:
        near = nearest(self.column, self.present)
        return f"did you mean {near!r}?" if near else "use one of these names"


@dataclass(eq=False)
class ValuesMissing(DataError):
    """Input values are missing and no rule says what to do; `counts` is (column, how many), `places` the first few."""

    code: ClassVar[str] = "WG307"
    at: ClassVar[Key] = ("data", "missing")
    counts: tuple[tuple[str, int], ...]
    places: tuple[str, ...]
    remedy: str

    def what(self) -> str:
        total = sum(count for _, count in self.counts)
        per_column = listed(tuple(f"{column} {count}" for column, count in self.counts))
        return f"{self.source}: {total} missing input value{'s' if total > 1 else ''} ({per_column})"

    def why(self) -> str:
        return f"a network cannot compute with a missing value; the first: {listed(self.places)}"

    def advice(self) -> str:
        return self.remedy


@dataclass(eq=False)
class TargetMissing(DataError):
    """Target values are missing: nothing can be learned from such a row."""

    code: ClassVar[str] = "WG308"
    at: ClassVar[Key] = ("data", "target")
    column: str
    places: tuple[str, ...]

    def what(self) -> str:
        rows = "1 row" if len(self.places) == 1 else f"{len(self.places)} rows"
        return f"{self.source}: the target {self.column!r} is missing in {rows}"

    def why(self) -> str:
        return f"an answer is never made up; missing at {listed(self.places)}"

    def advice(self) -> str:
        return 'fill in the answers, or set data.missing = "drop" to leave these rows out'


@dataclass(eq=False)
class CategoryUnknown(DataError):
    """A category that the training part never showed; `where` is the place of the value."""

    code: ClassVar[str] = "WG309"
    column: str
    value: str
    where: str
    levels: tuple[str, ...]
    remedy: str

    def what(self) -> str:
        return f"{self.source}, {self.where}: unknown value {self.value!r} in column {self.column!r}"

    def why(self) -> str:
        return f"the training part has only: {listed(self.levels)}"

    def advice(self) -> str:
        near = nearest(self.value, self.levels)
        return f"did you mean {near!r}? Otherwise {self.remedy}" if near else self.remedy


@dataclass(eq=False)
class ClassesUnfit(DataError):
    """The classes of the target do not fit what was asked."""

    code: ClassVar[str] = "WG310"
    at: ClassVar[Key] = ("data", "target")
    column: str
    classes: tuple[str, ...]
    reason: str
    remedy: str

    def what(self) -> str:
        number = len(self.classes)
        found = f"{number} class{'es' if number != 1 else ''}: {listed(self.classes)}"
        return f"{self.source}: the target {self.column!r} has {found}"

    def why(self) -> str:
        return self.reason

    def advice(self) -> str:
        return self.remedy


@dataclass(eq=False)
class NotANumber(DataError):
    """One value of a table is not the finite number that its column needs."""

    code: ClassVar[str] = "WG311"
    column: str
    value: str
    where: str
    reason: str
    remedy: str = "correct the value, or leave it empty and choose a rule for missing values"

    def what(self) -> str:
        return f"{self.source}, {self.where}: {self.value!r} in column {self.column!r} is not a finite number"

    def why(self) -> str:
        return self.reason

    def advice(self) -> str:
        return self.remedy


@dataclass(eq=False)
class TargetOutOfRange(DataError):
    """Number targets outside what the loss is defined for."""

    code: ClassVar[str] = "WG312"
    at: ClassVar[Key] = ("training", "loss")
    where: str
    values: tuple[float, ...]
    loss: str
    expected: str

    def what(self) -> str:
        found = ", ".join(f"{value:g}" for value in self.values)
        return f"{self.source}, {self.where}: target {found} under the loss {self.loss}"

    def why(self) -> str:
        return f"{self.loss} needs targets {self.expected}"

    def advice(self) -> str:
        return "choose squared-error for numbers, or give targets in that range"


@dataclass(eq=False)
class PartEmpty(DataError):
    """The split leaves a part that was asked for without rows."""

    code: ClassVar[str] = "WG313"
    at: ClassVar[Key] = ("training", "split")
    rows: int
    validation: float
    test: float
    empty: str

    def what(self) -> str:
        return f"{self.source}: the split leaves the {self.empty} part without rows"

    def why(self) -> str:
        return f"{self.rows} rows, validation {self.validation:g}, test {self.test:g}"

    def advice(self) -> str:
        return "change training.split, or give more rows"


@dataclass(eq=False)
class ImageUnfit(DataError):
    """The inputs are not the pixels of an image of the size that was given."""

    code: ClassVar[str] = "WG316"
    at: ClassVar[Key] = ("data", "image")
    height: int
    width: int
    features: int
    category: str

    def what(self) -> str:
        size = f"{self.height} x {self.width}"
        return f"{self.source}: an image of {size} needs {self.height * self.width} number columns"

    def why(self) -> str:
        if self.category:
            return f"the input {self.category!r} is a category"
        return f"there are {self.features}"

    def advice(self) -> str:
        return "list the pixel columns in data.inputs, row by row, or correct data.image"


@dataclass(eq=False)
class MissingRuleUnfit(DataError):
    """A rule for missing values that its column cannot follow."""

    code: ClassVar[str] = "WG317"
    at: ClassVar[Key] = ("data", "missing")
    column: str
    rule: str
    reason: str
    remedy: str

    def what(self) -> str:
        return f"{self.source}: the rule {self.rule} for missing values does not fit column {self.column!r}"

    def why(self) -> str:
        return self.reason

    def advice(self) -> str:
        return self.remedy


@dataclass(eq=False)
class LevelsTooMany(DataError):
    """A text column with so many different values that it is hardly a category."""

    code: ClassVar[str] = "WG318"
    column: str
    levels: int
    examples: tuple[str, ...]
    most: int

    def what(self) -> str:
        return f"{self.source}: the text column {self.column!r} has {self.levels} different values"

    def why(self) -> str:
        examples = ", ".join(map(repr, self.examples))
        return f"each would become an input of its own (at most {self.most}); for example {examples}"

    def advice(self) -> str:
        return "leave a date, name or number-like text out by listing the others in data.inputs"


@dataclass(eq=False)
class TargetUndecided(DataError):
    """Nobody said which column is to be predicted, or the choice contradicts the inputs."""

    code: ClassVar[str] = "WG319"
    at: ClassVar[Key] = ("data", "target")
    reason: str
    present: tuple[str, ...]

    def what(self) -> str:
        return f"{self.source}: {self.reason}"

    def why(self) -> str:
        return f"its columns are: {listed(self.present)}" if self.present else ""

    def advice(self) -> str:
        if not self.present:
            return "set one of data.file, data.toy, data.columns and data.dataset"
        return f'set data.target, for example target = "{self.present[-1]}"'


@dataclass(eq=False)
class InputsMissing(DataError):
    """New rows lack columns that the model was trained on."""

    code: ClassVar[str] = "WG322"
    columns: tuple[str, ...]
    present: tuple[str, ...]

    def what(self) -> str:
        number = len(self.columns)
        absent = "1 input column of the network is" if number == 1 else f"{number} input columns of the network are"
        return f"{self.source}: {absent} not there: {listed(self.columns)}"

    def why(self) -> str:
        return f"its columns are: {listed(self.present)}"

    def advice(self) -> str:
        pairs = [(near, name) for name in self.columns if (near := nearest(name, self.present))]
        if pairs:
            return "rename " + ", ".join(f"{near!r} to {name!r}" for near, name in pairs)
        return "add them; the network cannot predict without"


@dataclass(eq=False)
class ImagesNeeded(DataError):
    """Shifting and flipping were asked for rows that are no images."""

    code: ClassVar[str] = "WG323"
    at: ClassVar[Key] = ("data", "augment")
    features: int

    def what(self) -> str:
        return f"{self.source}: the rows are no images, so they cannot be shifted or flipped"

    def why(self) -> str:
        return f"data.image is not given; there are {self.features} inputs"

    def advice(self) -> str:
        return "set data.image = [height, width], or leave shift and flip out of data.augment"


@dataclass(eq=False)
class ScaleUnfit(DataError):
    """The numbers of a column lie so far apart that no number says how far."""

    code: ClassVar[str] = "WG324"
    column: str
    low: float
    high: float

    def what(self) -> str:
        return f"{self.source}: column {self.column!r} cannot be scaled"

    def why(self) -> str:
        return f"it goes from {self.low:g} to {self.high:g}, a range beyond the largest number there is"

    def advice(self) -> str:
        return "divide the column by a power of ten, or leave it out"

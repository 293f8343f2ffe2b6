"""WG209 to WG218: settings that are fine one by one and impossible together.

SpecError
|- DataSourceError    WG209  no data, or data from two places
|- UnknownColumn      WG210  a column that the columns given do not have
|- UnequalColumns     WG211  columns of different lengths
|- Contradiction      WG212  two settings that exclude each other
|- LossMismatch       WG213  a loss that the output layer cannot serve
|- LayerOrder         WG214  a layer in an impossible place
|- DuplicateName      WG215  one name for two things
|- UnknownUnit        WG216  a weight to or from a unit that is not there
|- MisplacedWeight    WG217  a weight between units that are not joined
`- UnfedUnit          WG218  `wiring = "listed"` and no weight listed
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from whygrad.errors.spec import SpecError, did_you_mean, joined

__all__ = [
    "Contradiction",
    "DataSourceError",
    "DuplicateName",
    "LayerOrder",
    "LossMismatch",
    "MisplacedWeight",
    "UnequalColumns",
    "UnfedUnit",
    "UnknownColumn",
    "UnknownUnit",
]


@dataclass(eq=False, kw_only=True)
class DataSourceError(SpecError):
    """No source of data, or more than one."""

    code: ClassVar[str] = "WG209"
    found: tuple[str, ...]
    expected: str = "exactly one of file, toy, columns and dataset"

    def problem(self) -> str:
        return "the rows come from more than one place" if self.found else "the rows come from nowhere"

    def why(self) -> str:
        return f"expected {self.expected}, found {joined(self.found, 'and') or 'none'}"

    def advice(self) -> str:
        return (
            f"keep one of {joined(self.found, 'and')}"
            if self.found
            else 'for instance toy = "xor", or file = "rows.csv"'
        )


@dataclass(eq=False, kw_only=True)
class UnknownColumn(SpecError):
    """A name that is none of the columns given in the experiment itself."""

    code: ClassVar[str] = "WG210"
    found: str
    choices: tuple[str, ...]

    def problem(self) -> str:
        return f'there is no column "{self.found}"'

    def why(self) -> str:
        return f"the columns are {joined(self.choices, 'and')}"

    def advice(self) -> str:
        return did_you_mean(self.found, self.choices)


@dataclass(eq=False, kw_only=True)
class UnequalColumns(SpecError):
    """Columns of different lengths."""

    code: ClassVar[str] = "WG211"
    lengths: tuple[tuple[str, int], ...]

    def problem(self) -> str:
        return "the columns are not equally long" if self.lengths and any(n for _, n in self.lengths) else "no rows"

    def why(self) -> str:
        found = joined((f"{name} has {n}" for name, n in self.lengths), "and") or "no column"
        return f"expected the same number of values in each column, at least one; found: {found}"


@dataclass(eq=False, kw_only=True)
class Contradiction(SpecError):
    """Two settings that exclude each other."""

    code: ClassVar[str] = "WG212"
    this: str
    that: str
    reason: str
    hint: str

    def problem(self) -> str:
        return f"{self.this} does not go with {self.that}"

    def why(self) -> str:
        return self.reason

    def advice(self) -> str:
        return self.hint


@dataclass(eq=False, kw_only=True)
class LossMismatch(SpecError):
    """A loss that needs another output layer."""

    code: ClassVar[str] = "WG213"
    loss: str
    expected: str
    found: str
    hint: str

    def problem(self) -> str:
        return f"{self.loss} does not fit an output layer with {self.found}"

    def why(self) -> str:
        return f"{self.loss} expects {self.expected}, found {self.found}"

    def advice(self) -> str:
        return self.hint


@dataclass(eq=False, kw_only=True)
class LayerOrder(SpecError):
    """A layer in a place where it cannot stand."""

    code: ClassVar[str] = "WG214"
    found: str
    expected: str

    def problem(self) -> str:
        return f"{self.found} cannot stand here"

    def why(self) -> str:
        return f"expected {self.expected}"


@dataclass(eq=False, kw_only=True)
class DuplicateName(SpecError):
    """One name for two things."""

    code: ClassVar[str] = "WG215"
    kind: str
    name: str

    def problem(self) -> str:
        return f'the {self.kind} "{self.name}" stands twice'

    def why(self) -> str:
        return f"a {self.kind} is found by its name, so each name may stand once"

    def advice(self) -> str:
        return "take one of them away" if self.kind == "column" else "give one of them another name"


@dataclass(eq=False, kw_only=True)
class UnknownUnit(SpecError):
    """A weight to or from a unit that the network does not have."""

    code: ClassVar[str] = "WG216"
    found: str
    choices: tuple[str, ...]

    def problem(self) -> str:
        return f'there is no unit "{self.found}"'

    def why(self) -> str:
        return f"the units here are {joined(self.choices, 'and')}"

    def advice(self) -> str:
        return did_you_mean(self.found, self.choices)


@dataclass(eq=False, kw_only=True)
class MisplacedWeight(SpecError):
    """A weight or bias that the layers leave no place for."""

    code: ClassVar[str] = "WG217"
    weight: str
    reason: str
    hint: str = ""

    def problem(self) -> str:
        return f"there is no place for {self.weight}"

    def why(self) -> str:
        return self.reason

    def advice(self) -> str:
        return self.hint


@dataclass(eq=False, kw_only=True)
class UnfedUnit(SpecError):
    """A unit of a layer with listed wiring that no listed weight feeds."""

    code: ClassVar[str] = "WG218"
    layer: str
    units: tuple[str, ...]

    def problem(self) -> str:
        return f'no weight feeds {joined(self.units, "and")} of layer "{self.layer}"'

    def why(self) -> str:
        return 'wiring = "listed" joins a unit only by the weights under network.weights'

    def advice(self) -> str:
        return f'list w1 = {{ from = "...", to = "{self.units[0]}" }}, or say wiring = "full"'

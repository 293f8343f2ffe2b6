"""Errors of the door for people who add misconceptions of their own (WG1125 to WG1129)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from whygrad.errors import WhygradError


class ExtendError(WhygradError):
    """Somebody's own misconceptions that whygrad cannot judge by."""


@dataclass(eq=False)
class RulesNotFound(ExtendError):
    """A file of misconceptions that is not there."""

    code: ClassVar[str] = "WG1125"
    path: str
    found: str

    def what(self) -> str:
        return f"{self.path} is {self.found}"

    def why(self) -> str:
        return "misconceptions of one's own stand in a file of Python"

    def advice(self) -> str:
        return "name the file; docs/checking.md shows what stands in it"


@dataclass(eq=False)
class RulesFailed(ExtendError):
    """A file of misconceptions that fails when it is run; `line` is where, if it is in the file itself."""

    code: ClassVar[str] = "WG1126"
    path: str
    line: int | None
    problem: str

    def what(self) -> str:
        return f"{self.path}{f', line {self.line}' if self.line else ''}: {self.problem}"

    def why(self) -> str:
        return "the file is run before any notes are marked"

    def advice(self) -> str:
        return f"run python {self.path} by itself until it ends without an error"


@dataclass(eq=False)
class NoMisconception(ExtendError):
    """A file that makes no misconception."""

    code: ClassVar[str] = "WG1127"
    path: str

    def what(self) -> str:
        return f"{self.path} has no misconception"

    def why(self) -> str:
        return "a function becomes one by @misconception(...) of whygrad.extend"

    def advice(self) -> str:
        return "write @misconception(...) above the function that gives the other formulas"


@dataclass(eq=False)
class RuleTaken(ExtendError):
    """A misconception whose code or name another one has."""

    code: ClassVar[str] = "WG1128"
    own: str
    name: str
    taken: str
    taken_name: str

    def what(self) -> str:
        return f"the misconception {self.own} {self.name} is there already: {self.taken} {self.taken_name}"

    def why(self) -> str:
        return "a code and a name belong to one misconception"

    def advice(self) -> str:
        return "take another code and another name; whygrad's own codes begin with M"


@dataclass(eq=False)
class RuleUnfit(ExtendError):
    """A misconception that lacks what is shown of it, or whose function fails."""

    code: ClassVar[str] = "WG1129"
    own: str
    found: str
    way_on: str

    def what(self) -> str:
        return f"the misconception {self.own} cannot be used: {self.found}"

    def advice(self) -> str:
        return self.way_on

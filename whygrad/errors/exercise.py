"""Errors of exercises (WG1115 to WG1119): a network, numbers or a misconception that make none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from whygrad.errors import WhygradError


class ExerciseError(WhygradError):
    """An exercise that cannot be set."""


@dataclass(eq=False)
class NotForPaper(ExerciseError):
    """A network that nobody works out on paper."""

    code: ClassVar[str] = "WG1115"
    place: str
    reason: str
    way_on: str

    def what(self) -> str:
        return f"{self.place} makes no exercise for paper"

    def why(self) -> str:
        return self.reason

    def advice(self) -> str:
        return self.way_on


@dataclass(eq=False)
class SizesUnreadable(ExerciseError):
    """A network by its sizes that is none."""

    code: ClassVar[str] = "WG1116"
    text: str

    def what(self) -> str:
        return f'"{self.text}" is no network'

    def why(self) -> str:
        return "a network is given by the sizes of its layers, inputs first, or as an experiment has it"

    def advice(self) -> str:
        return 'for example --network "2-2-1", or --network "2 -> 2 relu -> 1 sigmoid"'


@dataclass(eq=False)
class NoFriendlyNumbers(ExerciseError):
    """A network for which no numbers were found that are good to calculate with."""

    code: ClassVar[str] = "WG1117"
    place: str
    tries: int
    digits: int

    def what(self) -> str:
        return f"{self.place}: no friendly numbers were found in {self.tries:,} tries"

    def why(self) -> str:
        return f"with {self.digits} decimals some gradient is always too small to be worked out, or a unit saturated"

    def advice(self) -> str:
        return f"--digits {self.digits + 1}, fewer layers, or another activation"


@dataclass(eq=False)
class CannotPlant(ExerciseError):
    """A misconception that is unknown, or that cannot be made visible in this exercise."""

    code: ClassVar[str] = "WG1118"
    name: str
    possible: tuple[str, ...]
    is_known: bool = True
    nearest: str = ""

    def what(self) -> str:
        return f"--plant {self.name}: " + (
            "it cannot be made in this exercise so that it alone shows" if self.is_known else "no such misconception"
        )

    def why(self) -> str:
        return f"those that can are {', '.join(self.possible)}" if self.possible else "no misconception can"

    def advice(self) -> str:
        if self.nearest:
            return f"did you mean {self.nearest}?"
        return f"--plant {self.possible[0]}" if self.possible else "take another network or all of its step"


@dataclass(eq=False)
class ExerciseThere(ExerciseError):
    """A file of that name that says something else: it may be a sheet that somebody has filled in."""

    code: ClassVar[str] = "WG1119"
    path: str

    def what(self) -> str:
        return f"{self.path} is there already and says something else"

    def why(self) -> str:
        return "it may be a sheet that somebody has filled in"

    def advice(self) -> str:
        return "name another place with --out, or write over it with --force"

"""Errors of many networks at once (WG51x): a sweep that says nothing, or too much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from whygrad.errors.run import RunError


class SweepError(RunError):
    """A sweep that cannot be run as it was asked for."""


@dataclass(eq=False)
class NotInList(SweepError):
    """A list of settings with an entry that is none; `expected` says what an entry is."""

    code: ClassVar[str] = "WG510"
    option: str
    text: str
    entry: str
    expected: str
    example: str

    def what(self) -> str:
        return f"{self.option} {self.text}: {self.entry!r} cannot be tried"

    def why(self) -> str:
        return f"each entry is {self.expected}"

    def advice(self) -> str:
        return f"write them with commas between: {self.option} {self.example}"


@dataclass(eq=False)
class NothingHidden(SweepError):
    """Numbers of hidden units for a network that has no hidden layer."""

    code: ClassVar[str] = "WG511"
    network: str

    def what(self) -> str:
        return "--hidden was given"

    def why(self) -> str:
        return f"the network {self.network} has no hidden layer whose units could be counted otherwise"

    def advice(self) -> str:
        return 'leave out --hidden, or give the network a hidden layer: layers = "2 -> 8 relu -> 1"'


@dataclass(eq=False)
class TooManyNetworks(SweepError):
    """More networks than one sweep keeps account of."""

    code: ClassVar[str] = "WG512"
    settings: int
    seeds: int
    most: int

    def what(self) -> str:
        networks = f"{self.settings * self.seeds:,} networks"
        return f"{networks} were asked for: {self.seeds:,} seeds at each of {self.settings:,} settings"

    def why(self) -> str:
        return f"one sweep has at most {self.most:,}"

    def advice(self) -> str:
        return f"--seeds {max(self.most // self.settings, 1)}, or fewer settings"


@dataclass(eq=False)
class NothingDrawn(SweepError):
    """Several seeds for an experiment in which nothing is drawn."""

    code: ClassVar[str] = "WG513"
    seeds: int

    def what(self) -> str:
        return f"{self.seeds:,} seeds were asked for"

    def why(self) -> str:
        return "every seed gives the same run: all weights are given, and nothing else is drawn"

    def advice(self) -> str:
        return "--seeds 1, or take the values out of network.weights"


@dataclass(eq=False)
class NothingToTrain(SweepError):
    """No epochs."""

    code: ClassVar[str] = "WG514"

    def what(self) -> str:
        return "the networks have no epochs to be trained for"

    def why(self) -> str:
        return "training.epochs is 0, so none of them could solve anything"

    def advice(self) -> str:
        return "--epochs 1000, or whatever one run may take"


@dataclass(eq=False)
class TwiceInList(SweepError):
    """The same setting twice."""

    code: ClassVar[str] = "WG515"
    option: str
    entry: str

    def what(self) -> str:
        return f"{self.option} has {self.entry} twice"

    def why(self) -> str:
        return "the same networks would be trained twice, with the same end"

    def advice(self) -> str:
        return "name each value once"

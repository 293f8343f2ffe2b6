"""Errors of running (WG5xx): training that cannot go on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from whygrad.errors import WhygradError


class RunError(WhygradError):
    """Training that cannot go on."""


@dataclass(eq=False)
class NotFinite(RunError):
    """A value became NaN or infinite: where, when, and from what.

    `node` is what people call it, `formula` how it is computed, `value` the first such element, at `index`;
    `sources` are the values it was computed from, in words.
    """

    code: ClassVar[str] = "WG501"
    epoch: int
    batch: int
    rows: tuple[int, ...]
    node: str
    formula: str
    index: tuple[int, ...]
    value: float
    sources: tuple[str, ...]

    def what(self) -> str:
        rows = ", ".join(map(str, self.rows[:6])) + (", ..." if len(self.rows) > 6 else "")
        place = f"epoch {self.epoch}, batch {self.batch} (row{'s' * (len(self.rows) != 1)} {rows} of the data)"
        return f"{place}: {self.node} became {self.value}"

    def why(self) -> str:
        computed = f"it is {self.formula}" if self.formula else "it came in with this value"
        return f"{computed}{'; ' * bool(self.sources)}{', '.join(self.sources)}"

    def advice(self) -> str:
        return "lower learning_rate, scale the inputs, or bound the gradient with clip = { norm = 1.0 }"


@dataclass(eq=False)
class NoSuchEpoch(RunError):
    """An epoch or batch was asked for that the run does not have."""

    code: ClassVar[str] = "WG502"
    kind: str
    asked: int
    last: int

    def what(self) -> str:
        return f"{self.kind} {self.asked} was asked for"

    def why(self) -> str:
        return f"there is {self.kind} 0 alone" if self.last == 0 else f"they go from {self.kind} 0 to {self.last}"

    def advice(self) -> str:
        one = f"ask for {self.kind} 0" if self.last == 0 else "ask for one of those"
        return f"{one}, or raise training.epochs and train on" if self.kind == "epoch" else one


@dataclass(eq=False)
class NoSuchColumn(RunError):
    """A figure was asked for that no epoch of a run has."""

    code: ClassVar[str] = "WG503"
    asked: str
    columns: tuple[str, ...]
    suggestion: str

    def what(self) -> str:
        return f"the history has no column {self.asked!r}"

    def why(self) -> str:
        return f"its columns are {', '.join(self.columns)}"

    def advice(self) -> str:
        return f"did you mean {self.suggestion!r}?" if self.suggestion else "ask for one of those"


@dataclass(eq=False)
class EngineUnfit(RunError):
    """An engine was asked for that cannot run this training."""

    code: ClassVar[str] = "WG504"
    engine: str
    reason: str
    others: tuple[str, ...]

    def what(self) -> str:
        return f"the engine {self.engine!r} was asked for"

    def why(self) -> str:
        return self.reason

    def advice(self) -> str:
        return f"choose one of {', '.join(self.others)}, or leave the choice to whygrad"


@dataclass(eq=False)
class EngineMissing(RunError):
    """An engine was asked for whose package is not installed."""

    code: ClassVar[str] = "WG505"
    engine: str
    package: str
    extra: str

    def what(self) -> str:
        return f"the engine {self.engine!r} was asked for"

    def why(self) -> str:
        return f"it needs {self.package}, which is not installed"

    def advice(self) -> str:
        return f"pip install 'whygrad[{self.extra}]', or leave the choice of the engine to whygrad"


@dataclass(eq=False)
class NotJoined(RunError):
    """A process that was to train together with others did not find them."""

    code: ClassVar[str] = "WG520"
    coordinator: str
    number: int
    count: int
    reason: str

    def what(self) -> str:
        return f"process {self.number} of {self.count} could not join the others at {self.coordinator}"

    def why(self) -> str:
        return self.reason

    def advice(self) -> str:
        every = f"all {self.count}, 0 to {self.count - 1}"
        return f"start {every}, with the address of the first and a port that is free there"


@dataclass(eq=False)
class DifferentWork(RunError):
    """Processes that are to train together were given different trainings."""

    code: ClassVar[str] = "WG521"
    others: tuple[int, ...]

    def what(self) -> str:
        some = ", ".join(map(str, self.others))
        return f"process{'es' * (len(self.others) > 1)} {some} would train something else than process 0"

    def why(self) -> str:
        return "all processes need the same experiment, the same data, and a run that stands at the same epoch"

    def advice(self) -> str:
        return "give all of them the same files, in a folder that they share or in copies"


@dataclass(eq=False)
class ProcessLost(RunError):
    """One of the processes that trained together was gone, and the others could not go on."""

    code: ClassVar[str] = "WG522"
    reason: str

    def what(self) -> str:
        return "another process of this training was gone"

    def why(self) -> str:
        return self.reason

    def advice(self) -> str:
        return "see what it said, and go on with --resume in all processes"


@dataclass(eq=False)
class UnevenDevices(RunError):
    """Processes that are to train together have different numbers of devices."""

    code: ClassVar[str] = "WG523"
    counts: tuple[int, ...]

    def what(self) -> str:
        return f"the processes have different numbers of devices: {', '.join(map(str, self.counts))}"

    def why(self) -> str:
        return "JAX shares work out only among processes that have as many devices each"

    def advice(self) -> str:
        return f"let each have {min(self.counts)}, with CUDA_VISIBLE_DEVICES, or XLA_FLAGS on processors"

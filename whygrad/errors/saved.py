"""Errors of saved runs and of the pipeline (WG6xx)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from whygrad.errors import WhygradError


class SavedRunError(WhygradError):
    """A run that cannot be read, written or taken up again."""


@dataclass(eq=False)
class NotARun(SavedRunError):
    """A folder that holds no saved run, or one with a file missing or damaged."""

    code: ClassVar[str] = "WG601"
    folder: str
    file: str
    problem: str

    def what(self) -> str:
        return f"{self.folder} is not a saved run: {self.file} {self.problem}"

    def advice(self) -> str:
        return "whygrad train FILE makes one and says where; copy a run's folder whole"


@dataclass(eq=False)
class OtherFormat(SavedRunError):
    """A run in a format that this version does not read."""

    code: ClassVar[str] = "WG602"
    folder: str
    found: int
    known: int

    def what(self) -> str:
        return f"{self.folder} has format {self.found}, and this whygrad reads formats 1 to {self.known}"

    def advice(self) -> str:
        if self.found > self.known:
            return "it was saved by a newer version: pip install --upgrade whygrad"
        return "train it again from its experiment.toml"


@dataclass(eq=False)
class DataChanged(SavedRunError):
    """The data of a saved run is no longer what it was trained on."""

    code: ClassVar[str] = "WG603"
    folder: str
    source: str

    def what(self) -> str:
        return f"{self.folder}: the data is not what the run was trained on ({self.source})"

    def why(self) -> str:
        return "the fingerprint of the prepared rows differs, so the run's steps cannot be computed again"

    def advice(self) -> str:
        return "restore the data, or train a new run; predictions from the saved weights still work"


@dataclass(eq=False)
class UnknownClass(SavedRunError):
    """A class weight for a class that the data does not have."""

    code: ClassVar[str] = "WG604"
    name: str
    classes: tuple[str, ...]
    suggestion: str

    def what(self) -> str:
        return f"[training] class_weights: {self.name!r} is not a class of the data"

    def why(self) -> str:
        return f"the classes are {', '.join(self.classes)}" if self.classes else "the target is a number"

    def advice(self) -> str:
        return f"did you mean {self.suggestion!r}?" if self.suggestion else "give each class one weight, or none"


@dataclass(eq=False)
class CannotPlot(SavedRunError):
    """A picture that this network or this data has no room for."""

    code: ClassVar[str] = "WG605"
    picture: str
    reason: str

    def what(self) -> str:
        return f"there is no {self.picture} of this run: {self.reason}"

    def advice(self) -> str:
        return "whygrad train FILE --report shows the pictures that this network has"


@dataclass(eq=False)
class CannotWrite(SavedRunError):
    """A file or folder that the system refused to write."""

    code: ClassVar[str] = "WG606"
    path: str
    reason: str
    remedy: str = "name another place, one that may be written to"

    def what(self) -> str:
        return f"{self.path} could not be written: {self.reason}"

    def advice(self) -> str:
        return self.remedy


@dataclass(eq=False)
class OtherExperiment(SavedRunError):
    """A run cannot go on under other settings than its own."""

    code: ClassVar[str] = "WG607"
    folder: str
    setting: str

    def what(self) -> str:
        return f"{self.folder} was trained with another {self.setting}, so it cannot go on with this file"

    def advice(self) -> str:
        return "a resumed run may only have more epochs; train anew without --resume"


@dataclass(eq=False)
class OtherRun(SavedRunError):
    """A run would be written over another one."""

    code: ClassVar[str] = "WG608"
    folder: str

    def what(self) -> str:
        return f"{self.folder} holds another run"

    def why(self) -> str:
        return "its settings or its epochs are not those of this run, so saving would lose it"

    def advice(self) -> str:
        return "save it in another folder, or run.save(folder, replace=True)"

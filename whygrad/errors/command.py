"""Errors of the command line (WG8xx): what was typed can be read, and cannot be carried out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from whygrad.errors import WhygradError, nearest

__all__ = [
    "CannotGoOn",
    "ColumnNotInModel",
    "CommandError",
    "FewerEpochs",
    "FileNotKnown",
    "FolderTaken",
    "NotAnExperiment",
    "NotOverwritten",
    "NothingToLearn",
    "NothingToResume",
    "RowUnreadable",
    "RowsNeedFile",
    "Stopped",
    "TargetNeeded",
    "ThresholdUnfit",
]

_SHOWN = 12


class CommandError(WhygradError):
    """A command that cannot be carried out."""


@dataclass(eq=False)
class FileNotKnown(CommandError):
    """An argument that is not the kind of file or folder that is needed there."""

    code: ClassVar[str] = "WG801"
    path: str
    problem: str
    expected: str
    remedy: str

    def what(self) -> str:
        return f"{self.path} {self.problem}"

    def why(self) -> str:
        return f"expected {self.expected}"

    def advice(self) -> str:
        return self.remedy


@dataclass(eq=False)
class TargetNeeded(CommandError):
    """A table was given without the column to predict."""

    code: ClassVar[str] = "WG802"
    command: str
    file: str
    columns: tuple[str, ...]

    def what(self) -> str:
        return f"{self.file}: which column is to be predicted?"

    def why(self) -> str:
        more = f" and {len(self.columns) - _SHOWN} more" if len(self.columns) > _SHOWN else ""
        return f"its columns are: {', '.join(self.columns[:_SHOWN])}{more}"

    def advice(self) -> str:
        return f"{self.command} --target {self.columns[-1]}"


@dataclass(eq=False)
class FolderTaken(CommandError):
    """The folder for a new run holds something already."""

    code: ClassVar[str] = "WG803"
    folder: str
    holds_a_run: bool

    def what(self) -> str:
        return f"--out {self.folder}: this folder is there already"

    def why(self) -> str:
        found = "a run that would be lost" if self.holds_a_run else "something else than a run"
        return f"it holds {found}"

    def advice(self) -> str:
        more = ", or --resume to go on with this run" if self.holds_a_run else ""
        return f"name another folder{more}"


@dataclass(eq=False)
class NothingToResume(CommandError):
    """There is no run to go on with."""

    code: ClassVar[str] = "WG804"
    folder: str

    def what(self) -> str:
        return f"--resume: there is no run in {self.folder}"

    def advice(self) -> str:
        return "train without --resume first, or say with --out FOLDER where the run is"


@dataclass(eq=False)
class FewerEpochs(CommandError):
    """A run was to go on to fewer epochs than it has."""

    code: ClassVar[str] = "WG805"
    folder: str
    asked: int
    done: int

    def what(self) -> str:
        return f"--epochs {self.asked}: {self.folder} has {self.done} epochs already"

    def why(self) -> str:
        return "epochs are counted from the start, not from where the run stands"

    def advice(self) -> str:
        return f"ask for more than {self.done}, or look back with: whygrad show {self.folder} --epoch {self.asked}"


@dataclass(eq=False)
class NotOverwritten(CommandError):
    """A file to be written is there already."""

    code: ClassVar[str] = "WG806"
    path: str

    def what(self) -> str:
        return f"{self.path} is there already and is left as it is"

    def advice(self) -> str:
        return "give another name, or delete the file first"


@dataclass(eq=False)
class RowUnreadable(CommandError):
    """A row on the command line that is not a list of column=value."""

    code: ClassVar[str] = "WG807"
    row: str
    problem: str
    example: str

    def what(self) -> str:
        return f"--row {self.row}: {self.problem}"

    def why(self) -> str:
        return "a row is written as column=value, with commas between several"

    def advice(self) -> str:
        return f"--row {self.example}"


@dataclass(eq=False)
class ColumnNotInModel(CommandError):
    """A row on the command line names a column that the run does not know."""

    code: ClassVar[str] = "WG808"
    row: str
    column: str
    known: tuple[str, ...]

    def what(self) -> str:
        return f"--row {self.row}: the run has no input {self.column!r}"

    def why(self) -> str:
        more = f" and {len(self.known) - _SHOWN} more" if len(self.known) > _SHOWN else ""
        return f"its inputs are: {', '.join(self.known[:_SHOWN])}{more}"

    def advice(self) -> str:
        near = nearest(self.column, self.known)
        return f"did you mean {near!r}?" if near else "use these names"


@dataclass(eq=False)
class ThresholdUnfit(CommandError):
    """A threshold for a run that does not decide between two classes by one output."""

    code: ClassVar[str] = "WG809"
    folder: str
    threshold: float
    predicts: str

    def what(self) -> str:
        return f"--threshold {self.threshold:g} means nothing to {self.folder}"

    def why(self) -> str:
        return f"a threshold decides between two classes by one probability; this run predicts {self.predicts}"

    def advice(self) -> str:
        return "leave --threshold out"


@dataclass(eq=False)
class NothingToLearn(CommandError):
    """A table none of whose columns can be learned from without somebody deciding how."""

    code: ClassVar[str] = "WG810"
    file: str
    target: str
    left_out: tuple[str, ...]

    def what(self) -> str:
        return f"{self.file}: besides the target {self.target!r} no column can be learned from as it is"

    def why(self) -> str:
        return "; ".join(self.left_out)

    def advice(self) -> str:
        return "give a table with columns of numbers, or of few different words"


@dataclass(eq=False)
class CannotGoOn(CommandError):
    """The system refused to read or write something that a command needs."""

    code: ClassVar[str] = "WG811"
    path: str
    reason: str

    def what(self) -> str:
        return f"{self.path}: {self.reason}"

    def why(self) -> str:
        return "the system refused it"

    def advice(self) -> str:
        return "make room or take another place for the output, and see that the files may be read and written"


@dataclass(eq=False)
class Stopped(CommandError):
    """Ctrl-C before there was anything to keep."""

    code: ClassVar[str] = "WG812"
    command: str = ""

    def what(self) -> str:
        return f"stopped with Ctrl-C{'; no run was saved' * (self.command == 'train')}"


@dataclass(eq=False)
class NotAnExperiment(CommandError):
    """A name for a new experiment that is that of something else."""

    code: ClassVar[str] = "WG813"
    path: str
    command: str

    def what(self) -> str:
        return f"{self.path} does not end in .toml"

    def why(self) -> str:
        return "an experiment is written, not a table"

    def advice(self) -> str:
        return self.command


@dataclass(eq=False)
class RowsNeedFile(CommandError):
    """A program whose rows are too many to stand in it was to be printed."""

    code: ClassVar[str] = "WG814"
    what_for: str
    language: str
    rows: int

    def what(self) -> str:
        return f"{self.what_for}: its {self.rows:,} rows are too many to stand in the program"

    def why(self) -> str:
        return "rows beyond 200, or of more than 20 columns, are written to a file beside it"

    def advice(self) -> str:
        name = self.what_for.rstrip("/").rpartition("/")[2].removesuffix(".toml")
        return f"whygrad code {self.what_for} --to {self.language} --out {name}.py"

"""Errors of what stands beside a run in the lab: its panels, tools, recordings and written-down sessions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from whygrad.errors.lab import LabError


@dataclass(eq=False)
class WidgetsMissing(LabError):
    """A notebook should show the lab itself, and what it needs for that is not installed."""

    code: ClassVar[str] = "WG1015"

    def what(self) -> str:
        return "the lab in a notebook needs anywidget, which is not installed"

    def why(self) -> str:
        return "it comes with the extra `notebook`; without it a notebook shows a recording of the run"

    def advice(self) -> str:
        return "pip install 'whygrad[notebook]'"


@dataclass(eq=False)
class RecordingTooLarge(LabError):
    """A network so large that not even one update of it can be recorded."""

    code: ClassVar[str] = "WG1016"
    found: int
    most: int

    def what(self) -> str:
        return f"the first updates of this run would take {self.found:,} bytes to record"

    def why(self) -> str:
        return f"a recording has room for {self.most:,}, so that a browser opens it at once"

    def advice(self) -> str:
        return "record a smaller network; `whygrad explain --out FILE.html` writes a page of one number"


@dataclass(eq=False)
class NothingToFind(LabError):
    """A jump to something that a run of this kind never has."""

    code: ClassVar[str] = "WG1018"
    what_is: str
    reason: str

    def what(self) -> str:
        return f"{self.what_is} is not looked for"

    def why(self) -> str:
        return self.reason

    def advice(self) -> str:
        return "choose another jump, or other settings"


@dataclass(eq=False)
class LookedTooLong(LabError):
    """A search that took longer than its share."""

    code: ClassVar[str] = "WG1019"
    seconds: float
    found: int
    most: int

    def what(self) -> str:
        return f"looked at {self.found:,} of {self.most:,} updates in {self.seconds:g} seconds, and found nothing yet"

    def why(self) -> str:
        return "nobody's request may take longer, so that everybody is answered"

    def advice(self) -> str:
        return "ask again: the search goes on from there"


@dataclass(eq=False)
class NoHiddenLayer(LabError):
    """Remedies for vanishing gradients were asked for, and there is no layer that they could change."""

    code: ClassVar[str] = "WG1020"

    def what(self) -> str:
        return "this network has no hidden layer that could be changed"

    def why(self) -> str:
        return "gradients vanish and explode on their way back through hidden layers"

    def advice(self) -> str:
        return "add layers, or open a preset that has several, such as vanishing gradients"


@dataclass(eq=False)
class TooManyUnits(LabError):
    """Moves were asked for unit by unit in a network that has too many units."""

    code: ClassVar[str] = "WG1021"
    found: int
    most: int

    def what(self) -> str:
        return f"a network of {self.found:,} units is not gone through unit by unit"

    def why(self) -> str:
        return f"an update would be hundreds of moves; the lab goes up to {self.most:,} units"

    def advice(self) -> str:
        return "go layer by layer, or take fewer units"


@dataclass(eq=False)
class CellUnfit(LabError):
    """A value that a column of a table cannot hold."""

    code: ClassVar[str] = "WG1022"
    column: str
    text: str
    kind: str

    def what(self) -> str:
        return f"{self.text!r} cannot stand in the column {self.column!r}"

    def why(self) -> str:
        return f"it is a column of {'true and false' if self.kind == 'boolean' else 'numbers'}"

    def advice(self) -> str:
        return "type one, leave the cell empty where the value is missing, or have the column hold words"


@dataclass(eq=False)
class NoSuchCell(LabError):
    """A place that the table does not have, or no longer."""

    code: ClassVar[str] = "WG1023"
    row: int
    wanted: tuple[str, ...]
    rows: int
    columns: tuple[str, ...]

    def what(self) -> str:
        gone = [name for name in self.wanted if name not in self.columns]
        return f"the table has no column {gone[0]!r}" if gone else f"the table has no row {self.row:,}"

    def why(self) -> str:
        return f"it has rows 0 to {self.rows - 1:,}, and the columns {', '.join(self.columns)}"

    def advice(self) -> str:
        return "look at the table again; it may have been changed meanwhile"


@dataclass(eq=False)
class BlockTooWide(LabError):
    """Cells from a spreadsheet that reach over the last column."""

    code: ClassVar[str] = "WG1024"
    column: str
    found: int
    room: int

    def what(self) -> str:
        return f"{self.found} columns were pasted at {self.column!r}"

    def why(self) -> str:
        return f"from there on the table has {self.room}"

    def advice(self) -> str:
        return "paste it further left, add columns first, or take it as a table of its own, with its header"


@dataclass(eq=False)
class ColumnNameUnfit(LabError):
    """A name that a new column cannot have."""

    code: ClassVar[str] = "WG1025"
    name: str
    taken: tuple[str, ...]

    def what(self) -> str:
        return f"a column cannot be called {self.name!r}"

    def why(self) -> str:
        return "another one is" if self.name in self.taken else "a name has letters"

    def advice(self) -> str:
        return f"choose a name that none of these is: {', '.join(self.taken)}"


@dataclass(eq=False)
class StateDamaged(LabError):
    """Something that should be a written-down session, and is none."""

    code: ClassVar[str] = "WG1026"
    problem: str

    def what(self) -> str:
        return "this is not a session that the lab wrote down"

    def why(self) -> str:
        return self.problem

    def advice(self) -> str:
        return "take the whole link, or the whole file, as Share gave it"


@dataclass(eq=False)
class StateOfAnotherFormat(LabError):
    """A session that was written down by a later version."""

    code: ClassVar[str] = "WG1027"
    found: int
    known: int

    def what(self) -> str:
        return f"this session is written down in format {self.found}"

    def why(self) -> str:
        return f"this lab reads format {self.known}"

    def advice(self) -> str:
        return "open it with the version of whygrad that it came from"


@dataclass(eq=False)
class ReplayStopped(LabError):
    """A session that was not made again to its end."""

    code: ClassVar[str] = "WG1028"
    update: int
    end: int

    def what(self) -> str:
        return f"the session is made again up to update {self.update:,} of {self.end:,}"

    def why(self) -> str:
        return "its work was stopped, or took longer than one request may"

    def advice(self) -> str:
        return "load the page again to go on with it; anything else makes this a run of its own"


@dataclass(eq=False)
class TooLargeForSeeds(LabError):
    """A network or table that is too large to be trained from many seeds."""

    code: ClassVar[str] = "WG1029"
    what_is: str
    found: int
    most: int

    def what(self) -> str:
        return f"this experiment has {self.found:,} {self.what_is}"

    def why(self) -> str:
        return f"many starts are made of experiments with up to {self.most:,}"

    def advice(self) -> str:
        return "take a smaller network or fewer rows, or one start at a time with training.seed"


@dataclass(eq=False)
class NetworkFileRefused(LabError):
    """Notes on a page that name a file of the machine as their network."""

    code: ClassVar[str] = "WG1030"
    file: str

    def what(self) -> str:
        return f"the network {self.file!r} is not read"

    def why(self) -> str:
        return "notes on a page may name a preset of the lab, and no other file of the machine that it runs on"

    def advice(self) -> str:
        return "put the experiment into the notes, in a block that begins with ```whygrad, or open it in the lab"


@dataclass(eq=False)
class NotesTooLongHere(LabError):
    """More notes than a page marks while they are typed."""

    code: ClassVar[str] = "WG1031"
    found: int
    most: int

    def what(self) -> str:
        return f"the notes have {self.found:,} characters"

    def why(self) -> str:
        return f"the page marks up to {self.most:,}, so that marks come while one types"

    def advice(self) -> str:
        return "check the parts one by one, or the whole with `whygrad check NOTES.md`"


@dataclass(eq=False)
class MarkingTooLong(LabError):
    """Notes, or a derivation, that took longer than their share."""

    code: ClassVar[str] = "WG1032"
    seconds: float

    def what(self) -> str:
        return f"this takes longer than {self.seconds:g} seconds, and was stopped"

    def why(self) -> str:
        return "nobody's notes may take longer, so that everybody's are marked"

    def advice(self) -> str:
        return "check fewer lines, or use a smaller network; `whygrad check NOTES.md` takes the time that it needs"


@dataclass(eq=False)
class MarkingFailed(LabError):
    """The process that marks notes did not start, or ended before it answered."""

    code: ClassVar[str] = "WG1033"
    reason: str

    def what(self) -> str:
        return "the notes were not marked"

    def why(self) -> str:
        return self.reason

    def advice(self) -> str:
        return "try again; the terminal of the lab may say more"


@dataclass(eq=False)
class NoSuchSample(LabError):
    """A sample of notes that the lab does not have."""

    code: ClassVar[str] = "WG1034"
    name: str
    known: tuple[str, ...]

    def what(self) -> str:
        return f"there are no sample notes {self.name!r}"

    def why(self) -> str:
        return f"the samples are {', '.join(self.known)}"

    def advice(self) -> str:
        return "choose one of these"

"""Errors of the check (WG11xx): notes that cannot be read at all. A line that cannot be read is no error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from whygrad.errors import WhygradError


class CheckError(WhygradError):
    """Notes that whygrad cannot check; `place` is the file's name, `line` where in it."""


@dataclass(eq=False)
class NotText(CheckError):
    """A file that is a photo, a PDF, a document of a word processor, or text in another encoding."""

    code: ClassVar[str] = "WG1101"
    place: str
    found: str
    way_on: str = "type the lines, or paste them, into a text file"

    def what(self) -> str:
        return f"{self.place} is {self.found}"

    def why(self) -> str:
        return "notes are read as plain text or Markdown in UTF-8"

    def advice(self) -> str:
        return self.way_on


@dataclass(eq=False)
class NotesTooLong(CheckError):
    """More notes than are read at once."""

    code: ClassVar[str] = "WG1102"
    place: str
    found: int
    most: int
    unit: str

    def what(self) -> str:
        return f"{self.place} has {self.found:,} {self.unit}"

    def why(self) -> str:
        return f"notes of up to {self.most:,} {self.unit} are read"

    def advice(self) -> str:
        return "check the parts one by one"


@dataclass(eq=False)
class HeaderNotClosed(CheckError):
    """A header or a block that begins and does not end."""

    code: ClassVar[str] = "WG1103"
    place: str
    line: int
    mark: str

    def what(self) -> str:
        return f"{self.place}, line {self.line}: what begins here with {self.mark} does not end"

    def advice(self) -> str:
        return f"write {self.mark} on a line of its own behind it"


@dataclass(eq=False)
class HeaderSyntax(CheckError):
    """A header that is not TOML."""

    code: ClassVar[str] = "WG1104"
    place: str
    line: int
    problem: str

    def what(self) -> str:
        return f"{self.place}, line {self.line}: the header is not TOML"

    def why(self) -> str:
        return self.problem

    def advice(self) -> str:
        return 'write for example: aliases = { z1 = "net_H1" }'


@dataclass(eq=False)
class UnknownHeaderKey(CheckError):
    """A key of the header that means nothing."""

    code: ClassVar[str] = "WG1105"
    place: str
    line: int
    key: str
    nearest: str
    known: tuple[str, ...]

    def what(self) -> str:
        return f"{self.place}, line {self.line}: the header has no key {self.key}"

    def why(self) -> str:
        return f"its keys are {', '.join(self.known)}, and those of an experiment"

    def advice(self) -> str:
        return f"did you mean {self.nearest}?" if self.nearest else "leave it out"


@dataclass(eq=False)
class WrongHeaderValue(CheckError):
    """A key of the header with a value of another kind."""

    code: ClassVar[str] = "WG1106"
    place: str
    line: int
    key: str
    expected: str
    example: str

    def what(self) -> str:
        return f"{self.place}, line {self.line}: {self.key} has a value that does not fit"

    def why(self) -> str:
        return f"expected {self.expected}"

    def advice(self) -> str:
        return f"for example {self.example}"


@dataclass(eq=False)
class NotesNotFound(CheckError):
    """No such file, or one that may not be read."""

    code: ClassVar[str] = "WG1107"
    place: str
    reason: str

    def what(self) -> str:
        return f"{self.place} cannot be read"

    def why(self) -> str:
        return self.reason

    def advice(self) -> str:
        return "give the path of a Markdown or text file, or - for standard input"


@dataclass(eq=False)
class TwoNetworks(CheckError):
    """Notes that give more than one network."""

    code: ClassVar[str] = "WG1108"
    place: str
    line: int
    first: int

    def what(self) -> str:
        return f"{self.place}, line {self.line}: a second network"

    def why(self) -> str:
        return f"the notes already give one in line {self.first}"

    def advice(self) -> str:
        return "check each network's notes in a file of their own"


@dataclass(eq=False)
class NetworkTooLarge(CheckError):
    """A network with more weights than anybody works out on paper."""

    code: ClassVar[str] = "WG1109"
    weights: int
    most: int

    def what(self) -> str:
        return f"the network of the notes has {self.weights:,} weights and biases"

    def why(self) -> str:
        return f"notes are held against networks of up to {self.most:,}"

    def advice(self) -> str:
        return "check the notes without it: their arithmetic is marked then"


@dataclass(eq=False)
class NothingToMark(CheckError):
    """A folder without notes."""

    code: ClassVar[str] = "WG1110"
    folder: str
    passed_over: int

    def what(self) -> str:
        return f"{self.folder} holds no notes"

    def why(self) -> str:
        if not self.passed_over:
            return "no file is in it"
        return f"{self.passed_over} of its files are networks, tables or pages"

    def advice(self) -> str:
        return "give a folder with a Markdown or text file for each person"


@dataclass(eq=False)
class OptionsApart(CheckError):
    """Options that do not go together."""

    code: ClassVar[str] = "WG1111"
    option: str
    other: str
    reason: str
    way_on: str

    def what(self) -> str:
        return f"{self.option} does not go with {self.other}"

    def why(self) -> str:
        return self.reason

    def advice(self) -> str:
        return self.way_on


@dataclass(eq=False)
class NoSuchHint(CheckError):
    """A step of the hints that there is not."""

    code: ClassVar[str] = "WG1112"
    level: int

    def what(self) -> str:
        return f"hints have no step {self.level}"

    def why(self) -> str:
        return "1 says where to look, 2 asks a question as well, 3 gives the formula"

    def advice(self) -> str:
        return "ask for 1, 2 or 3"

"""Errors of the lab (WG10xx): what a page asked for cannot be done, or the lab cannot be opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from whygrad.errors import WhygradError


class LabError(WhygradError):
    """Something that the lab refuses; a session stays as it was."""


@dataclass(eq=False)
class TooLarge(LabError):
    """A network or data set that is larger than the lab drives."""

    code: ClassVar[str] = "WG1001"
    what_is: str
    found: int
    most: int

    def what(self) -> str:
        return f"this would have {self.found:,} {self.what_is}"

    def why(self) -> str:
        return f"the lab goes up to {self.most:,}, so that each answer comes at once"

    def advice(self) -> str:
        return "take fewer; `whygrad train` and `whygrad explain` work with more"


@dataclass(eq=False)
class TooManySessions(LabError):
    """More people than the lab has seats."""

    code: ClassVar[str] = "WG1002"
    most: int

    def what(self) -> str:
        return f"all {self.most:,} sessions of this lab are taken"

    def why(self) -> str:
        return "a session is kept for half an hour after its page was closed"

    def advice(self) -> str:
        return "close a page that is not needed, or try again later"


@dataclass(eq=False)
class NotUnderstood(LabError):
    """A message that is none of the protocol's."""

    code: ClassVar[str] = "WG1003"
    problem: str

    def what(self) -> str:
        return "the page sent something that the lab does not understand"

    def why(self) -> str:
        return self.problem

    def advice(self) -> str:
        return "load the page again; it may be older than the lab"


@dataclass(eq=False)
class MessageTooLong(LabError):
    """A message with more bytes than the lab reads."""

    code: ClassVar[str] = "WG1004"
    found: int
    most: int

    def what(self) -> str:
        return f"the page sent a message of {self.found:,} bytes"

    def why(self) -> str:
        return f"the lab reads up to {self.most:,}"

    def advice(self) -> str:
        return "put large tables into a file, and start with: whygrad lab FILE"


@dataclass(eq=False)
class OutOfTime(LabError):
    """One request took longer than its share."""

    code: ClassVar[str] = "WG1005"
    seconds: float
    update: int

    def what(self) -> str:
        return f"stopped at update {self.update:,}, after {self.seconds:g} seconds of work"

    def why(self) -> str:
        return "nobody's request may take longer, so that everybody is answered"

    def advice(self) -> str:
        return "ask again to go on from here"


@dataclass(eq=False)
class FileRefused(LabError):
    """A page named a file of the machine that the lab runs on."""

    code: ClassVar[str] = "WG1006"
    file: str

    def what(self) -> str:
        return f"{self.file!r} is not read"

    def why(self) -> str:
        return "a page may not name files of the machine that the lab runs on"

    def advice(self) -> str:
        return "name it where the lab is started: whygrad lab FILE"


@dataclass(eq=False)
class NoSuchPreset(LabError):
    """A preset that there is not."""

    code: ClassVar[str] = "WG1007"
    name: str
    presets: tuple[str, ...]

    def what(self) -> str:
        return f"there is no preset {self.name!r}"

    def why(self) -> str:
        return f"the presets are {', '.join(self.presets)}"

    def advice(self) -> str:
        return "choose one of these"


@dataclass(eq=False)
class NothingOpen(LabError):
    """A page asked for something before it opened a session."""

    code: ClassVar[str] = "WG1008"

    def what(self) -> str:
        return "no session is open on this page"

    def why(self) -> str:
        return "the first message of a page opens one"

    def advice(self) -> str:
        return "load the page again"


@dataclass(eq=False)
class TooManyRequests(LabError):
    """A page asked for more before the lab had answered what it asked."""

    code: ClassVar[str] = "WG1009"
    most: int

    def what(self) -> str:
        return f"{self.most} requests of this session wait already; this one was left out"

    def why(self) -> str:
        return "they come faster than they can be answered"

    def advice(self) -> str:
        return "wait a moment, or pause"


@dataclass(eq=False)
class PortTaken(LabError):
    """The address that the lab should listen at cannot be had."""

    code: ClassVar[str] = "WG1010"
    host: str
    port: int
    reason: str

    def what(self) -> str:
        return f"the lab cannot listen at {self.host}, port {self.port}"

    def why(self) -> str:
        return self.reason

    def advice(self) -> str:
        return "choose another with --port N; --port 0 takes one that is free"


@dataclass(eq=False)
class PasswordNeeded(LabError):
    """The lab should be open to other machines, and no password protects it."""

    code: ClassVar[str] = "WG1011"
    host: str
    shortest: int

    def what(self) -> str:
        return f"--host {self.host} opens the lab to every machine that reaches this one"

    def why(self) -> str:
        return f"that needs a password of {self.shortest} characters or more, and none was given"

    def advice(self) -> str:
        return "add --password WORDS, or leave --host out to work on this machine alone"


@dataclass(eq=False)
class NoSuchSetting(LabError):
    """A key that leads to no setting."""

    code: ClassVar[str] = "WG1012"
    key: str

    def what(self) -> str:
        return f"{self.key!r} is not a setting"

    def why(self) -> str:
        return "a setting is named by its section and its key"

    def advice(self) -> str:
        return "for example training.learning_rate, or network.layers"


@dataclass(eq=False)
class SessionGone(LabError):
    """A session was asked for that is no longer kept."""

    code: ClassVar[str] = "WG1013"

    def what(self) -> str:
        return "your session is no longer there, so this is a new one"

    def why(self) -> str:
        return "the lab was started again, or the page was closed for more than half an hour"

    def advice(self) -> str:
        return "what you set is kept where the page sent it along; training starts again"


@dataclass(eq=False)
class NoSuchPart(LabError):
    """A panel or a tool that this lab has not."""

    code: ClassVar[str] = "WG1014"
    kind: str
    name: str
    known: tuple[str, ...]

    def what(self) -> str:
        return f"this lab has no {self.kind} {self.name!r}"

    def why(self) -> str:
        return f"it has {', '.join(self.known)}"

    def advice(self) -> str:
        return "load the page again; it may be another version's"

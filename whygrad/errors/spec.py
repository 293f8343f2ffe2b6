"""WG200 to WG208: an experiment file, or a record made in Python, that cannot be read.

    SpecError
    |- UnreadableFile     WG200  no such file, or not text
    |- TomlSyntaxError    WG201  not TOML
    |- UnknownKey         WG202  a key that no record has
    |- MissingKey         WG203  a key that must be there
    |- WrongType          WG204  text where a number belongs, and the like
    |- UnknownName        WG205  a word outside a closed list
    |- OutOfRange         WG206  a number or a list outside its bounds
    |- ShortFormError     WG207  `layers = "2 -> 8 relu -> 1"` with a slip
    |- MissingReduction   WG208  a loss without sum or mean
    `- errors/combination.py  WG209 to WG218: each value is fine, together they are impossible

`key` is the way to the place as a tuple: `("training", "learning_rate")`, `("network", "layers", 0, "units")`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from whygrad.errors import Key, WhygradError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "Key",
    "MissingKey",
    "MissingReduction",
    "OutOfRange",
    "ShortFormError",
    "SpecError",
    "TomlSyntaxError",
    "UnknownKey",
    "UnknownName",
    "UnreadableFile",
    "WrongType",
    "did_you_mean",
    "joined",
]


def joined(words: Iterable[str], last: str = "or") -> str:
    """Words as a list in a sentence: `a, b or c`."""
    every = list(words)
    return f" {last} ".join([", ".join(every[:-1]), every[-1]] if len(every) > 1 else every)


def bare(part: str) -> str:
    """A name as a key, in quotes where it needs them."""
    return part if part.replace("_", "a").replace("-", "a").isalnum() else f'"{part}"'


def dotted(key: Key) -> str:
    """A key as in Python: `network.layers[0].units`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{bare(part)}" for part in key)[1:]


def bracketed(key: Key) -> str:
    """A key as it is looked up in a TOML file: `[network] layers[0].units`."""
    if len(key) == 1:
        return f"[{key[0]}]" if key[0] in ("data", "network", "training") else str(key[0])
    return f"[{key[0]}] {dotted(key[1:])}" if key else ""


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """The choice nearest to a word as a question, empty when none is near."""
    near = nearest(word.lower(), choices) if word else ""
    return f'did you mean "{near}"?' if near else ""


@dataclass(eq=False, kw_only=True)
class SpecError(WhygradError):
    """Base of WG2xx; `file` is empty when the records were made in Python, then `record` names the outermost."""

    key: Key = ()
    file: str = ""
    line: int | None = None
    record: str = "Experiment"

    def place(self) -> str:
        """Where: file, line and key, or the path of fields."""
        if not self.file:
            return dotted((self.record, *self.key))
        line = "" if self.line is None else f"line {self.line}"
        return ", ".join(part for part in (self.file, line, bracketed(self.key)) if part)

    def problem(self) -> str:
        """What is wrong there."""
        return ""

    def what(self) -> str:
        return f"{self.place()}: {self.problem()}"


@dataclass(eq=False, kw_only=True)
class UnreadableFile(SpecError):
    """The file is not there, or is not text in UTF-8."""

    code: ClassVar[str] = "WG200"
    reason: str

    def problem(self) -> str:
        return "this file cannot be read"

    def why(self) -> str:
        return self.reason

    def advice(self) -> str:
        return "`whygrad new` writes a starter file"


@dataclass(eq=False, kw_only=True)
class TomlSyntaxError(SpecError):
    """The text is not TOML; `column` counts from 1."""

    code: ClassVar[str] = "WG201"
    column: int
    reason: str
    source: str
    hint: str

    def place(self) -> str:
        return f"{self.file}, line {self.line}, column {self.column}"

    def problem(self) -> str:
        return f"not valid TOML: {self.reason}"

    def why(self) -> str:
        return f"the line is\n    {self.source}\n    {' ' * (self.column - 1)}^"

    def advice(self) -> str:
        return self.hint


@dataclass(eq=False, kw_only=True)
class UnknownKey(SpecError):
    """A key that the record does not have."""

    code: ClassVar[str] = "WG202"
    choices: tuple[str, ...]
    section: str = ""

    def problem(self) -> str:
        return "unknown key"

    def why(self) -> str:
        return f"expected {joined(self.choices)}" if self.choices else "nothing can be set here"

    def advice(self) -> str:
        if self.section:
            return f"{self.key[-1]} belongs in [{self.section}]"
        return did_you_mean(str(self.key[-1]), self.choices)


@dataclass(eq=False, kw_only=True)
class MissingKey(SpecError):
    """A key that has no default."""

    code: ClassVar[str] = "WG203"
    expected: str
    hint: str = ""

    def problem(self) -> str:
        return "this key is missing" if len(self.key) > 1 else "this section is missing"

    def why(self) -> str:
        return f"expected {self.expected}, found nothing"

    def advice(self) -> str:
        return self.hint or (f"add `{self.key[-1]} = ...`" if len(self.key) > 1 else f"add a section [{self.key[0]}]")


@dataclass(eq=False, kw_only=True)
class WrongType(SpecError):
    """A value of the wrong type."""

    code: ClassVar[str] = "WG204"
    expected: str
    found: str
    hint: str = ""

    def problem(self) -> str:
        return "wrong type of value"

    def why(self) -> str:
        return f"expected {self.expected}, found {self.found}"

    def advice(self) -> str:
        return self.hint


@dataclass(eq=False, kw_only=True)
class UnknownName(SpecError):
    """A word outside a closed list."""

    code: ClassVar[str] = "WG205"
    found: str
    expected: str
    choices: tuple[str, ...]
    meant: str = ""
    hint: str = ""

    def problem(self) -> str:
        return f'unknown name "{self.found}"'

    def why(self) -> str:
        return f'expected {self.expected}, found "{self.found}"'

    def advice(self) -> str:
        return f'did you mean "{self.meant}"?' if self.meant else did_you_mean(self.found, self.choices) or self.hint


@dataclass(eq=False, kw_only=True)
class OutOfRange(SpecError):
    """A number or a list outside its bounds."""

    code: ClassVar[str] = "WG206"
    expected: str
    found: str
    hint: str = ""

    def problem(self) -> str:
        return f"{self.found} is out of range"

    def why(self) -> str:
        return f"expected {self.expected}, found {self.found}"

    def advice(self) -> str:
        return self.hint


@dataclass(eq=False, kw_only=True)
class ShortFormError(SpecError):
    """A slip in the short form of the layers; `start` counts from 0 and `word` is what stands there."""

    code: ClassVar[str] = "WG207"
    text: str
    start: int
    word: str
    expected: str
    choices: tuple[str, ...] = ()
    hint: str = ""
    key: Key = ("network", "layers")

    def problem(self) -> str:
        return f'"{self.word}" cannot stand here' if self.word else "the layers end too early"

    def why(self) -> str:
        begin = self.text.rfind("\n", 0, self.start) + 1
        shown = self.text[begin:].split("\n", 1)[0]
        marks = " " * (self.start - begin) + "^" * max(1, len(self.word))
        return f"expected {self.expected}\n    {shown}\n    {marks}"

    def advice(self) -> str:
        form = 'the form is "2 -> 8 relu -> 1" or "in -> 16 relu -> out softmax"'
        return self.hint or did_you_mean(self.word, self.choices) or form


@dataclass(eq=False, kw_only=True)
class MissingReduction(SpecError):
    """A loss by name alone: a sum and a mean want different learning rates, so neither is the default."""

    code: ClassVar[str] = "WG208"
    found: str
    loss: str

    def problem(self) -> str:
        return f'"{self.found}" does not say whether rows are added up or averaged'

    def why(self) -> str:
        return 'expected "sum" or "mean" before the name: it changes what a learning rate means'

    def advice(self) -> str:
        return f'"sum {self.loss}" or "mean {self.loss}"'

"""The exception tree: every error has a code, typed fields, and says what happened, why, and what to do.

    WhygradError
    |- GraphError      WG1xx  errors/graph.py   a graph that cannot be built
    |- SpecError       WG2xx  errors/spec.py    an experiment file or record that cannot be read
    |- DataError       WG3xx  errors/data.py    a table that cannot be turned into arrays
    |- ExplainError    WG4xx  errors/explain.py a step that cannot be taken apart
    |- RunError        WG5xx  errors/run.py     training that cannot go on
    |- SavedRunError   WG6xx  errors/saved.py   a saved run that cannot be read or written
    |- RenderError     WG7xx  errors/render.py  a picture or page that cannot be drawn
    |- CommandError    WG8xx  errors/command.py a command line that cannot be carried out
    |- BridgeError     WG9xx  errors/bridge.py  another library that cannot be asked
    |- LabError        WG10xx errors/lab.py     what a page of the lab cannot have, or a lab that cannot be opened
    `- CheckError      WG11xx errors/check.py   notes that cannot be checked

The text of an error is derived from its fields, so that a program can read the fields and a person the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Key", "WhygradError", "nearest"]

Key = tuple[str | int, ...]


@dataclass(eq=False)
class WhygradError(Exception):
    """Base of every error that whygrad raises on purpose.

    Subclasses are dataclasses with `eq=False`; they set `code` and answer `what`, `why` and `advice`.
    """

    code: ClassVar[str] = "WG000"
    at: ClassVar[Key] = ()
    place_in_file = ""  # set on an error once it is known in which line of an experiment its cause is

    def key_at_fault(self) -> Key:
        """The key of the experiment that has most to do with it; may be empty."""
        return self.at

    def what(self) -> str:
        """One sentence: the place and what is wrong there."""
        return type(self).__name__

    def why(self) -> str:
        """What was expected and what was found; may be empty."""
        return ""

    def advice(self) -> str:
        """One way on; may be empty."""
        return ""

    def as_tables(self) -> dict[str, str]:
        """The text in its parts, for a program."""
        place = f"{self.place_in_file}: " if self.place_in_file else ""
        return {"code": self.code, "what": f"{place}{self.what()}", "why": self.why(), "try": self.advice()}

    def __str__(self) -> str:
        place = f"{self.place_in_file}: " if self.place_in_file else ""
        lines = [f"{self.code} {place}{self.what()}"]
        lines += [f"  why: {self.why()}"] if self.why() else []
        lines += [f"  try: {self.advice()}"] if self.advice() else []
        return "\n".join(lines)


def nearest(word: str, choices: Iterable[str]) -> str:
    """The choice most like `word`, capitals aside if need be, or the empty string when none is near."""
    known = list(choices)
    same = [choice for choice in known if choice.casefold() == word.casefold()]
    found = same or get_close_matches(word, known, n=1, cutoff=0.5)
    return found[0] if found else ""

"""Errors of drawing (WG7xx): a picture that cannot be drawn or written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from whygrad.errors import WhygradError

__all__ = ["PanelUnfit", "RenderError", "SuffixUnknown"]


class RenderError(WhygradError):
    """A picture or page that cannot be drawn."""


@dataclass(eq=False)
class SuffixUnknown(RenderError):
    """Something is to be written into a kind of file that is not offered."""

    code: ClassVar[str] = "WG701"
    path: str
    suffix: str
    offered: tuple[str, ...]
    thing: str = "figure"
    kind: str = "kind of picture"

    def what(self) -> str:
        return f"no {self.thing} can be written to {self.path}"

    def why(self) -> str:
        found = repr(self.suffix) if self.suffix else "missing"
        return f"the suffix says the {self.kind}: {', '.join(self.offered)}; here it is {found}"

    def advice(self) -> str:
        return f"end the name in {' or '.join(self.offered)}"


@dataclass(eq=False)
class PanelUnfit(RenderError):
    """The arrays of one panel do not fit together."""

    code: ClassVar[str] = "WG702"
    title: str
    name: str
    shape: tuple[int, ...]
    expected: tuple[int, ...]

    def what(self) -> str:
        return f"panel {self.title!r}: {self.name} has shape {self.shape}"

    def why(self) -> str:
        return f"its axes and points need shape {self.expected}"

    def advice(self) -> str:
        return "values are (places along y, places along x); points, labels and targets have one row each"

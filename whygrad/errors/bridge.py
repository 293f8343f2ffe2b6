"""Errors of bridges to other libraries (WG9xx): a library that is not there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from whygrad.errors import WhygradError


class BridgeError(WhygradError):
    """A bridge to another library that cannot be crossed."""


@dataclass(eq=False)
class FrameworkMissing(BridgeError):
    """What was asked for is computed by a library that is not installed."""

    code: ClassVar[str] = "WG901"
    purpose: str
    library: str
    install: str

    def what(self) -> str:
        return f"{self.purpose} needs the library {self.library}"

    def advice(self) -> str:
        return f"pip install {self.install}"

"""Errors of explaining (WG4xx): a step that cannot be taken apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from whygrad.errors import WhygradError


class ExplainError(WhygradError):
    """A step that cannot be explained as it was asked."""


@dataclass(eq=False)
class TooManyElements(ExplainError):
    """A step has more numbers than can be written one by one."""

    code: ClassVar[str] = "WG401"
    elements: int
    most: int

    def what(self) -> str:
        return f"this step has {self.elements:,} numbers, too many to write one by one"

    def why(self) -> str:
        return f"a worked step takes every array apart into its elements, and goes up to {self.most:,}"

    def advice(self) -> str:
        return 'explain a smaller batch: batch_size = "per row" has one row to a step'

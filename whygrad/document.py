"""A page without a medium: a closed union of blocks, of which mathematics is one kind. Text is plain text.

Mathematics is kept as expressions, never as words: every medium writes the same tree in its own way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from whygrad.graph import Expr, Names

Number = int | float | None
Relation = Literal["=", "≈"]


@dataclass(frozen=True)
class Quantity:
    """A number, and the element of the trace it came from ("hidden.net[0,1]")."""

    value: float
    ref: str = ""


@dataclass(frozen=True)
class Called:
    """A quantity by its name: "net_H1", "w5"."""

    name: str


@dataclass(frozen=True)
class Derivative:
    """How one named quantity changes with another: dE/dw5."""

    of: str
    by: str


@dataclass(frozen=True, eq=False)
class Formula:
    """A scalar expression, written down to the nearest named nodes.

    A node in `numbers` is written as its number, in place, whether or not it has a name.
    """

    expr: Expr
    names: Names
    numbers: Mapping[Expr, Quantity] = field(default_factory=dict)


@dataclass(frozen=True)
class Blank:
    """A place that is left free, for somebody to write in."""


Side = Quantity | Called | Derivative | Formula | Blank
Cell = str | Number | Side


@dataclass(frozen=True)
class Equation:
    """A chain a = b = c ≈ d: one relation fewer than sides, and a remark beside it."""

    sides: tuple[Side, ...]
    relations: tuple[Relation, ...]
    note: str = ""

    def __post_init__(self) -> None:
        if len(self.relations) != len(self.sides) - 1:
            raise ValueError(f"{len(self.sides)} sides need {len(self.sides) - 1} relations, not {len(self.relations)}")


@dataclass(frozen=True)
class Equations:
    """Equations below each other, aligned at their relations."""

    lines: tuple[Equation, ...]


@dataclass(frozen=True)
class Paragraph:
    """A few sentences."""

    text: str


@dataclass(frozen=True)
class Table:
    """Rows of text, numbers and mathematics under a caption; numbers of one column have the same decimals.

    `digits` are the significant digits shown, None as many as in the page's equations; a page keeps the exact number
    beside the one shown.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    digits: int | None = 4


@dataclass(frozen=True)
class Picture:
    """A drawing (SVG, as `as_svg` and `network_svg` of the room `render` make it) and what it shows, in a sentence."""

    svg: str
    caption: str


@dataclass(frozen=True)
class Facts:
    """Short facts, each a term and what it is: ("rows", 344), ("test accuracy", "97.1%")."""

    pairs: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True)
class Code:
    """Text to be copied as it is: a command, an experiment file; `language` is what it is written in."""

    text: str
    caption: str = ""
    language: str = ""


@dataclass(frozen=True)
class Fold:
    """Blocks that are shown when asked for; printed in full."""

    summary: str
    blocks: tuple[Paragraph | Equations | Table | Picture | Facts | Code, ...]


Block = Paragraph | Equations | Table | Picture | Facts | Code | Fold


@dataclass(frozen=True)
class Section:
    """A heading, what stands under it, and sections below it, one level deep."""

    title: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True)
class Document:
    """A whole page: its title, a line below the title, and its sections."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]

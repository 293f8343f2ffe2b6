"""What a page is made of: a small closed union. Text is plain text; the page escapes it."""

from __future__ import annotations

from dataclasses import dataclass

from whygrad.render.numbers import Number

Cell = str | Number


@dataclass(frozen=True)
class Paragraph:
    """A few sentences."""

    text: str


@dataclass(frozen=True)
class Table:
    """Rows of text and numbers under a caption; numbers of one column are written with the same decimals.

    `digits` are the significant digits shown; the exact number stays in the page beside the one shown.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    digits: int = 4


@dataclass(frozen=True)
class Picture:
    """A drawing of this room (`as_svg`, `network_svg`) and what it shows, in a sentence."""

    svg: str
    caption: str


@dataclass(frozen=True)
class Facts:
    """Short facts, each a term and what it is: ("rows", 344), ("test accuracy", "97.1%")."""

    pairs: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True)
class Code:
    """Text to be copied as it is: a command, an experiment file."""

    text: str
    caption: str = ""


@dataclass(frozen=True)
class Fold:
    """Blocks that are shown when asked for; printed in full."""

    summary: str
    blocks: tuple[Paragraph | Table | Picture | Facts | Code, ...]


Block = Paragraph | Table | Picture | Facts | Code | Fold


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it."""

    title: str
    blocks: tuple[Block, ...]

"""What a command prints: words, tables and headings for people, or one JSON document for programs.

The same text with and without a terminal: colour and bold are added on a terminal, and never say anything alone.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from textwrap import fill
from typing import Any

import msgspec
from rich.cells import cell_len
from rich.console import Console

PLAIN = str.maketrans(
    {
        "–": "-",
        "−": "-",
        "×": "x",
        "│": "|",
        "└": "+",
        "┤": "+",
        "─": "-",
        "²": "2",
        "≈": "~",
        "═": "=",
        "✓": "+",
        "✗": "x",
        "↳": ">",
        "·": ".",
    }
)
WIDEST = 100


class Paper(Console):
    """A console that goes on quietly when nobody reads any more, so that a training piped into `head` is saved."""

    def on_broken_pipe(self) -> None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), self.file.fileno())
        del self._buffer[:]


@cache
def paper_on(stream: Any) -> Paper:
    """The console that writes to a stream."""
    return Paper(file=stream, highlight=False, markup=False, emoji=False)


def paper() -> Paper:
    """The console of stdout as it is now."""
    return paper_on(sys.stdout)


def put(text: str, *, style: str | None = None) -> None:
    """Print text as it is, in characters that stdout has."""
    paper().print(plain(text), soft_wrap=True, style=style)


def plain(text: str) -> str:
    """The text with signs that every encoding has, where stdout's lacks the finer ones."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(PLAIN)
    return text


def width() -> int:
    """How many characters a line may have."""
    return min(paper().width, WIDEST)


def say(text: str = "", *, indent: int = 0) -> None:
    """Print a paragraph, broken between words."""
    lines = (
        fill(
            line,
            width(),
            initial_indent=" " * indent,
            subsequent_indent=" " * (indent + 2),
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in text.split("\n")
    )
    put("\n".join(lines))


def complain(text: str) -> None:
    """Print an error on stderr, broken between words; what is quoted in it (four spaces in front) stays as it is."""
    across = min(paper_on(sys.stderr).width, WIDEST)
    for line in text.split("\n"):
        indent = " " * (7 if line.startswith("  ") else 2)
        quoted = line.startswith("    ")
        print(line if quoted else broken(line, across, indent=indent), file=sys.stderr)  # noqa: T201 (as a shell does)


def broken(line: str, across: int, *, indent: str) -> str:
    """A line as several, broken between words, the further ones indented."""
    return fill(line, across, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def heading(text: str) -> None:
    """Print a heading with an empty line above it."""
    say()
    put(text, style="bold")


def commands(lines: Iterable[str]) -> None:
    """Print commands to try, each on a line of its own that can be copied."""
    for line in lines:
        put(f"  {line}", style="cyan")


def table(headers: Sequence[str], rows: Iterable[Sequence[str]], *, left: int = 0) -> None:
    """Print rows of words below their headers; the first `left` columns begin, the others end at the same place."""
    cells = [[plain(word) for word in row] for row in (headers, *rows)]
    widths = [max(map(cell_len, column)) for column in zip(*cells, strict=True)]
    for number, row in enumerate(cells):
        padded = (aligned(*cell, left=place < left) for place, cell in enumerate(zip(row, widths, strict=True)))
        put("  ".join(padded).rstrip(), style=None if number else "bold")


def aligned(word: str, width: int, *, left: bool) -> str:
    """A word with spaces behind it, or before it, up to a width; wide characters count twice."""
    spaces = " " * (width - cell_len(word))
    return word + spaces if left else spaces + word


def fitting(columns: Mapping[str, Sequence[str]], spare: Sequence[str]) -> list[str]:
    """Which of the spare columns, from the last on, a table must do without to fit the line."""
    widths = {name: max(map(cell_len, (name, *words))) + 2 for name, words in columns.items()}
    dropped: list[str] = []
    while sum(widths.values()) - 2 > width() and len(dropped) < len(spare):
        dropped.insert(0, spare[-1 - len(dropped)])
        del widths[dropped[0]]
    return dropped


def document(content: Any) -> None:
    """Print one JSON document; NaN and infinity are null, numbers keep every digit."""
    sys.stdout.write(document_text(content))


def document_text(content: Any) -> str:
    """The same as text."""
    return msgspec.json.format(msgspec.json.encode(content, enc_hook=as_json), indent=2).decode() + "\n"


def as_json(value: Any) -> Any:
    """NumPy's arrays and numbers, and paths, as JSON knows them."""
    return value.tolist() if hasattr(value, "tolist") else str(value)

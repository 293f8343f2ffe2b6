"""On which line of a TOML text a key stands; only asked when something is wrong there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, InlineTable, Table

if TYPE_CHECKING:
    from whygrad.errors.spec import Key

__all__ = ["line_of"]

MARK = "whygrad-looks-for-this"


def line_of(text: str, key: Key) -> int | None:
    """The line, from 1, of a key or of the nearest table around it that stands in the text; None where none does."""
    for length in range(len(key), 0, -1):
        try:
            line = marked_line(text, key[:length])
        except (TOMLKitError, KeyError, IndexError, TypeError, AttributeError):
            continue
        if line is not None:
            return line
    return None


def marked_line(text: str, key: Key) -> int | None:
    """Marks what stands at the key, writes the document out again and counts the lines before the mark.

    A lossless document keeps every line where it was. A section is marked behind its header, anything else by
    putting the mark in its place; a section without a header begins with the first thing in it.
    """
    document = tomlkit.parse(text)
    around = step_down(document, key[:-1])
    item = around[key[-1]]
    if isinstance(item, AoT):
        return line_of(text, (*key, 0))
    if isinstance(item, Table):
        item.comment(MARK)
    elif isinstance(item, InlineTable) or not isinstance(item, dict):
        around[key[-1]] = MARK
    before, found, _ = document.as_string().partition(MARK)
    if found:
        return before.count("\n") + 1
    return min((line for inner in item if (line := line_of(text, (*key, inner)))), default=None)


def step_down(document: Any, key: Key) -> Any:
    """What stands at a key of a document."""
    for part in key:
        document = document[part]
    return document

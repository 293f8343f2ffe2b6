"""Where a text is not TOML, and which slip it probably is."""

from __future__ import annotations

import re

from whygrad.errors.spec import TomlSyntaxError

__all__ = ["explain_syntax"]

PLACE = re.compile(r"^(?P<reason>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$", re.DOTALL)
VALUE = re.compile(r"^\s*(?P<key>[\w.\"-]+)\s*=\s*(?P<value>.*?)\s*(?:#.*)?$")

# What stands on the line or in the parser's words, and the way on; the first that fits is shown.
BY_VALUE: tuple[tuple[str, str], ...] = (
    (r"(?i:true|false)", "write true or false in small letters"),
    (r"(?i:none|null|nil)", "TOML has no word for nothing: take the line away"),
    (r"[-+]?\.\d.*", "a number has a digit before its point: 0.5"),
    (r"[-+]?\d+\.(?:[eE].*)?", "a number has a digit behind its point: 1.0"),
    (r"[-+]?\d+,\d+", "write decimals with a point: 0.5"),
    (r"[A-Za-z][\w -]*", 'put quotes around words: {key} = "{value}"'),
    (r"", "a value is missing after the ="),
)
BY_REASON: tuple[tuple[str, str], ...] = (
    (r"Cannot overwrite a value|Duplicate inline table key", "this key stands twice: keep one of them"),
    (r"Cannot declare", "this section stands twice: put its keys together"),
    (r"Unescaped '\\'", "write paths with / or in single quotes"),
    (r"Illegal character '\\n'|Unterminated string|Expected \"", "close the quotes on the line where they open"),
    (r"Unclosed array", "close the list with ], and put commas between its values"),
    (r"Unclosed inline table", "close the table with } on the line where it opens"),
    (r"Expected '='", "a line is `key = value`, or a [section]"),
    (r"Expected '\]", "a section is [network], a further table of a list [[network.layers]]"),
)
OTHERWISE = 'a line is `key = value`; words stand in "quotes", lists in [brackets]'


def explain_syntax(refusal: str, text: str, file: str) -> TomlSyntaxError:
    """The error for what Python's TOML parser says, with the line shown and a guess at the slip."""
    place = PLACE.match(refusal)
    lines = text.split("\n")
    reason = place["reason"] if place else refusal
    line = int(place["line"]) if place and place["line"] else len(lines)
    source = lines[line - 1] if line <= len(lines) else ""
    column = int(place["column"]) if place and place["column"] else len(source) + 1
    return TomlSyntaxError(
        file=file, line=line, column=column, reason=reason, source=source, hint=hint_for(reason, source)
    )


def hint_for(reason: str, source: str) -> str:
    """One way on."""
    for pattern, hint in BY_REASON:
        if re.search(pattern, reason):
            return hint
    line = VALUE.match(source)
    for pattern, hint in BY_VALUE if line else ():
        if line and re.fullmatch(pattern, line["value"]):
            return hint.format(key=line["key"], value=line["value"])
    return OTHERWISE

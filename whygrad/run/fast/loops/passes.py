"""Nests of loops as functions: what layers of one kind share is written, and compiled, once."""

from __future__ import annotations

import re
from keyword import kwlist
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from whygrad.code.layout import WIDTH, indented

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whygrad.code.identifier import Identifiers

MATH: Final = "cos sin sqrt"  # a compiler knows them
VECTORS: Final = ("exp", "expm1", "log", "log1p", "tanh")  # made of plain operations: `elementary`
GIVEN: Final = frozenset((*kwlist, *MATH.split(), *VECTORS, "math", "range", "min", "np", "f32", "abs", "float"))
WORD: Final = re.compile(r"(?<![\w.])[A-Za-z_]\w*")
CHANGED: Final = re.compile(r" *(?:for )?(\w+) (?:=|\+=|in) ")


class Passes:
    """The functions that a program has, each known by what it does whatever its names."""

    def __init__(self, identifiers: Identifiers) -> None:
        self.identifiers = identifiers
        self.known: dict[tuple[str, ...], str] = {}
        self.functions: list[tuple[str, list[str]]] = []

    def call(self, name: str, lines: Sequence[str], results: Sequence[str]) -> str:
        """The line that does what some lines do, and has `results` set after it."""
        words = list(dict.fromkeys(word for line in lines for word in WORD.findall(line) if word not in GIVEN))
        own = {found[1] for line in lines if (found := CHANGED.match(line))}
        arguments = [word for word in words if word not in own]
        number = {word: f"<{place}>" for place, word in enumerate(words)}
        key = (
            *(WORD.sub(lambda word: number.get(word[0], word[0]), line) for line in lines),
            *(number[word] for word in results),
        )
        if key not in self.known:
            self.known[key] = self.identifiers(name)
            self.functions.append((self.known[key], written(self.known[key], arguments, lines, results)))
        call = f"{self.known[key]}({', '.join(arguments)})"
        return f"{', '.join(results)} = {call}" if results else call


def written(name: str, arguments: Sequence[str], lines: Sequence[str], results: Sequence[str]) -> list[str]:
    """A function of some lines."""
    head = f"def {name}({', '.join(arguments)}):"
    if len(head) > WIDTH:
        head = "\n".join([f"def {name}(", *indented(wrap(f"{', '.join(arguments)},", WIDTH - 4)), "):"])
    return [head, *indented(lines), *([f"    return {', '.join(results)}"] if results else [])]

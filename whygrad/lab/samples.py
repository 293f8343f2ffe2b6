"""Worked notes to begin with: examples that were worked by hand, right and wrong."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from whygrad.errors.lab_tools import NoSuchSample
from whygrad.lab.presets import HOME


@dataclass(frozen=True)
class Sample:
    """Notes by their name; `needs_none`: they are held against no network."""

    name: str
    needs_none: bool = False


SAMPLES: Final = (Sample("notes-222"), Sample("live-221"), Sample("concepts", needs_none=True))
NAMES: Final = tuple(each.name for each in SAMPLES)


def sample(name: str) -> dict[str, str]:
    """Notes with their title, and what to hold them against. Raises NoSuchSample (WG1034)."""
    found = next((each for each in SAMPLES if each.name == name), None)
    if found is None:
        raise NoSuchSample(name, NAMES)
    text = read(name)
    return {"name": name, "title": title_of(text), "text": text, "against": "nothing" if found.needs_none else "lab"}


@cache
def listed() -> list[dict[str, str]]:
    """Every sample with its title."""
    return [{"name": name, "title": title_of(read(name))} for name in NAMES]


def read(name: str) -> str:
    """The text of a sample: in a checkout the example itself, in an installed package a copy."""
    return (HOME / "notes" / f"{name}.md").read_text(encoding="utf-8")


def title_of(text: str) -> str:
    """The first heading."""
    return next(line.removeprefix("# ") for line in text.splitlines() if line.startswith("# "))

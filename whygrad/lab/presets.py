"""The experiments that a page can open by name."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from whygrad.errors.lab import NoSuchPreset
from whygrad.spec import read_experiment

if TYPE_CHECKING:
    from whygrad.spec import Experiment

NAMES: Final = ("xor", "students", "live-221", "notes-222", "chain-depth")
FIRST: Final = "xor"
HERE: Final = Path(__file__).parent
COPIES: Final = HERE / "experiments"
# An installed package has copies (pyproject.toml says which); in a checkout the examples themselves are read.
HOME: Final = COPIES if COPIES.is_dir() else HERE.parents[1] / "examples"


@cache
def preset(name: str) -> Experiment:
    """The experiment of this name. Raises NoSuchPreset (WG1007)."""
    if name not in NAMES:
        raise NoSuchPreset(name, NAMES)
    return read_experiment(HOME / f"{name}.toml")


def listed() -> list[dict[str, str]]:
    """Every preset with its title."""
    return [{"name": name, "title": preset(name).title} for name in NAMES]

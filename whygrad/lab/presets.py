"""The experiments that a page can open by name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from whygrad.errors.lab import NoSuchPreset
from whygrad.spec import read_experiment

if TYPE_CHECKING:
    from whygrad.spec import Experiment


@dataclass(frozen=True)
class Preset:
    """An example to open.

    - `group`: what stands above it in a list; `title`: by default the experiment's own.
    - `example`: the file, by default the one of its name; `update`: how far it is trained before it is seen.
    """

    name: str
    group: str
    title: str = ""
    example: str = ""
    update: int = 0

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.example or self.name}.toml"


BASICS: Final = "From one neuron to a trained network"
DEPTH: Final = "Many layers, and what helps them"
TOYS: Final = "Data to play with"
PRESETS: Final = (
    Preset("students", BASICS),
    Preset("students-sleep", BASICS),
    Preset("students-squared", BASICS),
    Preset("live-221", BASICS),
    Preset("notes-222", BASICS),
    Preset("chain-depth", BASICS),
    Preset("xor", BASICS),
    Preset("xor-40", BASICS, "XOR at epoch 40", "xor", update=4 * 40),
    Preset("xor-3000", BASICS, "XOR at epoch 3000", "xor", update=4 * 3000),
    Preset("xor-linear", BASICS),
    Preset("deep-sigmoid", DEPTH),
    Preset("deep-relu", DEPTH),
    Preset("deep-norm", DEPTH),
    Preset("deep-residual", DEPTH),
    Preset("circles", TOYS),
    Preset("moons", TOYS),
    Preset("spiral", TOYS),
    Preset("gaussians", TOYS),
    Preset("sine", TOYS),
    Preset("overfit", TOYS),
    Preset("overfit-cured", TOYS),
)
NAMES: Final = tuple(each.name for each in PRESETS)
FIRST: Final = "xor"
HERE: Final = Path(__file__).parent
COPIES: Final = HERE / "experiments"
# An installed package has copies (pyproject.toml says which); in a checkout the examples themselves are read.
HOME: Final = COPIES if COPIES.is_dir() else HERE.parents[1] / "examples"


def preset_called(name: str) -> Preset:
    """The preset of this name. Raises NoSuchPreset (WG1007)."""
    found = next((each for each in PRESETS if each.name == name), None)
    if found is None:
        raise NoSuchPreset(name, NAMES)
    return found


def preset(name: str) -> Experiment:
    """The experiment of this name. Raises NoSuchPreset (WG1007)."""
    return read(preset_called(name).file)


@cache
def read(file: str) -> Experiment:
    """The experiment of a file, read once."""
    return read_experiment(HOME / file)


@cache
def listed() -> list[dict[str, str]]:
    """Every preset with its title and the group that it belongs to."""
    return [
        {"name": each.name, "title": each.title or preset(each.name).title, "group": each.group} for each in PRESETS
    ]

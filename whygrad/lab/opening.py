"""What a session starts with: an experiment, where its files are, and how far it goes at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from whygrad.errors.lab import FileRefused
from whygrad.lab.presets import FIRST, preset, preset_called
from whygrad.lab.state import parsed
from whygrad.spec import parse_experiment

if TYPE_CHECKING:
    from whygrad.lab.message import Open
    from whygrad.lab.state import State
    from whygrad.spec import Experiment


@dataclass(frozen=True)
class Opening:
    """An experiment to drive.

    - `file`: the one file that its data may be read from, relative to `folder`.
    - `update`: how far it is trained before the page sees it, as the saved run was that it came from.
    - `state`: a session that began with the experiment and is to be made again.
    """

    experiment: Experiment
    folder: Path = Path()
    file: str | None = None
    update: int = 0
    state: State | None = None


def first_opening() -> Opening:
    """What opens where nobody says what."""
    return Opening(preset(FIRST))


def wanted(request: Open, otherwise: Opening) -> Opening:
    """What a page asks for.

    Raises what reading does (WG2xx), FileRefused (WG1006), NoSuchPreset (WG1007), StateDamaged (WG1026) and
    StateOfAnotherFormat (WG1027).
    """
    state = parsed(request.state) if request.state else None
    if text := state.experiment if state else request.experiment:
        experiment = parse_experiment(text, "the experiment")
        refuse_files(experiment, otherwise.file)
        return Opening(experiment, otherwise.folder, otherwise.file, state=state)
    if request.preset:
        return Opening(preset(request.preset), update=preset_called(request.preset).update)
    return otherwise


def refuse_files(experiment: Experiment, allowed: str | None) -> None:
    """A page may not read the files of the machine. Raises FileRefused (WG1006)."""
    file = experiment.data.file
    if file is not None and file != allowed:
        raise FileRefused(file)

"""What every panel is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from whygrad.lab.sight import Sight
    from whygrad.pipeline.setting_up import SetUp


class NoSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A panel that has nothing to be set."""


@dataclass(frozen=True)
class Panel:
    """A picture or table beside the network.

    - `name`: of its file; `title`: what stands above it.
    - `of_epochs`: whether it shows what was recorded of the epochs and nothing of the place.
    - `settings`: a record of what a page may ask for, each field with a default.
    - `fits`: whether there is something to show of an experiment.
    - `draw`: what is told to the page, as JSON has it; numbers by `frame.numbers`.
    - `is_card`: whether it stands among the panels; another part of the page may draw what it tells.
    - `is_of_place`: whether it shows something else at another place of the same run.
    """

    name: str
    title: str
    fits: Callable[[SetUp], bool]
    draw: Callable[[Sight, Any], Mapping[str, Any]]
    settings: type[msgspec.Struct] = NoSettings
    of_epochs: bool = False
    is_card: bool = True
    is_of_place: bool = True

"""What every page is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from whygrad.pipeline.setting_up import SetUp


@dataclass(frozen=True)
class Page:
    """A page that is shown in the place of the lab, which goes on behind it.

    - `name`: of its file; `title`: what its link says.
    - `fits`: whether there is something to show of an experiment.
    """

    name: str
    title: str
    fits: Callable[[SetUp], bool]

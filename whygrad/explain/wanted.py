"""How much is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from whygrad.notation import Numbers

NUDGES = (0.1, 0.001)


@dataclass(frozen=True)
class Wanted:
    """How much of a derivation is asked for, and how its sentences show numbers.

    - `every_path_up_to`: so many paths are all derived; of more the largest are listed, and `derived` of them derived
      (None: one, if it is short enough to be read).
    - `nudges`: by how much a parameter is moved to measure what the loss does.
    - `jacobian`: whether a softmax with cross-entropy is derived in full.
    - `numbers`: equations and tables leave that to the medium, sentences do not.
    """

    every_path_up_to: int = 8
    derived: int | None = None
    nudges: Sequence[float] = NUDGES
    jacobian: bool = False
    numbers: Numbers = field(default_factory=Numbers)

"""How much is asked for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from whygrad.errors.explain import NotPartOf
from whygrad.notation import Numbers


@dataclass(frozen=True)
class Wanted:
    """How much of a derivation is asked for, and how its sentences show numbers.

    - `every_path_up_to`: so many paths are all derived; of more the largest are listed, and `derived` of them derived
      (None: one, if it is short enough to be read).
    - `nudges`: by how much a parameter is moved to measure what the loss does (None: 0.1 and 0.001).
    - `jacobian`: whether a softmax with cross-entropy is derived in full.
    - `numbers`: equations and tables leave that to the medium, sentences do not.
    """

    every_path_up_to: int = 8
    derived: int | None = None
    nudges: Sequence[float] | None = None
    jacobian: bool = False
    numbers: Numbers = field(default_factory=Numbers)

    def heeded(self, options: Collection[str], derivation: str, *, by_hand: bool = False) -> None:
        """Refuse what is asked for beyond the options that a derivation heeds. Raises NotPartOf (WG403)."""
        asked = {"--nudge": self.nudges is not None, "--paths": self.derived is not None, "--jacobian": self.jacobian}
        for option, given in asked.items():
            if given and option not in options:
                raise NotPartOf(option, derivation, by_hand)

"""Why a run ended."""

from __future__ import annotations

from enum import Enum


class Ending(Enum):
    """Why training stopped; the value is the word in files, `sentence` the words for people."""

    FINISHED = "finished"
    EARLY = "early stopping"
    GOAL = "goal reached"
    INTERRUPTED = "interrupted"
    NOT_FINITE = "not finite"

    @property
    def sentence(self) -> str:
        """What happened, as half a sentence that follows "training"."""
        return {
            Ending.FINISHED: "ran all its epochs",
            Ending.EARLY: "stopped early: the validation loss no longer fell",
            Ending.GOAL: "stopped early: the loss fell below stop_below",
            Ending.INTERRUPTED: "was interrupted; what was learned up to the last whole epoch is kept",
            Ending.NOT_FINITE: "stopped: a value was no longer a finite number",
        }[self]

    @property
    def is_over(self) -> bool:
        """Whether a rule of the run's own stopped it, so that going on adds nothing."""
        return self in (Ending.EARLY, Ending.GOAL)

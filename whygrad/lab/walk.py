"""Where a step leads to."""

from __future__ import annotations

from itertools import accumulate, groupby
from typing import TYPE_CHECKING

from whygrad.explain.moves import Move, Stage
from whygrad.lab.message import Step
from whygrad.lab.session import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whygrad.lab.message import Go


def target(request: Step | Go, place: Place, *, moves: int, per_epoch: int) -> Place:
    """The place that a request leads to from another, in updates of so many moves and epochs of so many updates."""
    if not isinstance(request, Step):
        return Place(request.update, min(request.moves, moves))
    count = -request.count if request.back else request.count
    if request.unit == "move":
        # The last move of an update and the start of the next are one moment: from both the same move follows.
        update, latest = divmod(max(place.update * moves + place.moves + count, 0) - 1, moves)
        return Place(update, latest + 1) if update >= 0 else Place()
    each = 1 if request.unit == "update" else per_epoch
    within = place.update % each or place.moves
    return Place(max(place.update // each + count + bool(request.back and within), 0) * each)


def as_far(made: int, before: Sequence[Move], after: Sequence[Move]) -> int:
    """How many moves lead as far as so many of another kind did, a layer that was not whole left out."""
    whole = sum(end <= made for end in ends(before))
    return ends(after)[whole - 1] if whole else 0


def ends(moves: Sequence[Move]) -> list[int]:
    """After how many moves each layer, the loss, and the update is whole."""
    return list(accumulate(len(list(group)) for _, group in groupby(moves, key=of_what)))


def of_what(move: Move) -> tuple[Stage, str]:
    """What a move is a part of."""
    return move.stage, "" if move.stage is Stage.UPDATE else move.layer

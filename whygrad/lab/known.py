"""What is known after some moves: of each array all of it, or the places of the units whose moves were made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from whygrad.explain.moves import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from whygrad.explain.chart import Named
    from whygrad.explain.moves import Move
    from whygrad.trace import Change

Places = frozenset[int] | None  # on the last axis; None: all of it


def known_of(made: Iterable[Move]) -> dict[Named, Places]:
    """The arrays that are computed after some moves, each with the places that are."""
    found: dict[Named, Places] = {}
    for move in made:
        for each in move.arrays:
            found[each] = with_places(found.get(each, frozenset()), move, len(each.node.shape))
    return found


def updated_of(made: Iterable[Move], changes: Iterable[Change]) -> dict[str, Places]:
    """The parameters that are updated after some moves, each with the places that are."""
    axes = {change.name: change.before.ndim for change in changes}
    found: dict[str, Places] = {}
    for move in made:
        for name, count in axes.items():
            if move.stage is Stage.UPDATE and is_moved(move, name, count):
                found[name] = with_places(found.get(name, frozenset()), move, count)
    return found


def is_moved(move: Move, name: str, axes: int) -> bool:
    """Whether a move of the update changes a parameter: all, those of a unit, or what the units of a layer share."""
    if not move.layer:
        return True
    return name.rpartition(".")[0] == move.layer and bool(axes) == (move.unit is not None)


def with_places(places: Places, move: Move, axes: int) -> Places:
    """The places that are known after one more move."""
    if places is None or move.unit is None or not axes:
        return None
    return places | {move.unit.place}


def masked(shown: Any, places: Places) -> Any:
    """Numbers as they are sent, without those at places that are not known yet."""
    if places is None:
        return shown
    if shown and isinstance(shown[0], list):
        return [masked(each, places) for each in shown]
    return [each if place in places else None for place, each in enumerate(shown)]


def as_they_stand(change: Change, updated: Mapping[str, Places]) -> NDArray[Any]:
    """A parameter, the places that are updated as they are after the update."""
    if change.name not in updated:
        return change.before
    places = updated[change.name]
    if places is None:
        return change.after
    found = np.array(change.before)
    at = sorted(places)
    found[..., at] = change.after[..., at]
    return found

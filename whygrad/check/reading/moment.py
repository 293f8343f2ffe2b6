"""When a number holds, in words: "E after one update = 0.29" is about E, and "after 10000" no number of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from whygrad.check.reading.formula import Relation
from whygrad.check.reading.piece import Piece

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from whygrad.check.reading.runs import Run

OPENING: Final = frozenset({"after", "before", "at", "following", "in"})
COUNTED: Final = frozenset(
    [
        "update",
        "updates",
        "updating",
        "step",
        "steps",
        "iteration",
        "iterations",
        "epoch",
        "epochs",
        "round",
        "rounds",
        "training",
        "pass",
        "passes",
        "descent",
        "backpropagation",
        "backprop",
    ]
)
AROUND: Final = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "that",
        "all",
        "of",
        "one",
        "two",
        "three",
        "first",
        "second",
        "third",
        "next",
        "new",
        "weight",
        "weights",
        "gradient",
        "single",
        "another",
        "only",
        "many",
        "several",
    ]
)
MOMENT: Final = OPENING | COUNTED | AROUND
MOST: Final = 4  # runs between a name and its relation


def timed(found: Sequence[Run]) -> Iterator[Run]:
    """Runs in which a name and its relation are one, where only words stand between that say when."""
    place = 0
    while place < len(found):
        end = relation_of(found, place)
        if end:
            yield one(found[place : end + 1])
        else:
            yield found[place]
        place = (end or place) + 1


def relation_of(found: Sequence[Run], place: int) -> int:
    """The place of the run with the relation that the name at a place waits for; 0 where it waits for none."""
    if not found[place].is_name or found[place].after.casefold() not in OPENING:
        return 0
    for end in range(place + 1, min(place + MOST, len(found))):
        run = found[end]
        if not all(word.casefold() in MOMENT for word in run.words) or run.stop not in ("", " ", ":"):
            return 0
        if run.has_relation and run.stop != ":":
            return end if is_moment(run.pieces[: run.kinds.index("RELATION")]) else 0
        if run.stop == ":":
            return end if run.is_number and not run.words else 0
        if not is_moment(run.pieces):
            return 0
    return 0


def is_moment(pieces: Sequence[Piece]) -> bool:
    """Whether pieces are a count, or a word for what is counted; or nothing."""
    return not pieces or (len(pieces) == 1 and (pieces[0].text.isdecimal() or pieces[0].text.casefold() in COUNTED))


def one(some: Sequence[Run]) -> Run:
    """A name with the relation behind the words that say when."""
    name, last = some[0], some[-1]
    start = last.kinds.index("RELATION") if last.has_relation else 0
    sign = () if last.has_relation else (equals(last.pieces[0]),)
    between = [piece.text for run in some[1:-1] for piece in run.pieces] + [piece.text for piece in last.pieces[:start]]
    words = [name.after, *(word for run in some[1:] for word in run.words if word != name.after), *between]
    pieces = (*name.pieces, *sign, *last.pieces[start:])
    return replace(last, pieces=pieces, words=name.words, stop=name.stop, moment=" ".join(words))


def equals(piece: Piece) -> Piece:
    """A relation where none is written."""
    return Piece("RELATION", "", replace(piece.span, end=piece.span.start), relation=Relation.EQUAL)

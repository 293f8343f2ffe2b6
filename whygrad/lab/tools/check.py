"""Worked notes, marked line by line; the derivation of a quantity that they are about; their marks as a page to keep.

Answered by `told` of "check", for a quantity of "derivation", or by `file`, as soon as it is known and with the
`number` that was asked with; where newer notes come before, only for these. `apart/` says what is in an answer; a
`fault` in it is an error in its parts, with the line that it is about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import msgspec

from whygrad.lab.apart.wish import Kind, Wish
from whygrad.lab.message import Number, Text
from whygrad.lab.tools.tool import Tool
from whygrad.spec import write_experiment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.lab.desk import Desk
    from whygrad.lab.message import Answer

Short = Annotated[str, msgspec.Meta(max_length=200)]


class Check(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Notes, and what to hold them against where they name no network: that of the lab at its start, or nothing.

    - `number`: what the answer is told with; `place`: what messages call the notes.
    - `want`: their marks, these as a file, or the derivation of a quantity (`of`) in a `step`: 0 the first, 1 the next.
    - `start`: the first bytes of a file that is no text, in base 64, to be told what it is.
    """

    text: Text
    number: Number = 0
    against: Literal["lab", "nothing"] = "lab"
    place: Short = "notes"
    want: Kind = "marks"
    of: Short = ""
    step: Literal[0, 1] = 0
    start: Annotated[str, msgspec.Meta(max_length=2_000, pattern="^[A-Za-z0-9+/]*={0,2}$")] = ""


def use(desk: Desk, asked: Check) -> Iterator[Answer | None]:
    """Nothing yet: it is worked out apart."""
    experiment = desk.session.experiment
    is_lab = asked.against == "lab"
    desk.apart.wish(
        Wish(
            kind=asked.want,
            number=asked.number,
            text=asked.text,
            place=asked.place,
            start=asked.start,
            experiment=write_experiment(experiment) if is_lab else "",
            called=called(experiment.title),
            folder=str(desk.opening.folder),
            of=asked.of,
            step=asked.step,
            most=desk.limits.notes,
            seconds=desk.limits.marking,
        )
    )
    yield None


def called(title: str) -> str:
    """What the network of the lab is called."""
    return (
        f"the network in the lab ({title}), in its first step" if title else "the network in the lab, in its first step"
    )


TOOL = Tool("check", Check, use)

"""The same experiment, from the same seed, with each remedy for vanishing gradients: their sizes side by side.

Each is trained as far as the update that is looked at, a thousand updates at most, and its next update is measured.
Weights that were typed and settings that were changed on the way are no part of it: it is the experiment as it stands,
from the start.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import msgspec

from whygrad.errors import WhygradError
from whygrad.errors.lab_tools import NoHiddenLayer
from whygrad.lab.frame import numbers
from whygrad.lab.message import Told
from whygrad.lab.pace import PROGRESS
from whygrad.lab.reach import in_words, sizes_of
from whygrad.lab.remedies import Variant, variants
from whygrad.lab.session import Session
from whygrad.lab.tools.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from whygrad.lab.desk import Desk
    from whygrad.lab.message import Answer

UPDATES: Final = 1_000  # of each: what is to be seen is seen by then


class Remedies(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Compare at the update that is looked at."""


@dataclass(eq=False)
class Comparison:
    """What was found so far.

    - `update`: the one that is measured; `asked`: the one that is looked at, which may be a later one.
    - `series`: the sizes with each remedy; `left_out`: the remedies without, each with the reason.
    """

    desk: Desk
    asked: int
    update: int
    every: list[Variant]
    series: list[dict[str, Any]] = field(default_factory=list)
    left_out: list[dict[str, str]] = field(default_factory=list)
    made: int = 0

    def carry_out(self) -> Iterator[Answer | None]:
        """Train one after the other."""
        for variant in self.every:
            yield from self.one(variant)
        yield self.told(is_over=True)

    def one(self, variant: Variant) -> Iterator[Answer | None]:
        """Train with one remedy, and measure its gradients."""
        reason = variant.what
        if variant.experiment is not None:
            try:
                session = Session(variant.experiment, self.desk.session.folder, self.desk.limits)
                reason = yield from self.train(session)
            except WhygradError as error:
                reason = error.what()
        if reason:
            self.left_out.append({"name": variant.name, "title": variant.title, "reason": reason})
        else:
            self.series.append(measured(variant, session))
            yield self.told()

    def train(self, session: Session) -> Generator[Answer | None, None, str]:
        """As far as is wanted; what came in between, "" where nothing did."""
        seen = self.desk.clock()
        while session.end < self.update:
            if self.desk.stop:
                return f"was stopped at update {session.end:,}"
            if fault := session.make_one():
                return fault.what()
            self.made += 1
            if self.desk.clock() - seen > PROGRESS:
                seen = self.desk.clock()
                yield self.told()
            yield None
        return ""

    def told(self, *, is_over: bool = False) -> Told:
        """What was found so far, as the page hears it."""
        whole = self.update * sum(each.experiment is not None for each in self.every)
        data = {
            "update": self.update,
            "asked": self.asked,
            "is_over": is_over,
            "percent": 100 * self.made // max(whole, 1),
            "layers": self.series[0]["layers"] if self.series else [],
            "series": list(self.series),
            "left_out": list(self.left_out),
        }
        return Told("remedies", data)


def measured(variant: Variant, session: Session) -> dict[str, Any]:
    """The gradients of the next update, first layer first."""
    trace = session.trace(session.end)
    sizes = sizes_of(trace, session.stretch(session.end).ready.plan)
    layers, values = [each.layer for each in sizes], [each.gradient for each in sizes]
    told = {"name": variant.name, "title": variant.title, "what": variant.what, "layers": layers}
    words = in_words(layers, values, "the gradient")
    return told | {"values": [numbers(each) for each in values], "words": words, "loss": numbers(trace.loss)}


def use(desk: Desk, _: Remedies) -> Iterator[Answer | None]:
    """How far it is, and in the end all of it. Raises NoHiddenLayer (WG1020)."""
    session = desk.session
    ready = session.stretches[-1].ready
    if len(ready.plan.layers) == 1:
        raise NoHiddenLayer
    asked = session.place.update
    every = variants(session.experiment, len(ready.plan.inputs))
    yield from Comparison(desk, asked, min(asked, UPDATES), every).carry_out()
    if desk.stop == "time":
        desk.stop = ""


TOOL = Tool("remedies", Remedies, use)

"""Where something began: the first NaN, the update at which a unit died, the first at which all rows are right.

Answered by `told` while it looks (`looked`, `of`) and in the end (`shut`: units, and since which update they are),
then by `said`, and as a move that leads there. A pause ends it;
asked again about the same run, it goes on where it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import msgspec

from whygrad.errors.lab_tools import LookedTooLong, NothingToFind
from whygrad.lab.message import Go, Said, Told
from whygrad.lab.pace import PROGRESS
from whygrad.lab.search import SEARCHES, Found, Search, past_of, shutting
from whygrad.lab.tools.tool import Tool
from whygrad.pipeline.reading import reading_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.lab.desk import Desk
    from whygrad.lab.message import Answer
    from whygrad.lab.search import Looked
    from whygrad.pipeline.setting_up import SetUp

What = Literal["not-finite", "inactive", "all-right"]
TITLES: Final[dict[What, str]] = {
    "not-finite": "the first NaN",
    "inactive": "where a unit died",
    "all-right": "all rows right",
}


class Find(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What to look for in the updates made."""

    what: What


def jumps_for(ready: SetUp) -> list[dict[str, str]]:
    """What can be looked for, each with its name and title, and why it makes no sense here."""
    return [{"name": name, "title": title, "not": senseless(name, ready)} for name, title in TITLES.items()]


def senseless(what: What, ready: SetUp) -> str:
    """Why there is nothing to look for, "" where there is."""
    if what == "inactive" and not shutting(ready):
        return "no layer is relu"
    if what == "all-right" and reading_of(ready.dataset).classes is None:
        return "there are no classes"
    return ""


def use(desk: Desk, asked: Find) -> Iterator[Answer | None]:
    """Go there, and say what was found. Raises NothingToFind (WG1018), LookedTooLong (WG1019)."""
    why_not = senseless(asked.what, desk.session.stretches[-1].ready)
    if why_not:
        raise NothingToFind(TITLES[asked.what], why_not)
    desk.pace = None
    search = taken_up(desk, asked.what)
    seen = desk.clock()
    for step in search.steps:
        if isinstance(step, Found):
            yield from arrived(desk, asked.what, step)
            return
        if desk.stop:
            yield from put_down(desk, asked.what, search, step)
            return
        is_time = desk.clock() - seen > PROGRESS
        seen = desk.clock() if is_time else seen
        yield Told("find", {"what": asked.what, "looked": step.at, "of": step.of}) if is_time else None


def taken_up(desk: Desk, what: What) -> Search:
    """The search as it was left, where the run is still the same; else a new one."""
    past, known = past_of(desk.session), desk.kept.pop(f"find {what}", None)
    return known if known and known.within == past else Search(past, SEARCHES[what](desk.session))


def arrived(desk: Desk, what: What, found: Found) -> Iterator[Answer | None]:
    """What was found, and the place where it is."""
    place = desk.session.place
    yield Told("find", {"what": what, "shut": found.shut})
    yield Said("note", found.sentence, why=found.why)
    going = Go(place.update, place.moves) if found.update is None else Go(found.update, found.moves)
    yield from desk.answers(going)


def put_down(desk: Desk, what: What, search: Search, step: Looked) -> Iterator[Answer | None]:
    """The search ends early, and may be gone on with."""
    desk.kept[f"find {what}"] = search
    yield Told("find", {"what": what})
    if desk.stop == "time":
        desk.stop = ""
        raise LookedTooLong(desk.limits.request, step.at, step.of)
    yield Said("note", f"stopped looking after {step.at:,} of {step.of:,} updates", advice="ask again to go on")
    yield from desk.answers(Go(desk.session.place.update, desk.session.place.moves))


TOOL = Tool("find", Find, use)

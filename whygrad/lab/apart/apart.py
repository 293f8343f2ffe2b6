"""What a desk wants to have done apart: of each kind the newest wish, one after the other."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Final

from whygrad.errors.lab_tools import MarkingFailed, MarkingTooLong
from whygrad.lab.apart.marker import Gone
from whygrad.lab.apart.wish import Outcome
from whygrad.lab.message import File, Said, Told

if TYPE_CHECKING:
    from collections.abc import Callable

    from whygrad.errors import WhygradError
    from whygrad.lab.apart.marker import IsOver
    from whygrad.lab.apart.wish import Kind, Wish
    from whygrad.lab.message import Answer

    Ask = Callable[[Wish, IsOver], Outcome | None]

GRACE: Final = 1.0  # seconds of work that are not given up for a newer text: it is worth its marks, and soon there
TOOLS: Final = {"marks": "check", "why": "derivation", "page": "check"}


class Apart:
    """The wishes that nobody took up yet; `is_left`: nobody waits for them any more."""

    def __init__(self) -> None:
        self.wishes: dict[Kind, Wish] = {}
        self.is_left = False
        self.lock = Lock()

    def wish(self, wish: Wish) -> None:
        """Have something done, in the place of an older wish of its kind."""
        with self.lock:
            self.wishes.pop(wish.kind, None)
            self.wishes[wish.kind] = wish

    def leave(self) -> None:
        """The session ends."""
        self.is_left = True

    @property
    def waits(self) -> bool:
        """Whether something is to be done."""
        return bool(self.wishes) and not self.is_left

    def next(self, ask: Ask) -> Answer | None:
        """What comes of the next wish; None where there is none."""
        while (wish := self.taken()) is not None:
            if (outcome := self.outcome(wish, ask)) is not None:
                return answer_of(wish, outcome)
        return None

    def taken(self) -> Wish | None:
        """The wish that waited longest."""
        with self.lock:
            return self.wishes.pop(next(iter(self.wishes))) if self.waits else None

    def outcome(self, wish: Wish, ask: Ask) -> Outcome | None:
        """What comes of a wish; None where a newer one has taken its place."""

        def is_old(seconds: float) -> bool:
            return self.is_left or (seconds > GRACE and wish.kind in self.wishes)

        try:
            outcome = ask(wish, lambda seconds: seconds > wish.seconds or is_old(seconds))
        except Gone as error:
            return fault_of(MarkingFailed(str(error)))
        if outcome is not None or self.is_left or wish.kind in self.wishes:
            return outcome
        return fault_of(MarkingTooLong(wish.seconds))


def fault_of(error: WhygradError, line: int | None = None) -> Outcome:
    """An error in its parts, with the line of the notes that it is about, where there is one."""
    return Outcome(fault={**error.as_tables(), "line": line})


def answer_of(wish: Wish, outcome: Outcome) -> Answer:
    """What a page is told; errors about the text stand beside it, those about a file that it asked for are said."""
    if wish.kind == "page":
        fault = outcome.fault
        if fault:
            return Said("error", fault["what"], fault["code"], fault["why"], fault["try"])
        return File(f"{stem_of(wish.place)}-marked.html", "text/html", outcome.page)
    told = {"fault": outcome.fault} if outcome.fault else outcome.told
    return Told(TOOLS[wish.kind], {"number": wish.number, **told})


def stem_of(place: str) -> str:
    """The name of a file without its ending, fit for the name of another."""
    return place.rpartition("/")[2].partition(".")[0] or "notes"

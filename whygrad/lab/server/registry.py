"""The seats of the lab: who may sit down, who comes back, and whose seat is free again."""

from __future__ import annotations

import asyncio
import secrets
from time import monotonic
from typing import TYPE_CHECKING

from whygrad.errors.lab import TooManySessions
from whygrad.lab.desk import Desk
from whygrad.lab.opening import wanted
from whygrad.lab.server.seat import Seat

if TYPE_CHECKING:
    from whygrad.lab.limits import Limits
    from whygrad.lab.message import Open
    from whygrad.lab.opening import Opening
    from whygrad.lab.server.seat import Workers


class Registry:
    """The sessions by their names, which are random and known to their pages alone.

    `server` is another name each time that the lab is started, so that a page notices.
    """

    def __init__(self, workers: Workers, limits: Limits) -> None:
        self.workers, self.limits = workers, limits
        self.server = secrets.token_hex(4)
        self.seats: dict[str, Seat] = {}
        self.coming = 0

    def find(self, name: str) -> Seat | None:
        """The session of this name, where it is still kept."""
        self.clear()
        return self.seats.get(name)

    async def make(self, request: Open, otherwise: Opening) -> Seat:
        """A new session. Raises TooManySessions (WG1002), and what opening an experiment raises."""
        self.clear()
        if len(self.seats) + self.coming >= self.limits.sessions:
            raise TooManySessions(self.limits.sessions)
        name = secrets.token_urlsafe(18)
        self.coming += 1
        try:
            desk = await asyncio.get_running_loop().run_in_executor(
                self.workers.slices, self.desk, name, request, otherwise
            )
        finally:
            self.coming -= 1
        self.seats[name] = Seat(desk, self.workers)
        return self.seats[name]

    def desk(self, name: str, request: Open, otherwise: Opening) -> Desk:
        """A desk for a new session."""
        return Desk(wanted(request, otherwise), monotonic, self.limits, name, self.server)

    def clear(self) -> None:
        """End the sessions to which nobody came back."""
        now = monotonic()
        for name, seat in list(self.seats.items()):
            if seat.is_empty and now - seat.left > self.limits.kept:
                self.end(name)

    def end(self, name: str) -> None:
        """End a session."""
        self.seats.pop(name).leave()

    def close(self) -> None:
        """End every session."""
        for seat in self.seats.values():
            seat.leave()
        self.seats.clear()

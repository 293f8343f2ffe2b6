"""One page and its seat: what the one says goes to the other. A page of the lab is at the other end of a WebSocket."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final, Protocol

from starlette.websockets import WebSocketDisconnect, WebSocketState

from whygrad.errors import WhygradError
from whygrad.errors.lab import NothingOpen, SessionGone
from whygrad.lab.desk import FAULT, said
from whygrad.lab.message import Open
from whygrad.lab.wire import decoded, encoded

if TYPE_CHECKING:
    from starlette.websockets import WebSocket

    from whygrad.lab.message import Answer, Request
    from whygrad.lab.opening import Opening
    from whygrad.lab.server.registry import Registry
    from whygrad.lab.server.seat import Page, Seat

    class Listening(Page, Protocol):
        """A page that says something."""

        async def receive(self) -> bytes | None:
            """What it says next, None when it is gone."""


TAKEN_OVER: Final = 4001
PATIENCE: Final = 20.0  # seconds that a page may take to accept a message
log = logging.getLogger(__name__)
GONE: Final = (WebSocketDisconnect, RuntimeError, OSError, TimeoutError)


class SocketPage:
    """A page at the other end of a WebSocket."""

    def __init__(self, socket: WebSocket) -> None:
        self.socket = socket
        self.turn = asyncio.Lock()

    async def send(self, answer: Answer) -> None:
        """Send an answer; a page that is gone, or takes nothing for long, is left alone."""
        async with self.turn:
            if self.socket.application_state is WebSocketState.CONNECTED:
                try:
                    await asyncio.wait_for(self.socket.send_text(encoded(answer)), PATIENCE)
                except GONE:
                    await self.close(1011)

    async def close(self, code: int = TAKEN_OVER) -> None:
        """End the connection."""
        try:
            await asyncio.wait_for(self.socket.close(code), 1.0)
        except GONE:
            self.socket.application_state = WebSocketState.DISCONNECTED

    async def receive(self) -> bytes | None:
        """What the page says next, None when it is gone."""
        message = await self.socket.receive()
        if message["type"] != "websocket.receive":
            return None
        text = message.get("text")
        return message.get("bytes") or b"" if text is None else text.encode("utf-8", "replace")


class Talk:
    """A page and the seat that it has taken."""

    def __init__(self, page: Listening, registry: Registry, opening: Opening) -> None:
        self.page, self.registry, self.opening = page, registry, opening
        self.seat: Seat | None = None

    async def listen(self) -> None:
        """Take in what the page says until it is gone."""
        limits = self.registry.limits
        try:
            while (data := await self.page.receive()) is not None:
                try:
                    await self.take(decoded(data, limits.message, limits.opening))
                except (WhygradError, RecursionError) as error:
                    await self.page.send(said(error))
                except GONE:
                    raise
                except Exception:
                    log.exception("a fault of the lab itself")
                    await self.page.send(FAULT)
        except GONE:
            pass
        finally:
            if self.seat is not None:
                self.seat.stand_up(self.page)

    async def take(self, request: Request) -> None:
        """Pass a request on; the first opens a session, and so may later ones."""
        if isinstance(request, Open):
            await self.open(request)
        elif self.seat is None:
            raise NothingOpen
        else:
            self.seat.take(request)

    async def open(self, request: Open) -> None:
        """Sit down where the page sat before, or anew. Raises what making a session does."""
        seat = self.registry.find(request.session) if request.session else None
        if seat is None:
            seat = await self.registry.make(request, self.opening)
            if request.session:
                await self.page.send(said(SessionGone()))
        if self.seat is not None and self.seat is not seat:
            self.registry.end(self.seat.desk.name)  # the page has forgotten its name
        self.seat = seat
        await seat.sit_down(self.page)

"""The lab in the kernel of a notebook: as many outputs as one likes, each a page with a seat of its own.

Requests and answers are those of the lab's page. The seats have a thread of their own: which of its threads a kernel
hears a message in, and whether it runs a cell at the time, is the kernel's business.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from threading import Thread
from typing import TYPE_CHECKING, Any, ClassVar, Final

import msgspec

from whygrad.lab.apart.marker import Markers
from whygrad.lab.limits import Limits
from whygrad.lab.message import Opened
from whygrad.lab.server.registry import Registry
from whygrad.lab.server.seat import Workers
from whygrad.lab.server.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Callable

    from whygrad.lab.message import Answer
    from whygrad.lab.opening import Opening

WORKERS: Final = 1  # the kernel is one person's
encoded: Final = msgspec.json.Encoder().encode


@cache
def registry() -> Registry:
    """The seats of this kernel."""
    slices, panels = ThreadPoolExecutor(WORKERS, "slices"), ThreadPoolExecutor(1, "panels")
    return Registry(Workers(slices, panels, Markers(WORKERS)), Limits())


@cache
def own_loop() -> asyncio.AbstractEventLoop:
    """What the seats of this kernel wait in, as long as it runs."""
    found = asyncio.new_event_loop()
    Thread(target=found.run_forever, name="lab", daemon=True).start()
    return found


class Output:
    """The page in an output; shown again, in another view or after a reload, it goes on with its session."""

    def __init__(self, tell: Callable[[Any], None], is_gone: Callable[[], bool]) -> None:
        self.tell, self.is_gone = tell, is_gone
        self.heard: asyncio.Queue[Any] = asyncio.Queue()
        self.session = ""

    async def send(self, answer: Answer) -> None:
        """Tell the page; where it is gone, nothing more is heard of it."""
        if isinstance(answer, Opened):
            self.session = answer.session
        if self.is_gone():
            self.heard.put_nowait(None)
        else:
            self.tell(msgspec.to_builtins(answer))

    async def close(self) -> None:
        """Nobody else takes its session."""

    async def receive(self) -> bytes | None:
        """What the page asks next, None when it is gone."""
        content = await self.heard.get()
        if content == {"do": "open"} and self.session:
            content = {**content, "session": self.session}
        return None if content is None else encoded(content)


class Conversation:
    """One output and its seat, from the first message on; `living` are those that have one."""

    living: ClassVar[set[Conversation]] = set()

    def __init__(self, opening: Opening, tell: Callable[[Any], None], is_gone: Callable[[], bool]) -> None:
        self.opening, self.tell, self.is_gone = opening, tell, is_gone
        self.output: Output | None = None

    def hear(self, content: Any) -> None:
        """Take in a message, in whichever thread."""
        own_loop().call_soon_threadsafe(self._take, content)

    def end(self) -> None:
        """The output is closed."""
        own_loop().call_soon_threadsafe(self._end)

    def _take(self, content: Any) -> None:
        if self.output is None:
            for each in [each for each in self.living if each.is_gone()]:
                each._end()
            self.living.add(self)
            self.output = Output(self.tell, self.is_gone)
            self.task = asyncio.create_task(self._listen(self.output))
        self.output.heard.put_nowait(content)

    def _end(self) -> None:
        self.living.discard(self)
        if self.output is not None:
            self.output.heard.put_nowait(None)

    async def _listen(self, output: Output) -> None:
        """Answer until the output is gone."""
        talk = Talk(output, registry(), self.opening)
        try:
            await talk.listen()
        finally:
            if talk.seat is not None:
                registry().end(talk.seat.desk.name)

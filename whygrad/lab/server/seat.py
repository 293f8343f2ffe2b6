"""A learner's place: requests wait here for the desk, work is done in slices, answers go to the page that is there."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from time import monotonic, sleep, thread_time
from typing import TYPE_CHECKING, Final, Protocol

from whygrad.errors import WhygradError
from whygrad.errors.lab import TooManyRequests
from whygrad.lab.desk import FAULT, said
from whygrad.lab.message import Pause, Reset

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

    from whygrad.lab.apart.marker import Markers
    from whygrad.lab.desk import Desk
    from whygrad.lab.message import Answer, Request

PANELS_PER_SECOND: Final = 4
REST: Final = 0.25  # of the time that equations take, others have the machine for themselves afterwards
log = logging.getLogger(__name__)


class Page(Protocol):
    """What answers are sent to."""

    async def send(self, answer: Answer) -> None:
        """Send an answer; a page that is gone is no error."""

    async def close(self) -> None:
        """Another page takes over."""


@dataclass(frozen=True)
class Workers:
    """Who does the work: each takes slices in the order in which they were asked for.

    A seat never has more than one slice waiting with each, so that all seats get the same share. Panels have a worker
    of their own: they are worth waiting for, and nothing waits for them. Notes are marked by processes of their own.
    """

    slices: Executor
    panels: Executor
    markers: Markers


class Seat:
    """A desk, and the page before it, if there is one.

    - `arriving`: a page that was told nothing yet; it is as soon as the work at hand can be put down for a moment.
    - `left`: when the last page was closed.
    - `speaking`: held while a slice is worked on and its answers are sent, so that a frame comes before its equations.
    """

    def __init__(self, desk: Desk, workers: Workers) -> None:
        self.desk, self.workers, self.limits = desk, workers, desk.limits
        self.waiting: asyncio.Queue[Request | None] = asyncio.Queue()
        self.page: Page | None = None
        self.arriving: Page | None = None
        self.left = monotonic()
        self.moved, self.wished = asyncio.Event(), asyncio.Event()
        self.speaking = asyncio.Lock()
        self.tasks = [asyncio.create_task(each) for each in (self.work(), self.draw_beside(), self.work_apart())]

    async def sit_down(self, page: Page) -> None:
        """A page takes the place of the one before, and is told everything."""
        before, self.page, self.arriving = self.arriving or self.page, None, page
        if before is not None and before is not page:
            await before.close()
        self.waiting.put_nowait(None)

    def stand_up(self, page: Page) -> None:
        """A page is gone."""
        if page in (self.page, self.arriving):
            self.page, self.arriving, self.left = None, None, monotonic()

    def take(self, request: Request) -> None:
        """Let a request wait for its turn; a pause ends the work before it. Raises TooManyRequests (WG1009)."""
        ends = isinstance(request, Pause | Reset)
        if self.waiting.qsize() >= self.limits.waiting * (1 + ends):
            raise TooManyRequests(self.limits.waiting)
        if ends:
            self.desk.stop = "asked"
        self.waiting.put_nowait(request)

    def leave(self) -> None:
        """The session ends."""
        self.desk.stop = "asked"
        self.desk.apart.leave()
        for task in self.tasks:
            task.cancel()

    @property
    def is_empty(self) -> bool:
        """Whether there is no page."""
        return self.page is None and self.arriving is None

    @property
    def is_deserted(self) -> bool:
        """Whether nobody has looked for so long that work ends."""
        return self.is_empty and monotonic() - self.left > self.limits.closed

    async def work(self) -> None:
        """Answer one request after another; go on by itself in between where that was asked for."""
        while True:
            if self.is_deserted:
                self.desk.pace = None
            await self.carry_out(await self.next_work())

    async def welcome(self) -> None:
        """Tell a page that has arrived what there is."""
        if self.arriving is not None:
            self.page, self.arriving = self.arriving, None
            await self.carry_out(self.desk.opened())

    async def next_work(self) -> Iterator[Answer | None]:
        """The answers to the next request, or those of going on, where that is due before one comes."""
        pace = self.desk.pace
        if pace is not None and self.waiting.empty():
            try:
                request = await asyncio.wait_for(self.waiting.get(), max(pace.next - monotonic(), 0.001))
            except TimeoutError:
                return self.desk.ticked()
        else:
            request = await self.waiting.get()
        return iter(()) if request is None else self.desk.answers(request)

    async def carry_out(self, answers: Iterator[Answer | None]) -> None:
        """Do the work of one request slice by slice, and send what comes of it."""
        loop, spent, is_over = asyncio.get_running_loop(), 0.0, False
        while not is_over:
            async with self.speaking:
                found, seconds, is_over = await loop.run_in_executor(
                    self.workers.slices, slice_of, answers, self.limits.slice
                )
                spent += seconds
                if spent > self.limits.request and not self.desk.stop:
                    self.desk.stop = "time"
                elif self.is_deserted:
                    self.desk.stop = "asked"
                for answer in found:
                    await self.send(answer)
            await self.welcome()
        if self.desk.stop and self.waiting.empty():
            self.desk.stop = ""
        self.moved.set()
        if self.desk.apart.waits:
            self.wished.set()

    async def draw_beside(self) -> None:
        """Send what stands beside the network, of the newest place where these come faster than it is drawn."""
        while True:
            await self.moved.wait()
            self.moved.clear()
            while self.page is not None and (found := await self.beside()) is not None:
                async with self.speaking:
                    await self.send(found)
            if self.desk.pace is not None:
                await asyncio.sleep(1 / PANELS_PER_SECOND)

    async def work_apart(self) -> None:
        """Send what was worked out in a process of its own, as soon as it is known."""
        loop, markers = asyncio.get_running_loop(), self.workers.markers
        while True:
            await self.wished.wait()
            self.wished.clear()
            while (found := await loop.run_in_executor(markers.pool, apart_of, self.desk, markers)) is not None:
                async with self.speaking:
                    await self.send(found)

    async def beside(self) -> Answer | None:
        """The next thing beside the network that the page has not yet."""
        return await asyncio.get_running_loop().run_in_executor(self.workers.panels, beside_of, self.desk)

    async def send(self, answer: Answer) -> None:
        """Send an answer to the page that is there."""
        if self.page is not None:
            await self.page.send(answer)


def slice_of(answers: Iterator[Answer | None], seconds: float) -> tuple[list[Answer], float, bool]:
    """Answers that come within some time, how long that took, and whether there are no more."""
    found: list[Answer] = []
    start = monotonic()
    while (taken := monotonic() - start) < seconds:
        try:
            answer = next(answers)
        except StopIteration:
            return found, taken, True
        except Exception:
            log.exception("a fault of the lab itself")
            return [*found, FAULT], taken, True
        if answer is not None:
            found.append(answer)
    return found, taken, False


def beside_of(desk: Desk) -> Answer | None:
    """What is drawn beside the network; it never stops a session, nor keeps others from their frames."""
    start = thread_time()
    try:
        return desk.beside.next()
    except WhygradError as error:
        return said(error)
    except Exception:
        log.exception("a fault of the lab itself")
        return None
    finally:
        sleep(REST * (thread_time() - start))


def apart_of(desk: Desk, markers: Markers) -> Answer | None:
    """What is worked out in a process of its own; it never stops a session."""
    try:
        return desk.apart.next(markers.ask)
    except Exception:
        log.exception("a fault of the lab itself")
        return FAULT

"""Processes that mark notes, as the lab sees them: started when they are needed, ended when they take too long."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from time import monotonic
from typing import IO, TYPE_CHECKING, Final

import msgspec

from whygrad.lab.apart.wish import Outcome, Wish

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    IsOver = Callable[[float], bool]  # whether an answer is no longer waited for, after so many seconds of work

COMMAND: Final = "from whygrad.lab.apart.child import main; main()"
READY: Final = b"ready\n"
START: Final = 60.0  # seconds that a process may take to be ready: a machine may be busy
LOOK: Final = 0.02  # seconds between two looks at whether an answer is still waited for
read: Final = msgspec.json.Decoder(Outcome).decode
write: Final = msgspec.json.Encoder().encode


class Gone(Exception):
    """A process that did not start, or ended before it answered."""


class Marker:
    """One process, and the thread that reads what it answers."""

    def __init__(self) -> None:
        self.reading = ThreadPoolExecutor(1, "marker")
        self.process: subprocess.Popen[bytes] | None = None

    def ask(self, wish: Wish, is_over: IsOver) -> Outcome | None:
        """What comes of a wish; None where it is no longer waited for, for which the process is ended. Raises Gone."""
        try:
            process = self.process or self.start(is_over)
            if process is None:
                return None
            line = self.line_from(self.reading.submit(exchange, process, write(wish) + b"\n"), is_over)
            return None if line is None else read(line)
        except (OSError, msgspec.DecodeError):
            self.end()
            raise Gone("the process that marks them ended before it answered") from None

    def start(self, is_over: IsOver) -> subprocess.Popen[bytes] | None:
        """A process that is ready; None where it is no longer waited for. Raises Gone."""
        self.process = process = started()
        late = monotonic() + START
        line = self.line_from(self.reading.submit(line_of, process), lambda _: is_over(0.0) or monotonic() > late)
        if line == READY:
            return process
        self.end()
        if is_over(0.0):
            return None
        raise Gone("the process that marks them did not start")

    def line_from(self, answer: Future[bytes], is_over: IsOver) -> bytes | None:
        """A line that the process says; None, and the end of it, where it is no longer waited for."""
        since = monotonic()
        while True:
            try:
                return answer.result(timeout=LOOK)
            except TimeoutError:
                if is_over(monotonic() - since):
                    self.end()
                    return None

    def end(self) -> None:
        """End the process, whatever it does; its pipes are closed when nobody reads from them any more."""
        process, self.process = self.process, None
        if process is not None:
            process.kill()
            process.wait()
            self.reading.submit(close_pipes, process)

    def close(self) -> None:
        """End it for good."""
        self.end()
        self.reading.shutdown()


def started() -> subprocess.Popen[bytes]:
    """A process like this one, with the same libraries; it ends when this one does."""
    paths = os.pathsep.join(each for each in sys.path if each)
    return subprocess.Popen(
        # -P: nothing is taken for a library that only lies in the folder where the lab was started.
        [sys.executable, "-P", "-c", COMMAND],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths},
    )


def exchange(process: subprocess.Popen[bytes], line: bytes) -> bytes:
    """Say a line to a process, and read the one that it answers; empty where it is gone."""
    pipe: IO[bytes] | None = process.stdin
    if pipe is not None:
        pipe.write(line)
        pipe.flush()
    return line_of(process)


def line_of(process: subprocess.Popen[bytes]) -> bytes:
    """The next line that a process says; empty where it is gone."""
    return b"" if process.stdout is None else process.stdout.readline()


def close_pipes(process: subprocess.Popen[bytes]) -> None:
    """Let go of what a process was talked to by; what was not read by it is lost."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()


class Markers:
    """As many processes as threads ask at once; the one that was asked last is asked first again."""

    def __init__(self, most: int) -> None:
        self.pool = ThreadPoolExecutor(most, "marking")
        self.idle: list[Marker] = []
        self.is_closed = False

    def ask(self, wish: Wish, is_over: IsOver) -> Outcome | None:
        """What comes of a wish; None where it is no longer waited for. Raises Gone."""
        marker = self.idle.pop() if self.idle else Marker()
        try:
            return marker.ask(wish, lambda seconds: self.is_closed or is_over(seconds))
        finally:
            self.idle.append(marker)

    def close(self) -> None:
        """End all of them."""
        self.is_closed = True
        self.pool.shutdown(cancel_futures=True)
        while self.idle:
            self.idle.pop().close()

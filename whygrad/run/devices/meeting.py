"""Several processes wait for each other before they train together, so that one that does not come is told in words.

JAX would end a process that has waited in vain, without a word that anybody understands.
"""

from __future__ import annotations

import socket
from contextlib import ExitStack, suppress
from time import monotonic, sleep

from whygrad.errors.run import NotJoined

ASKED_EVERY = 0.2  # seconds
LONGEST_WORD = 64  # bytes


def meet(coordinator: str, number: int, count: int, patience: float) -> None:
    """Wait until all of `count` processes are there; the first listens at HOST:PORT. Raises NotJoined (WG520)."""
    host, _, port = coordinator.rpartition(":")
    end = monotonic() + patience
    try:
        if number == 0:
            wait_for_all(int(port), count, end)
        else:
            report(host.strip("[]"), int(port), f"{number}/{count}", end)
    except OSError as error:
        reason = str(error) if isinstance(error, TimeoutError) else error.strerror or str(error)
        raise NotJoined(coordinator, number, count, reason) from error


def wait_for_all(port: int, count: int, end: float) -> None:
    """Listen until all others have said which they are, and then tell them to go on. Raises OSError."""
    expected = {f"{number}/{count}" for number in range(1, count)}
    with socket.create_server(("", port)) as server, ExitStack() as open_lines:
        while expected:
            server.settimeout(max(0.01, end - monotonic()))
            try:
                line, _ = server.accept()
            except TimeoutError:
                raise TimeoutError(f"process {', '.join(sorted(expected))} did not come") from None
            open_lines.enter_context(line)
            line.settimeout(1.0)
            with suppress(OSError):  # whoever says nothing is none of them
                expected.discard(line.recv(LONGEST_WORD).decode("ascii", "replace"))
        # The lines close when all are there, and that is the word to go on.


def report(host: str, port: int, name: str, end: float) -> None:
    """Say which process this is, and wait for the others. Raises OSError."""
    while True:
        try:
            line = socket.create_connection((host, port), timeout=max(0.01, end - monotonic()))
            break
        except OSError:
            if monotonic() > end:
                raise
            sleep(ASKED_EVERY)
    with line:
        line.sendall(name.encode("ascii"))
        line.settimeout(max(0.01, end - monotonic()))
        try:
            line.recv(LONGEST_WORD)
        except TimeoutError:
            raise TimeoutError("another process did not come") from None

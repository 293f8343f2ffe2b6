"""Do something again whenever files change. They are looked at a few times a second: no library is needed for that."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from time import monotonic, sleep
from typing import Final

from whygrad.cli.paper import paper, put

EVERY: Final = 0.2  # seconds
PATIENCE: Final = 1.0  # seconds in which an editor renames the file that it wrote

Stamp = tuple[int, int, int] | None


def watch(files: Callable[[], Iterable[Path]], work: Callable[[], object]) -> None:
    """Do the work now, and again whenever one of the files is another than it was; until Ctrl-C.

    Which files these are is asked anew each time. One that is gone for a moment is waited for.
    """
    try:
        while True:
            watched = tuple(files())
            before = stamps(watched)
            fresh_page()
            work()
            put("")
            put(f"Watching {' and '.join(map(str, watched))}; Ctrl-C ends.", style="dim")
            sys.stdout.flush()
            until_changed(watched, before)
    except KeyboardInterrupt:
        put("")
        put("No longer watching.")


def until_changed(files: tuple[Path, ...], before: tuple[Stamp, ...]) -> None:
    """Wait until the files are others than before, and until whoever writes them is done."""
    while (now := stamps(files)) == before:
        sleep(EVERY)
    start = monotonic()
    while True:
        sleep(EVERY / 2)
        later = stamps(files)
        if later == now and (None not in later or monotonic() - start > PATIENCE):
            return
        now = later


def stamps(files: Iterable[Path]) -> tuple[Stamp, ...]:
    """What tells whether files are the same as before: which file it is, when it was written, how long it is."""
    return tuple(map(stamp, files))


def stamp(file: Path) -> Stamp:
    """One of them; None where there is no such file."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def fresh_page() -> None:
    """An empty screen on a terminal, a line elsewhere."""
    if sys.stdout.isatty():
        paper().clear()
    else:
        put("\u2500" * 40)

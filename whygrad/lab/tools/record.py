"""The run as it is now, every change that was made to it on the way included, as one HTML file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from whygrad.lab.message import File, Said
from whygrad.lab.recorded_page import recorded_page
from whygrad.lab.recording import Recording
from whygrad.lab.tools.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.lab.desk import Desk
    from whygrad.lab.message import Answer


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """There is nothing to choose."""


def use(desk: Desk, _asked: Record) -> Iterator[Answer | None]:
    """The file; a pause ends the work before it is done. Raises RecordingTooLarge (WG1016)."""
    yield Said("note", "the run is being recorded; this takes some seconds, and a pause ends it")
    recording = Recording(desk)
    for _ in recording.take():
        if desk.stop:
            yield Said("note", "the recording was ended, so there is no file")
            return
        yield None
    page = yield from recorded_page(recording)
    yield File("run.html", "text/html", page)


TOOL = Tool("record", Record, use)

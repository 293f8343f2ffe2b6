"""The run as it is now, every change that was made to it on the way included, as one HTML file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from whygrad.lab.hosts.recorded_page import recorded_page
from whygrad.lab.hosts.recording import Budget, Recording
from whygrad.lab.message import File, Said
from whygrad.lab.tools.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.lab.desk import Desk
    from whygrad.lab.message import Answer

SHARE: Final = 3  # of the time that a request may take there is enough left to pack it all


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """There is nothing to choose."""


def use(desk: Desk, _asked: Record) -> Iterator[Answer | None]:
    """The file; a pause ends the work before it is done. Raises RecordingTooLarge (WG1016).

    Where the time of a request is over, what was taken down by then is the recording.
    """
    yield Said("note", "the run is being recorded; this takes some seconds, and a pause ends it")
    recording = Recording(desk, Budget(seconds=desk.limits.request / SHARE))
    for _ in recording.take():
        if desk.stop == "asked" or (desk.stop and not recording.frames):
            yield Said("note", "the recording was ended, so there is no file")
            return
        if desk.stop:
            recording.leave_out("more: the time of one request was over")
            desk.stop = ""
            break
        yield None
    page = yield from recorded_page(recording)
    yield File("run.html", "text/html", page)


TOOL = Tool("record", Record, use)

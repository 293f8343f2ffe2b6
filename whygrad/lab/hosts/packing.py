"""A recording as one text for a page: its lines packed with gzip, which browsers undo, and written as letters."""

from __future__ import annotations

import zlib
from base64 import b64encode
from typing import TYPE_CHECKING, Final

from whygrad.lab.hosts.recording import encoded

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from whygrad.lab.hosts.recording import Line

LEVEL: Final = 6
GZIP: Final = 31  # for zlib: as large a window as there is, and the header that browsers know
AT_A_TIME: Final = 200_000  # bytes, between which others have their turn


def packed_text(lines: Iterable[Line]) -> Generator[None, None, str]:
    """Each line is what it is of, a tab, and what the lab answers; both are JSON, which has no tab."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP)
    packed, waiting = bytearray(), 0
    for key, answer in lines:
        line = encoded(key) + b"\t" + answer + b"\n"
        packed += packer.compress(line)
        waiting += len(line)
        if waiting > AT_A_TIME:
            waiting = 0
            yield None
    return b64encode(bytes(packed + packer.flush())).decode("ascii")

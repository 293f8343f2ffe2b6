"""The files of the page: read once, packed once, and told by a tag whether a browser has them already."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from starlette.responses import PlainTextResponse, Response

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request

FIRST: Final = "index.html"
FONT: Final = "fonts/whygrad-math.woff2"
FONT_LINK: Final = re.compile(r"<link\b[^>]*\bfont\b[^>]*>\n")
# Some machines have other ideas of these, and a browser that may not guess refuses a script that is no script.
TYPES: Final = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".woff2": "font/woff2",
}
PACKED_ALREADY: Final = {".woff2"}


@dataclass(frozen=True)
class Kept:
    """A file as it is sent.

    - `stamp`: when it was changed last, so that whoever works on the page sees the change.
    - `packed`: its bytes with gzip, None where that does not make them fewer.
    """

    stamp: tuple[int, int]
    kind: str
    plain: bytes
    packed: bytes | None
    tag: str


class Files:
    """The files below a folder, by their paths in it; no other path leads anywhere."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names = {each.relative_to(folder).as_posix(): each for each in folder.rglob("*") if each.suffix in TYPES}
        self.kept: dict[str, Kept] = {}

    def answer(self, name: str, request: Request) -> Response:
        """A file, or the word that the browser has it."""
        if name not in self.names:
            return PlainTextResponse("There is no such file.\n", 404)
        try:
            kept = self.read(name)
        except OSError:
            return PlainTextResponse("This file is gone.\n", 404)
        headers = {"etag": kept.tag, "vary": "accept-encoding"}
        if kept.tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if kept.packed is None or "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(kept.plain, headers=headers, media_type=kept.kind)
        return Response(kept.packed, headers={**headers, "content-encoding": "gzip"}, media_type=kept.kind)

    def read(self, name: str) -> Kept:
        """A file as it is now; raises OSError where it is gone."""
        path = self.names[name]
        found = path.stat()
        stamp = found.st_mtime_ns, found.st_size
        kept = self.kept.get(name)
        if kept is None or kept.stamp != stamp:
            data = path.read_bytes()
            plain = without_font(data) if name == FIRST and FONT not in self.names else data
            kept = self.kept[name] = Kept(stamp, TYPES[path.suffix], plain, packed(plain, path.suffix), tag_of(plain))
        return kept


def without_font(page: bytes) -> bytes:
    """The page where whygrad runs without having been built: it asks for no font, and the system's are there."""
    return FONT_LINK.sub("", page.decode()).encode()


def packed(plain: bytes, suffix: str) -> bytes | None:
    """The bytes with gzip, None where they are packed already or so few that they become more."""
    found = None if suffix in PACKED_ALREADY else gzip.compress(plain, mtime=0)
    return found if found is not None and len(found) < len(plain) else None


def tag_of(plain: bytes) -> str:
    """What changes when a file does. Weak, as it is the same for what is packed and what is not."""
    return f'W/"{blake2b(plain, digest_size=9).hexdigest()}"'

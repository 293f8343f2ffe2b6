"""Notes as a person wrote them become claims, in their order; what cannot be read is said, and prose is passed over."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from whygrad.check.reading.claims import Claim, Item, Overrule, Unread
from whygrad.check.reading.header import FENCE, Header, header_of
from whygrad.check.reading.paragraph import Paragraphs, in_text
from whygrad.check.reading.table import cell_claims, table_at
from whygrad.check.reading.vocabulary import Manner
from whygrad.errors.check import NotesNotFound, NotesTooLong, NotText

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping, Sequence

MOST_BYTES: Final = 1_000_000
MOST_LINES: Final = 20_000
LONGEST_PARAGRAPH: Final = 400
COMMENT: Final = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
OVERRULE: Final = re.compile(r"\s*whygrad\s*:\s*([^,;:—]+?)\s*(?:[,;:—]\s*(.*?))?\s*", re.DOTALL)
HEADING: Final = re.compile(r"\s{0,3}#{1,6}\s+(.*?)\s*#*\s*")
UNDERLINE: Final = re.compile(r"\s{0,3}(?:={3,}|-{3,}|[═─━]{2,})\s*")
TYPED: Final = "type the lines, or paste them, into a text file: a photo or a scan cannot be read"
KINDS: Final = (
    (b"%PDF", "a PDF", "copy its text into a text file; of a scan, type the lines"),
    (b"\x89PNG", "a picture (PNG)", TYPED),
    (b"\xff\xd8\xff", "a photo (JPEG)", TYPED),
    (b"GIF8", "a picture (GIF)", TYPED),
    (b"RIFF", "a picture (WebP)", TYPED),
    (b"II*\x00", "a picture (TIFF)", TYPED),
    (b"MM\x00*", "a picture (TIFF)", TYPED),
    (b"BM", "a picture (BMP)", TYPED),
    (b"PK\x03\x04", "a packed file, such as a document of a word processor", "save it as plain text (.txt or .md)"),
    (b"\xd0\xcf\x11\xe0", "a document of a word processor", "save it as plain text (.txt or .md)"),
    (b"{\\rtf", "rich text (RTF)", "save it as plain text (.txt or .md)"),
)
IN_A_BOX: Final = b"ftyp"  # behind four bytes: how the photos of phones begin (HEIC, AVIF), and films
WIDE_TEXT: Final = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Notes:
    """Notes that were read.

    - `place`: what messages call them. `lines`: their text, line by line, for showing marks beside it.
    - `header`: the network they name or hold, aliases, how numbers are written.
    - `items`: claims and unread places in their order; `overrules`: every comment that overrules a mark.
    """

    place: str
    lines: tuple[str, ...]
    header: Header
    items: tuple[Item, ...]
    overrules: tuple[Overrule, ...] = ()

    @property
    def claims(self) -> tuple[Claim, ...]:
        return tuple(item for item in self.items if isinstance(item, Claim))

    @property
    def unread(self) -> tuple[Unread, ...]:
        return tuple(item for item in self.items if isinstance(item, Unread))


def read_notes(path: str | os.PathLike[str], names: Iterable[str] = ()) -> Notes:
    """The notes in a file; `names` are the network's, where it is known. Raises WG1107, else as `parse_notes`."""
    try:
        with Path(path).open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise NotesNotFound(str(path), error.strerror or str(error)) from None
    return parse_notes(data, str(path), names)


def parse_notes(data: bytes | str, place: str, names: Iterable[str] = ()) -> Notes:
    r"""The claims of notes. Raises WG1101 to WG1106 and WG1108 where no line can be read; a single line never raises.

    >>> notes = parse_notes("So net_H1 = 0.3775, and\nout_H1 = σ(net_H1) ≈ 0.5933.", "notes.md")
    >>> [claim.line for claim in notes.claims], notes.unread
    ([1, 2], ())
    """
    text = data if isinstance(data, str) else decoded(data, place)
    lines = split_lines(text, place)
    header = header_of(lines, place)
    manner = manner_of(header, names)
    masked, overrules = uncommented(lines)
    of_line = {each.line: each for each in overrules}
    items = in_text(overruled(item, of_line) for item in items_of(masked, header.lines, manner))
    return Notes(place, tuple(lines), header, items, tuple(overrules))


def manner_of(header: Header, names: Iterable[str]) -> Manner:
    """How the notes are written: whose names, which words, which decimal sign."""
    known = frozenset(name for name in (*names, *header.names, *header.aliases) if name.strip())
    return Manner(known, frozenset(header.about), header.decimal_comma)


def decoded(data: bytes, place: str) -> str:
    """The text of a file. Raises NotText (WG1101) and NotesTooLong (WG1102)."""
    if data[4:8] == IN_A_BOX:
        raise NotText(place, "a photo (HEIC) or a film", TYPED)
    begins = data[:64].lstrip()
    for start, found, way_on in KINDS:
        if begins.startswith(start) and (len(start) > 2 or b"\x00" in data[:64]):
            raise NotText(place, found, way_on)
    if data.startswith(WIDE_TEXT) or (b"\x00" in data[:200] and data[:200].count(0) > len(data[:200]) // 4):
        raise NotText(place, "text in UTF-16", "save it again as UTF-8")
    if len(data) > MOST_BYTES:
        raise NotesTooLong(place, len(data), MOST_BYTES, "bytes")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotText(place, f"no text in UTF-8: byte {error.start + 1} is not", "save it again as UTF-8") from None


def split_lines(text: str, place: str) -> list[str]:
    """The lines. Raises NotesTooLong (WG1102)."""
    if len(text) > MOST_BYTES:
        raise NotesTooLong(place, len(text), MOST_BYTES, "characters")
    lines = re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))
    if len(lines) > MOST_LINES:
        raise NotesTooLong(place, len(lines), MOST_LINES, "lines")
    return lines


def uncommented(lines: Sequence[str]) -> tuple[list[str], list[Overrule]]:
    """The lines with blanks for comments, and the comments that overrule a mark."""
    text = "\n".join(lines)
    overrules: list[Overrule] = []
    line, place = 1, 0
    for found in COMMENT.finditer(text):
        line, place = line + text.count("\n", place, found.start()), found.start()
        if said := OVERRULE.fullmatch(found[1]):
            overrules.append(Overrule(line, said[1].strip(), " ".join((said[2] or "").split())))
    return COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text).split("\n"), overrules


def overruled(item: Item, of_line: Mapping[int, Overrule]) -> Item:
    """An item with what a comment on one of its lines says."""
    lines = range(item.span.line, item.span.until + 1) if of_line else ()
    found = next((of_line[line] for line in lines if line in of_line), None)
    return replace(item, overrule=found) if found else item


def items_of(lines: Sequence[str], taken: frozenset[int], manner: Manner) -> Iterator[Item]:
    """The items of every paragraph and table, with the heading above each."""
    page = Page(Paragraphs(manner))
    number = 1
    while number <= len(lines):
        table = None if number in taken else table_at(lines, number)
        if table is not None:
            yield from page.flush()
            yield from page.under(cell_claims(table[0], manner))
        else:
            yield from page.line(number, "" if number in taken else lines[number - 1])
        number += 1 if table is None else table[1]
    yield from page.flush()


class Page:
    """Collects the lines of a paragraph and knows the heading above."""

    def __init__(self, reader: Paragraphs) -> None:
        self.reader = reader
        self.heading = ""
        self.waiting: list[tuple[int, str]] = []

    def line(self, number: int, text: str) -> Iterator[Item]:
        """One more line, and the items of a paragraph that it ends."""
        if found := HEADING.fullmatch(text):
            yield from self.flush()
            self.heading = found[1]
            yield from self.under(self.reader.read([(number, text)]))
        elif UNDERLINE.fullmatch(text) and self.waiting and "=" not in self.waiting[-1][1]:
            _, title = self.waiting.pop()
            yield from self.flush()
            self.heading = title.strip()
        elif not text.strip() or FENCE.fullmatch(text):
            yield from self.flush()
        else:
            self.waiting.append((number, text))
            if len(self.waiting) >= LONGEST_PARAGRAPH:
                yield from self.flush()

    def flush(self) -> Iterator[Item]:
        """The items of the paragraph that is open, which ends."""
        waiting, self.waiting = self.waiting, []
        yield from self.under(self.reader.read(waiting))
        self.reader.display = False  # no formula goes on behind an empty line

    def under(self, items: Iterable[Item]) -> Iterator[Item]:
        """Items with the heading above them."""
        for item in items:
            yield replace(item, heading=self.heading) if isinstance(item, Claim) and self.heading else item

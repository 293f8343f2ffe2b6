"""Notes as a person wrote them become claims, in their order; what cannot be read is said, and prose is passed over."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from whygrad.check.claims import Claim, Item, Overrule, Unread
from whygrad.check.header import FENCE, Header, header_of
from whygrad.check.paragraph import Paragraphs, in_text
from whygrad.check.table import aligned_table, cell_claims, markdown_table
from whygrad.check.vocabulary import Manner
from whygrad.errors.check import NotesNotFound, NotesTooLong, NotText

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping, Sequence

MOST_BYTES: Final = 1_000_000
MOST_LINES: Final = 20_000
LONGEST_PARAGRAPH: Final = 400
LONGEST_TABLE: Final = 2_000
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
    for start, found, way_on in KINDS:
        if data.startswith(start) and (len(start) > 2 or b"\x00" in data[:64]):
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
    reader = Paragraphs(manner)
    heading = ""
    waiting: list[tuple[int, str]] = []
    number = 1
    while number <= len(lines):
        text = lines[number - 1]
        ahead = [(at, lines[at - 1]) for at in range(number, min(number + 2, len(lines) + 1)) if at not in taken]
        table = None if reader.display or number in taken else table_at(lines, number, ahead)
        if table is None and is_part(text, number, taken, waiting, reader):
            waiting.append((number, text))
            number += 1
            continue
        yield from under_heading(reader.read(waiting), heading)
        heading = heading_at(ahead, waiting) or heading
        waiting = []
        if table is not None:
            yield from under_heading(cell_claims(table[0], manner), heading)
        elif number not in taken and not FENCE.fullmatch(text):
            yield from under_heading(reader.read([(number, text)]), heading)
        number += table[1] if table is not None else 1
    yield from under_heading(reader.read(waiting), heading)


def table_at(lines: Sequence[str], number: int, ahead: Sequence[tuple[int, str]]) -> tuple[list[tuple], int] | None:  # type: ignore[type-arg]
    """The table that begins on this line, and how many lines it takes."""
    if len(ahead) < 2 or (
        "|" not in ahead[0][1] and "  " not in ahead[0][1].strip() and "\t" not in ahead[0][1].strip()
    ):
        return None
    most = min(len(lines), number + LONGEST_TABLE)
    end = next((at for at in range(number, most) if not lines[at].strip()), most)
    block = [(at, lines[at - 1]) for at in range(number, end + 1)]
    if rows := markdown_table(block):
        return rows, len(rows) + 1
    return aligned_table(block)


def is_part(
    text: str, number: int, taken: frozenset[int], waiting: Sequence[tuple[int, str]], reader: Paragraphs
) -> bool:
    """Whether a line belongs to the paragraph that is open."""
    if number in taken or len(waiting) >= LONGEST_PARAGRAPH:
        return False
    return (bool(text.strip()) or bool(reader.display)) and not HEADING.fullmatch(text) and not FENCE.fullmatch(text)


def heading_at(ahead: Sequence[tuple[int, str]], waiting: Sequence[tuple[int, str]]) -> str:
    """The heading that begins on this line or ended the paragraph before it, if any."""
    if ahead and (found := HEADING.fullmatch(ahead[0][1])):
        return found[1]
    if len(waiting) >= 2 and UNDERLINE.fullmatch(waiting[1][1]) and "=" not in waiting[0][1]:
        return waiting[0][1].strip()
    return ""


def under_heading(items: Iterable[Item], heading: str) -> Iterator[Item]:
    """Items with the heading above them."""
    for item in items:
        yield replace(item, heading=heading) if isinstance(item, Claim) and heading else item

"""Every WG11xx by its words."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import pytest

from whygrad.check.reading.notes import parse_notes, read_notes
from whygrad.errors import check
from whygrad.errors.check import CheckError
from whygrad.pipeline import marking

if TYPE_CHECKING:
    from pathlib import Path

BLOCK = "```whygrad\n[data]\ntoy = 'xor'\n```\n"
ELSEWHERE = {"WG1110", "WG1111", "WG1112"}  # test_pile, tests/cli/test_check, test_hints
TEXTS: list[tuple[bytes, str]] = [
    (
        b"%PDF-1.7 ...",
        (
            "WG1101 n is a PDF\n  why: notes are read as plain text or Markdown in UTF-8\n"
            "  try: copy its text into a text file; of a scan, type the lines"
        ),
    ),
    (
        b"\xff\xd8\xff\xe0JFIF",
        (
            "WG1101 n is a photo (JPEG)\n  why: notes are read as plain text or Markdown in UTF-8\n"
            "  try: type the lines, or paste them, into a text file: a photo or a scan cannot be read"
        ),
    ),
    (
        "a = 3".encode("utf-16"),
        (
            "WG1101 n is text in UTF-16\n  why: notes are read as plain text or Markdown in UTF-8\n"
            "  try: save it again as UTF-8"
        ),
    ),
    (
        b"a = \xe9",
        (
            "WG1101 n is no text in UTF-8: byte 5 is not\n  why: notes are read as plain text or Markdown in UTF-8\n"
            "  try: save it again as UTF-8"
        ),
    ),
    (
        b"a" * 1_000_001,
        (
            "WG1102 n has 1,000,001 bytes\n"
            "  why: notes of up to 1,000,000 bytes are read\n  try: check the parts one by one"
        ),
    ),
    (
        b"\n" * 20_000,
        "WG1102 n has 20,001 lines\n  why: notes of up to 20,000 lines are read\n  try: check the parts one by one",
    ),
    (
        b"+++\nx = 3\n",
        "WG1103 n, line 1: what begins here with +++ does not end\n  try: write +++ on a line of its own behind it",
    ),
    (
        b"a\n\n```whygrad\n",
        "WG1103 n, line 3: what begins here with ``` does not end\n  try: write ``` on a line of its own behind it",
    ),
    (
        b"\n+++\n\naliases = { z1 net }\n+++\n",
        (
            "WG1104 n, line 4: the header is not TOML\n  why: Expected '=' after a key in a key/value pair\n"
            '  try: write for example: aliases = { z1 = "net_H1" }'
        ),
    ),
    (
        b"+++\naliases = {}\nalias = 3\n+++\n",
        (
            "WG1105 n, line 3: the header has no key alias\n"
            "  why: its keys are network, aliases, decimal_comma, about, and those of an experiment\n"
            "  try: did you mean aliases?"
        ),
    ),
    (
        b"+++\n[aliases]\nz = 3\n+++\n",
        (
            "WG1106 n, line 2: aliases has a value that does not fit\n"
            "  why: expected names with the network's names, at most 1,000\n"
            '  try: for example aliases = { z1 = "net_H1" }'
        ),
    ),
    (
        b"```whygrad\ndecimal_comma = 'yes'\n```",
        (
            "WG1106 n, line 2: decimal_comma has a value that does not fit\n  why: expected true or false\n"
            "  try: for example decimal_comma = true"
        ),
    ),
    (
        (BLOCK + BLOCK).encode(),
        (
            "WG1108 n, line 6: a second network\n  why: the notes already give one in line 2\n"
            "  try: check each network's notes in a file of their own"
        ),
    ),
]


@pytest.mark.parametrize(("data", "text"), TEXTS, ids=[text[:40] for _, text in TEXTS])
def test_what_is_no_notes_says_why(data: bytes, text: str) -> None:
    with pytest.raises(CheckError) as caught:
        parse_notes(data, "n")
    assert str(caught.value) == text


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(CheckError) as caught:
        read_notes(tmp_path / "none.md")
    assert str(caught.value) == (
        f"WG1107 {tmp_path / 'none.md'} cannot be read\n  why: No such file or directory\n"
        "  try: give the path of a Markdown or text file, or - for standard input"
    )


def test_a_network_that_nobody_works_out_on_paper() -> None:
    with pytest.raises(CheckError) as caught:
        marking.check(b"w1 = 0.5", "examples/deep-sigmoid.toml")
    assert str(caught.value) == (
        "WG1109 the network of the notes has 609 weights and biases\n"
        "  why: notes are held against networks of up to 400\n"
        "  try: check the notes without it: their arithmetic is marked then"
    )


@pytest.mark.parametrize(("data", "found"), [(b"\x00\x00\x00\x18ftypheic", "HEIC"), (b"\n %PDF-1.4", "a PDF")])
def test_what_phones_and_scanners_write(data: bytes, found: str) -> None:
    with pytest.raises(CheckError, match=f"WG1101.*{found}"):
        parse_notes(data, "homework.md")
    assert parse_notes("The %PDF and the ftyp", "n").items == ()


@pytest.mark.parametrize(
    "start",
    [b"\x89PNG\r\n", b"GIF89a", b"RIFF....WEBP", b"II*\x00", b"PK\x03\x04", b"{\\rtf1", b"BM\x00\x00", b"MM\x00*"],
)
def test_other_kinds_of_files_are_known_by_their_beginning(start: bytes) -> None:
    with pytest.raises(CheckError, match="WG1101"):
        parse_notes(start + b" more", "n")


def test_every_error_of_the_check_is_tested_here() -> None:
    codes = {each.code for _, each in inspect.getmembers(check, inspect.isclass) if issubclass(each, CheckError)} - {
        "WG000"
    }
    assert codes == {text[:6] for _, text in TEXTS} | {"WG1107", "WG1109"} | ELSEWHERE
    assert all(code.startswith("WG11") for code in codes)

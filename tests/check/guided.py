"""Notes from atheris, a fuzzer that is led by which lines have run: `python -m tests.check.guided -runs=N`.

It begins with the lines of the examples and puts in the bits that `hostile` has. What the reader refuses is fine;
anything else that it raises, or a note that takes seconds, ends the run with a code that is not 0.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

with atheris.instrument_imports(include=["whygrad.check.reading", "lark"]):
    from whygrad.check.reading.notes import parse_notes

from tests.check.hostile import BITS, NOTES
from whygrad.errors.check import CheckError


def read(data: bytes) -> None:
    """Read some notes."""
    with suppress(CheckError):
        parse_notes(data.decode("utf-8", "replace"), "notes")


def begun(folder: Path) -> list[str]:
    """What the fuzzer begins with, as files, and the words that say where they are."""
    corpus, words = folder / "corpus", folder / "words"
    corpus.mkdir()
    for number, line in enumerate(line for note in NOTES for line in note.splitlines()):
        (corpus / str(number)).write_text(line, encoding="utf-8")
    escaped = ("".join(f"\\x{byte:02x}" for byte in bit.encode()) for bit in BITS)
    words.write_text("".join(f'"{bit}"\n' for bit in escaped), encoding="ascii")
    return [f"-dict={words}", str(corpus)]


def main() -> None:
    """Read so many notes as the words after the command say."""
    with TemporaryDirectory() as folder:
        atheris.Setup(
            [*sys.argv, "-timeout=5", "-max_len=600", f"-artifact_prefix={folder}/", *begun(Path(folder))], read
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main()

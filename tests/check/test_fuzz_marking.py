"""Whatever is typed is marked: no exception, no wait of over a second, and every mark can be shown.

`make check` marks some hundred notes. `make check-long` reads a million and marks some ten thousand of them, or as many
as WHYGRAD_FUZZ says; a note that is drawn from the same seed is the same note.
"""

from __future__ import annotations

import gc
import os
from contextlib import suppress
from pathlib import Path
from random import Random
from time import process_time
from typing import TYPE_CHECKING

import pytest

from tests.check.hostile import NETWORKS, hostile
from whygrad.check.reading.notes import parse_notes
from whygrad.errors.check import CheckError
from whygrad.pipeline.marking import held_against
from whygrad.pipeline.papers import Steps
from whygrad.spec import parse_experiment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.pipeline.marking import Asked

SECOND = 1.0  # of the processor
SHORT = 150
LONG = int(os.environ.get("WHYGRAD_FUZZ", "20000"))
PARTS = 4  # of the long run
READ = 1_000_000
SHOWN_EVERY = 10  # a page takes longer than marks
STEPS = Steps()
EXPERIMENTS = [parse_experiment(each, "fuzz") for each in NETWORKS]


def asked(draw: Random) -> Asked | None:
    """A network to hold notes against; now and then none, so that they have to declare one themselves."""
    place = draw.randrange(len(EXPERIMENTS) + 1)
    return (EXPERIMENTS[place], Path(), "net.toml") if place < len(EXPERIMENTS) else None


def marked(seed: str) -> None:
    """Some notes marked and shown; the seed says which."""
    draw = Random(seed)
    text, network = hostile(draw), asked(draw)
    start = process_time()
    try:
        with suppress(CheckError):  # notes that are no notes: a header that does not end
            found = held_against(network, text, "notes", STEPS)
            assert len(found.marked.marks) == len(found.marked.notes.items)
            if draw.randrange(SHOWN_EVERY) == 0:
                assert found.text()
                assert found.html()
                assert len(found.structure()["marks"]) == len(found.marked.marks)
    except Exception as error:
        error.add_note(f"seed {seed!r}, notes {text!r}")
        raise
    took = process_time() - start
    assert took < SECOND, f"{took:.2f} s for seed {seed!r}, notes {text!r}"


@pytest.fixture(scope="module", autouse=True)
def warm() -> Iterator[None]:
    """What is made once: the grammar, the steps of the networks; what others left is not searched again."""
    for each in EXPERIMENTS:
        held_against((each, Path(), "net.toml"), "E = 1", "notes", STEPS).html()
    gc.freeze()
    yield
    gc.unfreeze()


def test_some_hundred_notes() -> None:
    for number in range(SHORT):
        marked(f"short {number}")


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_many_notes(part: int) -> None:
    for number in range(part, LONG, PARTS):
        marked(f"long {number}")


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_a_million_notes_are_read(part: int) -> None:
    for number in range(part, READ, PARTS):
        text = hostile(Random(f"read {number}"))
        start = process_time()
        with suppress(CheckError):
            parse_notes(text, "notes")
        took = process_time() - start
        assert took < SECOND, f"{took:.2f} s for note {number}: {text!r}"

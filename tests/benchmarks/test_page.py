"""docs/performance.md is what its results say, and the environment of the benchmarks is pinned."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks import page, results
from benchmarks.picture import draw
from benchmarks.results import Growth, Machine, Timed, Training, Whole

if TYPE_CHECKING:
    import msgspec

ROOT = Path(__file__).parents[2]


def test_the_page_is_made_of_what_was_kept() -> None:
    assert page.page(page.Measured.read()) == page.PAGE.read_text(encoding="utf-8")


def test_the_picture_is_made_of_what_was_kept(tmp_path: Path) -> None:
    draw(results.read(Growth, results.HERE / "growth.json"), tmp_path / "drawn.svg")
    drawn, kept = ((tmp_path / "drawn.svg").read_text("utf-8"), page.PICTURE.read_text("utf-8"))
    assert re.findall(r"<path|<use|<text", drawn) == re.findall(r"<path|<use|<text", kept)


def test_a_page_says_only_what_was_measured() -> None:
    text = page.page(page.Measured(Machine.here(), Training([]), whole=Whole([Timed("import numpy", [0.1])])))
    assert "## From start to end" in text
    assert "## Growth" not in text
    assert "## Memory" not in text


@pytest.mark.parametrize("record", [Machine.here(), Whole([Timed("a", [1.0, 2.0], 0.5, 3)])])
def test_what_is_kept_is_read_as_it_was(record: msgspec.Struct, tmp_path: Path) -> None:
    results.write(record, tmp_path / "made" / "record.json")
    assert results.read(type(record), tmp_path / "made" / "record.json") == record


def pins(file: Path) -> dict[str, str]:
    """The packages that a file names, with what it says of their version."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if re.match(r"\w", line)]
    return {found[1].lower(): found[2] for line in lines if (found := re.fullmatch(r"([\w.-]+?)((?:==[\w.]+)?)", line))}


def test_every_peer_has_one_version() -> None:
    peers, locked = pins(ROOT / "benchmarks" / "requirements.txt"), pins(ROOT / "constraints.txt")
    assert {name for name, version in peers.items() if not version} <= set(locked)
    assert {name: version for name, version in peers.items() if version and locked.get(name, version) != version} == {}
    assert peers["torch"] == "==2.13.0"

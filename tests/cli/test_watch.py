"""`whygrad check --watch`: at every change, until Ctrl-C."""

from __future__ import annotations

import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.typed import EXAMPLES, process
from whygrad.cli import watch
from whygrad.pipeline.marking import read_by

if TYPE_CHECKING:
    from collections.abc import Callable


class Editor:
    """Writes files while nobody sleeps: at each look at the files the next of its deeds is done."""

    def __init__(self, *deeds: Callable[[], object]) -> None:
        self.deeds = list(deeds)

    def sleep(self, _seconds: float) -> None:
        if not self.deeds:
            raise KeyboardInterrupt
        self.deeds.pop(0)()


def nothing() -> None:
    """Goes on typing elsewhere."""


def seen(file: Path, monkeypatch: pytest.MonkeyPatch, *deeds: Callable[[], object]) -> list[str]:
    """What each piece of work found in a file that is watched."""
    monkeypatch.setattr(watch, "sleep", Editor(*deeds).sleep)
    found: list[str] = []
    watch.watch(lambda: [file], lambda: found.append(file.read_text() if file.exists() else "gone"))
    return found


def test_once_at_the_start_and_at_every_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "notes.md"
    file.write_text("a")
    assert seen(file, monkeypatch, nothing, lambda: file.write_text("ab"), nothing, nothing) == ["a", "ab"]
    out = capsys.readouterr().out
    assert out.count("Ctrl-C ends.") == 2
    assert out.endswith("No longer watching.\n")


def test_an_editor_that_writes_another_file_and_renames_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, other = tmp_path / "notes.md", tmp_path / "notes.tmp"
    file.write_text("a")
    other.write_text("b")
    assert seen(file, monkeypatch, file.unlink, nothing, lambda: other.rename(file), nothing, nothing) == ["a", "b"]


def test_a_file_that_stays_away_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "notes.md"
    file.write_text("a")
    monkeypatch.setattr(watch, "PATIENCE", 0.0)
    assert seen(file, monkeypatch, file.unlink, nothing, nothing, lambda: file.write_text("c"), nothing) == [
        "a",
        "gone",
        "c",
    ]


def test_which_files_are_watched(tmp_path: Path) -> None:
    notes, network = tmp_path / "notes.md", tmp_path / "net.toml"
    assert read_by(notes) == (notes,)
    notes.write_text('+++\nnetwork = "net.toml"\n+++\n')
    assert read_by(notes) == (notes, network)
    assert read_by(notes, Path("other.toml")) == (notes, Path("other.toml"))
    notes.write_text("+++\nnetwork = \n+++\n")
    assert read_by(notes) == (notes,)


@pytest.mark.long
def test_the_command_goes_on_over_what_cannot_be_read(tmp_path: Path) -> None:
    notes, out = tmp_path / "notes.md", tmp_path / "out.txt"
    notes.write_text("net_H1 = 0.3825\n")
    with out.open("w") as stream:
        running = process(
            "check", notes, "--network", EXAMPLES / "notes-222.toml", "--watch", cwd=tmp_path, stdout=stream
        )
        await_words(out, "1 error.", 1)
        notes.write_bytes(b"%PDF-1.7")
        await_words(out, "Ctrl-C ends.", 2)
        notes.write_text("net_H1 = 0.3775\n")
        await_words(out, "No errors.", 1)
        running.send_signal(signal.SIGINT)
        _, complaint = running.communicate(timeout=60)
    assert running.returncode == 0
    assert complaint.startswith("WG1101")
    assert out.read_text().endswith("No longer watching.\n")


def await_words(file: Path, words: str, times: int) -> None:
    """Wait until words were written so often."""
    end = time.monotonic() + 60
    while file.read_text().count(words) < times:
        assert time.monotonic() < end, file.read_text()
        time.sleep(0.1)

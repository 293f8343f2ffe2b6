"""A folder of notes: an entry for every file, whatever it is."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.check.marked import EXAMPLES
from tests.check.test_junit import read
from whygrad.errors import WhygradError
from whygrad.errors.check import NothingToMark
from whygrad.pipeline.marked.pile import check_folder, harmless

if TYPE_CHECKING:
    from whygrad.pipeline.marked.pile import Pile

NETWORK = EXAMPLES / "notes-222.toml"
SEEN: list[tuple[int, int]] = []


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a class hands in."""
    place = tmp_path_factory.mktemp("class")
    shutil.copy(EXAMPLES / "live-221.toml", place / "own.toml")
    (place / "student 2.md").write_text("net_H1 = 0.15*0.05 + 0.20*0.10 = 0.0275\nout_H1 = 0.5069\nw9 = 3 * / 4\n")
    (place / "student 10.md").write_text("net_H1 = 0.3775\nout_H1 = 0.5933\n")
    (place / "own.txt").write_text('+++\nnetwork = "own.toml"\n+++\nh1 = 0.5474\n')
    (place / "below").mkdir()
    (place / "below" / "@zoë.md").write_text("net_Y1 = 0.40*0.5933 + 0.50*0.5969 = 0.5358\n", encoding="utf-8")
    (place / "scan.pdf").write_bytes(b"\n%PDF-1.7")
    (place / "photo.md").write_bytes(b"\x00\x00\x00\x18ftypheic\x00")
    (place / ".hidden").write_bytes(b"\x00")
    (place / "~$student 2.docx").write_bytes(b"\x00")
    return place


@pytest.fixture(scope="module")
def pile(folder: Path) -> Pile:
    SEEN.clear()
    return check_folder(folder, NETWORK, lambda done, every: SEEN.append((done, every)))


def test_every_file_has_a_line(pile: Pile) -> None:
    names = [str(Path("below") / "@zoë.md"), "own.txt", "photo.md", "scan.pdf", "student 2.md", "student 10.md"]
    assert [each.name for each in pile.entries] == names
    assert pile.passed_over == ("own.toml",)
    assert pile.worst == 2
    by_name = {each.name: each for each in pile.entries}
    assert by_name["student 2.md"].counts == {
        "errors": 1,
        "right": 0,
        "follows": 1,
        "slips": 0,
        "not judged": 0,
        "unread": 1,
    }
    assert by_name["student 2.md"].said == "line 1: The bias is left out: without b1."
    assert by_name["scan.pdf"].said == "not read: a PDF"
    assert by_name["photo.md"].said == "not read: a photo (HEIC) or a film"


def test_each_is_held_against_its_own_network(pile: Pile) -> None:
    networks = [each.marking.network for each in pile.entries if each.marking]
    assert networks == ["notes-222.toml", "own.toml", "notes-222.toml", "notes-222.toml"]
    assert [each.counts["errors"] for each in pile.entries if each.marking] == [1, 0, 1, 0]


def test_as_a_table(pile: Pile) -> None:
    text = pile.with_points().text()
    assert "student 2.md" in text
    assert max(map(len, text.splitlines())) <= 100
    assert "6 files: 2 without errors, 2 with errors, 2 not read." in text
    assert "The bias is left out (2)." in text
    assert "Passed over, as no notes: own.toml." in text
    assert "  1/3  " in text
    assert "…" in pile.with_points().text(80)


def test_as_csv(pile: Pile) -> None:
    rows = list(csv.DictReader(io.StringIO(pile.with_points().csv())))
    assert len(rows) == 6
    found = next(each for each in rows if each["file"] == "student 2.md")
    assert (found["errors"], found["follows"], found["unread"], found["points"], found["of"]) == (
        "1",
        "1",
        "1",
        "1",
        "3",
    )
    assert found["written"] == "net_H1 = 0.15*0.05 + 0.20*0.10 = 0.0275"
    pdf = next(each for each in rows if each["file"] == "scan.pdf")
    assert (pdf["errors"], pdf["not read"].partition(" ")[0]) == ("", "WG1101")
    assert "points" not in pile.csv().splitlines()[0]


def test_nothing_typed_is_a_formula_in_a_spreadsheet() -> None:
    assert [harmless(each) for each in ("=1+1", "@x", "-3", "+a", "a=1", 3)] == ["'=1+1", "'@x", "'-3", "'+a", "a=1", 3]


def test_in_the_other_forms(pile: Pile) -> None:
    assert "| file | errors |" in pile.markdown()
    assert "<title>" in pile.html()
    record = json.loads(json.dumps(pile.structure()))
    assert [("error" in each) for each in record["files"]] == [False, False, True, True, False, False]
    root = read(pile.junit())
    assert (len(root), root.attrib["errors"], root.attrib["failures"]) == (6, "2", "2")


def test_how_far_it_is(pile: Pile) -> None:
    assert pile.entries
    assert [(number, 6) for number in range(1, 7)] == SEEN


def test_a_folder_without_notes(tmp_path: Path) -> None:
    for passed_over, reason in ((0, "no file is in it"), (1, "1 of its files are networks, tables or pages")):
        with pytest.raises(NothingToMark) as caught:
            check_folder(tmp_path)
        assert str(caught.value) == (
            f"WG1110 {tmp_path} holds no notes\n  why: {reason}\n"
            "  try: give a folder with a Markdown or text file for each person"
        )
        (tmp_path / f"{passed_over}.toml").touch()


def test_a_network_that_is_not_there_is_said_at_once(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(WhygradError, match="nowhere"):
        check_folder(folder, tmp_path / "nowhere.toml")

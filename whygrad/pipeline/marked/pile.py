"""A pile of notes, as a class hands them in: a line for each file, what went wrong most often, what was not read."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from whygrad.check.judging.misconception import MISCONCEPTIONS
from whygrad.check.judging.verdict import Verdict
from whygrad.errors import WhygradError
from whygrad.errors.check import NothingToMark
from whygrad.pipeline.marked.page import used
from whygrad.pipeline.marking import Marking, check
from whygrad.pipeline.papers import Steps
from whygrad.spec import read_experiment

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator, Sequence

    from whygrad.check.judging.misconception import Misconception
    from whygrad.document import Document
    from whygrad.pipeline.marked.terminal import Line

NO_NOTES: Final = (".toml", ".csv", ".tsv", ".parquet", ".xml", ".json", ".html")
COUNTS: Final = {
    "errors": (),
    "right": (Verdict.RIGHT, Verdict.ROUNDING),
    "follows": (Verdict.FOLLOWS,),
    "slips": (Verdict.LAST_DIGIT,),
    "not judged": (Verdict.UNJUDGED,),
    "unread": (Verdict.UNREAD, Verdict.UNFILLED),
}
STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")  # where a spreadsheet would compute what somebody typed
MOST_CAUSES: Final = 5
WIDE: Final = 100  # columns: a table has many


@dataclass(frozen=True, eq=False)
class Entry:
    """One file of a pile: its marks, or why it could not be read; `place` is how messages call it."""

    name: str
    place: str
    marking: Marking | None = None
    problem: WhygradError | None = None

    @property
    def counts(self) -> dict[str, int]:
        """How many marks of each kind, nothing for a file that was not read."""
        if self.marking is None:
            return {}
        marked = self.marking.marked
        return {name: len(marked.errors) if name == "errors" else marked.count(*COUNTS[name]) for name in COUNTS}

    @property
    def points(self) -> tuple[int, int] | None:
        """How many of how many were earned, where points are given."""
        if self.marking is None or not self.marking.teacher:
            return None
        return self.marking.scheme.earned, self.marking.scheme.total.of

    @cached_property
    def first_error(self) -> tuple[int, str, str] | None:
        """The line of the first error, what was written there, and why it is one."""
        if self.marking is None:
            return None
        for each in self.marking.told.remarks:
            if each.mark.is_error:
                return each.line, each.text, next(iter(each.reasons), each.word)
        return None

    @property
    def said(self) -> str:
        """The first error in words, or why the file could not be read."""
        if self.problem is not None:
            what = self.problem.what().removeprefix(self.place).removeprefix(" is").lstrip(" ,")
            return f"not read: {what}"
        return "" if self.first_error is None else f"line {self.first_error[0]}: {self.first_error[2]}"

    @property
    def causes(self) -> list[str]:
        """What led to its errors, each once."""
        if self.marking is None:
            return []
        found = [each.finding for each in self.marking.marked.errors if each.finding is not None]
        return list(dict.fromkeys(cause.misconception.title for finding in found for cause in used(finding)))


@dataclass(frozen=True, eq=False, repr=False)
class Pile:
    """Marked notes of a folder, file by file; `passed_over` are files that hold no notes."""

    folder: str
    entries: tuple[Entry, ...]
    passed_over: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<Pile: {self.folder}, {len(self.entries)} notes>"

    def __str__(self) -> str:
        return self.text()

    def with_points(self) -> Pile:
        """The same with the points of each."""
        entries = [
            each if each.marking is None else replace(each, marking=each.marking.with_points()) for each in self.entries
        ]
        return replace(self, entries=tuple(entries))

    @property
    def worst(self) -> int:
        """The exit code of the worst of them: 0 all right, 1 errors, 2 not read."""
        if any(each.problem is not None for each in self.entries):
            return 2
        return int(any(each.counts["errors"] for each in self.entries))

    @property
    def summary(self) -> tuple[str, ...]:
        """How many have errors, what led to them most often, and what was passed over."""
        read = [each for each in self.entries if each.marking is not None]
        right = sum(not each.counts["errors"] for each in read)
        parts = [f"{right} without errors", f"{len(read) - right} with errors"]
        if len(read) < len(self.entries):
            parts.append(f"{len(self.entries) - len(read)} not read")
        told = [f"{len(self.entries)} {'file' if len(self.entries) == 1 else 'files'}: {', '.join(parts)}."]
        causes = Counter(cause for each in read for cause in each.causes).most_common(MOST_CAUSES)
        if causes:
            often = "; ".join(f"{cause} ({many})" for cause, many in causes)
            told.append(f"What led to errors, and in how many files: {often}.")
        if self.passed_over:
            told.append(f"Passed over, as no notes: {', '.join(self.passed_over)}.")
        return tuple(told)

    def lines(self, width: int = WIDE) -> list[Line]:
        """As lines of at most so many columns, each with what it is."""
        from whygrad.pipeline.marked.pile_table import lines_of

        return lines_of(self, width)

    def text(self, width: int = WIDE) -> str:
        """As a table for a terminal of so many columns."""
        return "\n".join(line.text for line in self.lines(width)) + "\n"

    @property
    def document(self) -> Document:
        """As a page without a medium."""
        from whygrad.pipeline.marked.pile_table import document_of

        return document_of(self)

    def markdown(self) -> str:
        """As Markdown."""
        from whygrad.render.markdown import markdown

        return markdown(self.document)

    def html(self) -> str:
        """As one page that opens offline."""
        from whygrad.render.page import page

        return page(self.document)

    def junit(self) -> str:
        """As JUnit XML: a suite for each file."""
        from whygrad.pipeline.marked.junit import junit, suite_of, unreadable

        return junit(
            suite_of(each.marking.told) if each.marking else unreadable(each.name, each.problem)
            for each in self.entries
        )

    def csv(self) -> str:
        """As a table for a spreadsheet; what people typed is never a formula there."""
        text = io.StringIO()
        rows = list(self.rows())
        writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: harmless(value) for name, value in row.items()} for row in rows)
        return text.getvalue()

    def rows(self) -> Iterator[dict[str, Any]]:
        """A row for each file, with the same columns."""
        has_points = any(each.points for each in self.entries)
        for each in self.entries:
            line, written, why = each.first_error or ("", "", "")
            row: dict[str, Any] = {"file": each.name, **{name: each.counts.get(name, "") for name in COUNTS}}
            if has_points:
                row |= dict(zip(("points", "of"), each.points or ("", ""), strict=True))
            problem = str(each.problem).split("\n")[0] if each.problem else ""
            yield row | {"first error in line": line, "written": written, "why": why, "not read": problem}

    def structure(self) -> Any:
        """As plain dicts and lists, with every mark of every file."""
        return {
            "folder": self.folder,
            "passed_over": list(self.passed_over),
            "files": [
                {"file": each.name, "marking": each.marking.structure()}
                if each.marking
                else {"file": each.name, "error": each.problem.as_tables() if each.problem else {}}
                for each in self.entries
            ],
        }


def check_folder(
    folder: str | os.PathLike[str],
    network: str | os.PathLike[str] | None = None,
    seen: Callable[[int, int], None] = lambda _done, _all: None,
    rules: Sequence[Misconception] = MISCONCEPTIONS,
) -> Pile:
    """Mark every file of notes in a folder and those below it; `seen` is called with how many of all are done.

    Notes that name a network of their own are held against that, all others against the given one. A file that cannot
    be read has an entry that says why. Raises NothingToMark (WG1110), and what reading the given network raises.
    """
    folder = Path(folder)
    notes, others = files_in(folder)
    if not notes:
        raise NothingToMark(str(folder), len(others))
    known = Steps()
    if network is not None:
        known(read_experiment(Path(network)), Path(network).parent)
    entries = []
    for done, each in enumerate(notes, 1):
        entries.append(entry_of(each, folder, network, known, rules))
        seen(done, len(notes))
    return Pile(str(folder), tuple(entries), tuple(str(each.relative_to(folder)) for each in others))


def entry_of(
    path: Path, folder: Path, network: str | os.PathLike[str] | None, known: Steps, rules: Sequence[Misconception]
) -> Entry:
    """One file marked, or why not."""
    name = str(path.relative_to(folder))
    try:
        return Entry(name, str(path), check(path, network, known=known, own_first=True, rules=rules))
    except WhygradError as error:
        return Entry(name, str(path), problem=error)


def files_in(folder: Path) -> tuple[list[Path], list[Path]]:
    """The files that may be notes, and the others; hidden ones and what lies in hidden folders are neither."""
    every = [
        each
        for each in folder.rglob("*")
        if each.is_file() and not any(part.startswith((".", "~$")) for part in each.relative_to(folder).parts)
    ]
    every.sort(key=lambda each: in_order(str(each.relative_to(folder))))
    notes = [each for each in every if each.suffix.lower() not in NO_NOTES]
    return notes, [each for each in every if each.suffix.lower() in NO_NOTES]


def in_order(name: str) -> list[tuple[int, str]]:
    """What sorts names as people do: 2 before 10."""
    return [(int(part), "") if part.isdecimal() else (-1, part.casefold()) for part in re.split(r"(\d+)", name)]


def harmless(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(STARTS_A_FORMULA) else value

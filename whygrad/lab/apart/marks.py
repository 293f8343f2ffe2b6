"""Marks as a page shows them: those of a line together, every word as `whygrad check` says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whygrad.check.judging.verdict import Verdict
from whygrad.document import Document, Equations, Section
from whygrad.pipeline.marked.told import PLAIN
from whygrad.pipeline.marked.words import WORDS
from whygrad.render.live import live

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whygrad.document import Equation
    from whygrad.pipeline.marked.told import Remark
    from whygrad.pipeline.marked.truth import Truth
    from whygrad.pipeline.marking import Marking


def record_of(marking: Marking) -> dict[str, Any]:
    """All marks, in the order of their lines.

    - `about`: what they were held against; `counted`: how many errors there are, and what else was found.
    - `marks`: of each its lines (`line`, `until`), `sign`, `word` and `kind`, what was `written`, what is `right`, what
      is `said` of it, the quantities that can be asked for (`names`), and the `correct` line of a wrong one.
    """
    told = marking.told
    return {
        "about": told.about,
        "counted": told.counted,
        "errors": len(marking.marked.errors),
        "marks": together([remark_record(each, marking.truth) for each in told.remarks]),
    }


def remark_record(remark: Remark, truth: Truth) -> dict[str, Any]:
    """One mark."""
    span, finding = remark.mark.item.span, remark.mark.finding
    element = None if finding is None else truth.element(finding)
    equations = truth.equations(finding) if finding is not None and remark.mark.is_error else ()
    return {
        "line": span.line,
        "until": span.until,
        "sign": remark.sign,
        "word": remark.word,
        "kind": "quiet" if remark.mark.verdict is Verdict.UNREAD else remark.kind,
        "written": remark.text,
        "right": remark.right,
        "of_right": remark.of_right,
        "said": list(remark.reasons),
        "names": [] if element is None else [{"name": element.written, "step": truth.place(element)}],
        "correct": correct_line(equations) if equations else None,
    }


def together(records: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Marks of one line that follow each other and have nothing to say but the same word become one."""
    found: list[dict[str, Any]] = []
    for each in records:
        last = found[-1] if found else None
        if last and is_plain(each) and is_plain(last) and (last["line"], last["word"]) == (each["line"], each["word"]):
            written = f"{last['written']}, {each['written']}"
            found[-1] = {**last, "written": written, "until": each["until"], "names": [*last["names"], *each["names"]]}
        else:
            found.append(each)
    return found


def is_plain(record: dict[str, Any]) -> bool:
    """Whether a mark is a word and nothing else."""
    return not record["said"] and record["word"] in (WORDS[each] for each in PLAIN)


def correct_line(lines: Sequence[Equation]) -> dict[str, Any]:
    """What should stand in the place of a wrong line: symbols, numbers, value."""
    return live(Document("", "", (Section("", (Equations(tuple(lines)),)),)))

"""Marks as a page shows them: those of a line together, every word as `whygrad check` says it."""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING, Any, Final

from whygrad.check.judging.verdict import Verdict
from whygrad.document import Document, Equations, Section
from whygrad.explain import Element, Links, Runner
from whygrad.explain.equation import definition
from whygrad.pipeline.derivation import prepared
from whygrad.pipeline.marked_words import SIGNS, WORDS, about, counted, reasons, right_value
from whygrad.render.live import live
from whygrad.run import evaluate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whygrad.check.finding import Finding
    from whygrad.check.marking import Mark
    from whygrad.explain import Chart
    from whygrad.pipeline.marking import Marking

PLAIN: Final = (Verdict.RIGHT, Verdict.UNJUDGED)
SAME: Final = 1e-9  # conventions that notes were marked under may give other numbers than the network has
QUIET: Final = (Verdict.UNREAD, Verdict.UNJUDGED)


def record_of(marking: Marking) -> dict[str, Any]:
    """All marks, in the order of their lines.

    - `about`: what they were held against; `counted`: how many errors there are, and what else was found.
    - `marks`: of each its lines (`line`, `until`), `sign`, `word` and `kind`, what was `written`, what is `right`, what
      is `said` of it, the quantities that can be asked for (`names`), and the `correct` line of a wrong one.
    """
    marked = marking.marked
    return {
        "about": about(marked, marking.network),
        "counted": counted(marked),
        "errors": len(marked.errors),
        "marks": together([mark_record(each, marking.charts) for each in marked.marks]),
    }


def mark_record(mark: Mark, charts: Sequence[Chart]) -> dict[str, Any]:
    """One mark."""
    span, value = mark.item.span, right_value(mark)
    asked = None if mark.finding is None else asked_for(mark.finding, charts)
    return {
        "line": span.line,
        "until": span.until,
        "sign": SIGNS[mark.verdict],
        "word": WORDS[mark.verdict],
        "kind": kind_of(mark),
        "written": mark.text,
        "right": value,
        "of_right": "unrounded" if mark.verdict is Verdict.ROUNDING else "right",
        "said": list(reasons(mark)),
        "names": [{"name": asked[0].written, "step": asked[1]}] if asked else [],
        "correct": correct_line(*asked, charts) if asked and mark.is_error else None,
    }


def kind_of(mark: Mark) -> str:
    """How a mark stands out: "error", "right", "slip" of any kind, "quiet" where nothing was judged."""
    if mark.is_error:
        return "error"
    if mark.verdict in QUIET:
        return "quiet"
    return "right" if mark.verdict in (Verdict.RIGHT, Verdict.ROUNDING) else "slip"


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


def asked_for(finding: Finding, charts: Sequence[Chart]) -> tuple[Element, int] | None:
    """The quantity of a claim and its step, where the network has the number that the claim was held against."""
    quantity = finding.meaning.quantity if finding.meaning else None
    if not isinstance(quantity, Element) or finding.right is None:
        return None
    step = next(
        (k for k, each in enumerate(charts) if each.elements.get((quantity.named, quantity.index)) is quantity), None
    )
    if step is None or not isclose(abs(finding.right), abs(quantity.value), rel_tol=SAME, abs_tol=1e-15):
        return None
    return quantity, step


def correct_line(element: Element, step: int, charts: Sequence[Chart]) -> dict[str, Any]:
    """What should stand in the place of a wrong line: symbols, numbers, value."""
    lines = definition(Links(charts[step], Runner(evaluate, prepared, ())), element)
    return live(Document("", "", (Section("", (Equations(lines),)),)))

"""Marked notes as a page, for Markdown and HTML, and as a record, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from whygrad.check.judging.verdict import Verdict
from whygrad.document import Document, Facts, Paragraph, Section, Table
from whygrad.pipeline.marked_words import SIGNS, about, counted, reasons, right_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.finding import Finding
    from whygrad.check.judging.misconception import Misconception
    from whygrad.check.marking import Mark, Marked
    from whygrad.document import Block

HEAD: Final = ("line", "mark", "written", "right", "why")


def page_of(marked: Marked, network: str) -> Document:
    """A page: every mark in a table, and what is right where a misconception was found."""
    rows = tuple(row_of(each) for each in marked.marks)
    sections = [
        Section("Line by line", (Table("Every line that claims something.", HEAD, rows), Paragraph(counted(marked))))
    ]
    if found := tuple(what_is_right(marked)):
        sections.append(Section("What to look at again", found))
    return Document(f"{marked.notes.place}, marked", about(marked, network), tuple(sections))


def row_of(mark: Mark) -> tuple[str, ...]:
    """A mark as a row."""
    word = f"{SIGNS[mark.verdict]}\u00a0{mark.verdict.value}"
    return str(mark.line), word, mark.text, right_value(mark), " ".join(reasons(mark))


def what_is_right(marked: Marked) -> Iterator[Block]:
    """Each misconception once, with the lines that it explains."""
    lines: dict[Misconception, list[int]] = {}
    for mark in marked.errors:
        finding = mark.finding
        for cause in used(finding) if finding else ():
            lines.setdefault(cause.misconception, []).append(mark.line)
    for rule, where in lines.items():
        told = ", ".join(map(str, where))
        yield Facts(
            (
                (rule.title, f"{'line' if len(where) == 1 else 'lines'} {told} ({rule.code}, {rule.name})"),
                ("why people do it", rule.why),
                ("what is right", rule.right),
                ("for example", rule.right_example),
            )
        )


def used(finding: Finding) -> tuple[Any, ...]:
    """The causes that are told: all of them where they hold together, else the likeliest."""
    return finding.causes if finding.together else finding.causes[:1]


def record_of(marked: Marked, network: str) -> dict[str, Any]:
    """Everything that was found, for programs."""
    return {
        "notes": marked.notes.place,
        "network": network,
        "conventions": [each.words for each in marked.conventions],
        "rivals": [[each.words for each in rival] for rival in marked.rivals],
        "errors": len(marked.errors),
        "counts": {each.value: number for each in Verdict if (number := marked.count(each))},
        "marks": [mark_record(each) for each in marked.marks],
    }


def mark_record(mark: Mark) -> dict[str, Any]:
    """One mark."""
    record: dict[str, Any] = {
        "line": mark.line,
        "written": mark.text,
        "verdict": mark.verdict.value,
        "error": mark.is_error,
        "said": list(reasons(mark)),
    }
    finding = mark.finding
    if finding is not None:
        record |= {
            "name": finding.name,
            "number": finding.wrote.value if finding.wrote else None,
            "right": finding.right,
            "expected": finding.expected,
            "drift": finding.drift,
            "since": finding.since,
            "together": finding.together,
            "causes": [
                {"code": each.misconception.code, "name": each.misconception.name, "detail": each.detail}
                for each in finding.causes
            ],
        }
    if mark.overrule is not None:
        record["overruled"] = {"as": mark.overrule.mark, "reason": mark.overrule.reason}
    return record

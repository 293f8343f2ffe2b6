"""Marked notes as a page without a medium: a table of all marks, and what to look at again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from whygrad.document import Document, Facts, Paragraph, Section, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.finding import Finding
    from whygrad.check.judging.misconception import Misconception
    from whygrad.check.judging.verdict import Cause
    from whygrad.document import Block
    from whygrad.pipeline.marked.told import Remark, Told

HEAD: Final = ("line", "mark", "written", "right", "why")


def page_of(told: Told) -> Document:
    """A page: every mark in a table, and what is right where a misconception was found."""
    head: tuple[str, ...] = HEAD if told.scheme is None else (*HEAD[:2], "points", *HEAD[2:])
    if told.level:
        head = tuple("hint" if each == "why" else each for each in head if each != "right")
    rows = tuple(row_of(each, head) for each in told.remarks)
    summary = tuple(Paragraph(each) for each in told.summary)
    table = Section("Line by line", (Table("Every line that claims something.", head, rows), *summary))
    return Document(title_of(told), told.about, (table, *to_look_at(told)))


def title_of(told: Told) -> str:
    """What a page of marked notes is called."""
    return f"{told.marked.notes.place}, marked"


def row_of(remark: Remark, head: tuple[str, ...]) -> tuple[str, ...]:
    """A mark as a row."""
    why = " ".join(remark.reasons)
    cells = {
        "line": str(remark.line),
        "mark": f"{remark.sign}\u00a0{remark.mark.verdict.value}",
        "points": str(remark.points or ""),
        "written": remark.text,
        "right": remark.right,
        "why": why,
        "hint": why,
    }
    return tuple(cells[each] for each in head)


def to_look_at(told: Told) -> tuple[Section, ...]:
    """What is right where a misconception was found; with hints nothing is told of it."""
    found = () if told.level else tuple(what_is_right(told))
    return (Section("What to look at again", found),) if found else ()


def what_is_right(told: Told) -> Iterator[Block]:
    """Each misconception once, with the lines that it explains."""
    lines: dict[Misconception, list[int]] = {}
    for mark in told.marked.errors:
        finding = mark.finding
        for cause in used(finding) if finding else ():
            lines.setdefault(cause.misconception, []).append(mark.line)
    for rule, where in lines.items():
        listed = ", ".join(map(str, where))
        yield Facts(
            (
                (rule.title, f"{'line' if len(where) == 1 else 'lines'} {listed} ({rule.code}, {rule.name})"),
                ("why people do it", rule.why),
                ("what is right", rule.right),
                ("for example", rule.right_example),
            )
        )


def used(finding: Finding) -> tuple[Cause, ...]:
    """The causes that are told: all of them where they hold together, else the likeliest."""
    return finding.causes if finding.together else finding.causes[:1]

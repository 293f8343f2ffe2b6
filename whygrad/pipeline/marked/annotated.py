"""Marked notes as a page of HTML: as they were typed, marks in the margin, the correct lines, and why."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from whygrad.check.judging.verdict import Verdict
from whygrad.document import Document
from whygrad.pipeline.marked.page import title_of, to_look_at
from whygrad.pipeline.marked.told import Remark, Told, together
from whygrad.render import annotated as shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from whygrad.check.finding import Finding
    from whygrad.document import Equation
    from whygrad.pipeline.marked.truth import Truth

MOST_DERIVED: Final = 12  # quantities that are derived in a page
DERIVED: Final = (Verdict.WRONG, Verdict.INCONSISTENT, Verdict.FALSE_EXPRESSION)


class Derivations:
    """The derivations that lines ask for, each once, up to as many as a page has room for."""

    def __init__(self, truth: Truth) -> None:
        self.truth = truth
        self.found: dict[str, tuple[int, shown.Derived] | None] = {}
        self.left_out: list[str] = []

    def link(self, finding: Finding, line: int) -> tuple[int, str] | None:
        """The number of the derivation of what a claim is about, and its title."""
        element = self.truth.element(finding)
        if element is None:
            return None
        name = f"{element.written} {self.truth.place(element)}"
        if name not in self.found:
            self.found[name] = self.derived(finding, line, element.written)
        known = self.found[name]
        return None if known is None else (known[0], known[1].document.title)

    def derived(self, finding: Finding, line: int, name: str) -> tuple[int, shown.Derived] | None:
        """One more derivation, where there is room."""
        made = [each for each in self.found.values() if each is not None]
        if len(made) >= MOST_DERIVED:
            self.left_out.append(name)
            return None
        document = self.truth.derivation(finding)
        return None if document is None else (len(made) + 1, shown.Derived(document, line))

    def all(self) -> list[shown.Derived]:
        """All of them in their order."""
        return [each[1] for each in self.found.values() if each is not None]

    def told(self) -> str:
        """What is left out."""
        return f"Left out: {', '.join(self.left_out)}; whygrad explain derives them." if self.left_out else ""


def annotated(told: Told, truth: Truth) -> str:
    """The page; with hints it says nothing of what is right."""
    derivations = Derivations(truth)
    passages = [passage(told, first, last, remarks, derivations) for first, last, remarks in parted(told)]
    document = Document(title_of(told), told.about, to_look_at(told))
    return shown.annotated_page(document, passages, told.summary, derivations.all(), derivations.told())


def parted(told: Told) -> Iterator[tuple[int, int, list[Remark]]]:
    """The notes in parts, from line to line: what remarks are on together, and single lines without one."""
    waiting = sorted(told.remarks, key=lambda each: each.line)
    line, until = 1, len(told.marked.notes.lines)
    if until and not told.marked.notes.lines[-1].strip():
        until -= 1  # behind the last sign for a new line
    while line <= until:
        last, remarks = line, []
        while waiting and waiting[0].line <= last:
            remarks.append(waiting.pop(0))
            last = max(last, remarks[-1].mark.item.span.until)
        yield line, last, remarks
        line = last + 1


def passage(told: Told, first: int, last: int, remarks: list[Remark], derivations: Derivations) -> shown.Passage:
    """Some lines of the notes with what stands beside them."""
    lines = told.marked.notes.lines[first - 1 : last]
    joined = list(together(remarks))
    beside = [in_margin(each, is_alone=len(joined) == 1) for each in joined]
    correct: dict[str, tuple[Equation, ...]] = {}
    if not told.level:
        for number, each in enumerate(joined):
            finding = each.mark.finding
            if finding is None or not each.mark.is_error or each.mark.verdict not in DERIVED:
                continue
            correct[finding.name] = derivations.truth.equations(finding)
            beside[number] = replace(beside[number], why=derivations.link(finding, each.line))
    return shown.Passage(
        first,
        "\n".join(lines),
        tuple(place(each, first, lines) for each in remarks if each.kind in ("error", "slip")),
        tuple(beside),
        tuple(line for each in correct.values() for line in each),
    )


def in_margin(remark: Remark, *, is_alone: bool) -> shown.Remark:
    """A remark as it stands in the margin; it says what it is about where it is not alone there."""
    of = "" if is_alone else remark.text
    points = "" if remark.points is None else str(remark.points)
    return shown.Remark(remark.kind, remark.sign, remark.word, of, points, remark.right, remark.reasons)


def place(remark: Remark, first: int, lines: Sequence[str]) -> tuple[int, int, str]:
    """From where to where in some lines a remark is about what is written."""
    span = remark.mark.item.span
    before = [0, *accumulate(len(each) + 1 for each in lines)]
    return before[span.line - first] + span.start, before[span.until - first] + span.end, remark.kind

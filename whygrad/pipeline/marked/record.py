"""Marked notes as a record, for programs: numbers in full precision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whygrad.check.judging.verdict import Verdict

if TYPE_CHECKING:
    from whygrad.check.finding import Finding
    from whygrad.pipeline.marked.points import Points, Scheme
    from whygrad.pipeline.marked.told import Remark, Told


def record_of(told: Told) -> dict[str, Any]:
    """Everything that is said."""
    marked = told.marked
    record = {
        "notes": marked.notes.place,
        "network": told.network,
        "conventions": [each.words for each in marked.conventions],
        "rivals": [[each.words for each in rival] for rival in marked.rivals],
        "errors": len(marked.errors),
        "counts": {each.value: number for each in Verdict if (number := marked.count(each))},
        "marks": [remark_record(each, told.level) for each in told.remarks],
    }
    if told.level:
        record["hints"] = told.level
    if told.scheme is not None:
        record["points"] = scheme_record(told.scheme)
    return record


def remark_record(remark: Remark, level: int) -> dict[str, Any]:
    """One mark; with hints it has nothing that says what is right."""
    mark = remark.mark
    record: dict[str, Any] = {
        "line": mark.line,
        "written": mark.text,
        "verdict": mark.verdict.value,
        "error": mark.is_error,
        "said": list(remark.reasons),
    }
    finding = mark.finding
    if finding is not None:
        record |= {"name": finding.name, "number": finding.wrote.value if finding.wrote else None}
        record |= {"since": finding.since} if level else found(finding)
    if mark.overrule is not None:
        record["overruled"] = {"as": mark.overrule.mark, "reason": mark.overrule.reason}
    if remark.points is not None:
        record["points"] = points_record(remark.points)
    return record


def found(finding: Finding) -> dict[str, Any]:
    """What was found of a claim."""
    return {
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


def points_record(points: Points) -> dict[str, Any]:
    """What a claim earned."""
    return {"marks": str(points), "earned": points.earned, "of": points.of, "reason": points.reason}


def scheme_record(scheme: Scheme) -> dict[str, Any]:
    """The total."""
    total = scheme.total
    letters = {each.letter: {"earned": each.earned, "of": each.of} for each in total.parts}
    return {"earned": scheme.earned, "of": total.of, "letters": letters, "by_hand": list(scheme.by_hand)}

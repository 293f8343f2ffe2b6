"""What marks are called, and what is said beside one: the right value, the reason, a person's own word."""

from __future__ import annotations

from math import ceil, floor, isfinite, log10
from typing import TYPE_CHECKING, Final

from whygrad.check.judging.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.finding import Finding
    from whygrad.check.judging.verdict import Cause
    from whygrad.check.marking import Mark, Marked

SIGNS: Final = {
    Verdict.RIGHT: "✓",
    Verdict.ROUNDING: "✓",
    Verdict.LAST_DIGIT: "~",
    Verdict.FALSE_EXPRESSION: "✗",
    Verdict.FOLLOWS: "↳",
    Verdict.WRONG: "✗",
    Verdict.INCONSISTENT: "✗",
    Verdict.UNREAD: "?",
    Verdict.UNFILLED: "□",
    Verdict.UNJUDGED: "·",
}
WORDS: Final = {
    Verdict.RIGHT: "right",
    Verdict.ROUNDING: "by rounding",
    Verdict.LAST_DIGIT: "last digit",
    Verdict.FALSE_EXPRESSION: "expression",
    Verdict.FOLLOWS: "follows",
    Verdict.WRONG: "wrong",
    Verdict.INCONSISTENT: "contradicts",
    Verdict.UNREAD: "unread",
    Verdict.UNFILLED: "not filled",
    Verdict.UNJUDGED: "not judged",
}
SILENT: Final = (Verdict.RIGHT, Verdict.UNREAD, Verdict.UNFILLED, Verdict.UNJUDGED)  # no value beside them
LEAST_DIGITS: Final = 3
UNKNOWN: Final = "No known cause gives this number."


def reasons(mark: Mark) -> Iterator[str]:
    """What is said below a mark, a sentence each."""
    yield from unread(mark)
    if mark.finding is not None:
        yield from of_finding(mark, mark.finding)
    yield from from_person(mark)


def unread(mark: Mark) -> Iterator[str]:
    """Why something was not read, if it was not."""
    if mark.finding is None and mark.verdict is not Verdict.UNFILLED:
        yield f"Not read: {getattr(mark.item, 'reason', '')}."


def from_person(mark: Mark) -> Iterator[str]:
    """What a person says against the mark."""
    if mark.overrule is not None:
        reason = f": {mark.overrule.reason}" if mark.overrule.reason else ""
        yield f"Overruled as {mark.overrule.mark}{reason}."


def of_finding(mark: Mark, finding: Finding) -> Iterator[str]:
    """What is said of a claim that was read."""
    match mark.verdict:
        case Verdict.ROUNDING if finding.drift:
            yield f"Rounding on the way may move it by {finding.drift:.1g}."
        case Verdict.FOLLOWS:
            yield follows(finding)
        case Verdict.LAST_DIGIT if goes_on_from(finding):
            given = f"line {finding.since}" if finding.since else "the lines above"
            yield f"It goes on from {given}: given that it would be {finding.expected:.5g}."
        case Verdict.INCONSISTENT if finding.since:
            yield f"Line {finding.since} has another number for {finding.name}."
        case Verdict.FALSE_EXPRESSION:
            yield "The value is right; what is written does not give it."
    yield from causes_told(mark, finding)
    yield from finding.said
    told = finding.causes or finding.said or finding.strays
    if mark.verdict is Verdict.WRONG and not told:
        yield UNKNOWN


def goes_on_from(finding: Finding) -> bool:
    """Whether the numbers before lead to another value than the right one, as far as is shown."""
    if finding.expected is None or finding.right is None or finding.wrote is None:
        return False
    return abs(finding.expected - finding.right) > finding.wrote.half / 5


def follows(finding: Finding) -> str:
    """That a number is right, given an error before it."""
    return f"It is right given line {finding.since}." if finding.since else "It is right given what is above."


def causes_told(mark: Mark, finding: Finding) -> Iterator[str]:
    """The causes of a wrong number: all of them where they hold together, else the likeliest, and how many others."""
    for stray in finding.strays:
        written = f" {stray.written:g} in line {stray.line} and" if stray.written is not None else ""
        true = f"{stray.true:.6g}"
        yield f"{stray.value:.10g} is another {stray.quantity.written}: it is{written} truly {true}."
    if finding.together:
        yield from map(cause_told, finding.causes)
    elif finding.causes:
        if finding.is_right_as_written:
            yield "What is written is right; the number beside it is that of another formula."
        again = f" As in line {mark.as_in}." if mark.as_in else ""
        yield cause_told(finding.causes[0]) + again
        names = dict.fromkeys(each.misconception.title for each in finding.causes[1:])
        others = [each for each in names if each != finding.causes[0].misconception.title]
        if others:
            yield f"It could also be: {'; '.join(others[:2])}."
        elif len(finding.causes) > 1:
            yield f"It could also be: {finding.causes[1].detail}."


def cause_told(cause: Cause) -> str:
    """A cause in a sentence."""
    return f"{cause.misconception.title}{', ' if cause.everywhere else ': '}{cause.detail}."


def right_value(mark: Mark) -> str:
    """The value that should stand there, with the digits that were written and no fewer than say something."""
    finding = mark.finding
    if finding is None or finding.right is None or mark.verdict in SILENT or not isfinite(finding.right):
        return ""
    half = finding.wrote.half if finding.wrote else 0.0
    places = round(-log10(2 * half)) if half else 0
    if finding.right:
        places = max(places, LEAST_DIGITS - 1 - floor(log10(abs(finding.right))) if half else 6)
    text = f"{finding.right:.{max(places, 0)}f}"
    return text if half else text.rstrip("0").rstrip(".")


def counted(marked: Marked) -> str:
    """How many errors there are, and what else was found."""
    if not marked.marks:
        return "Nothing was marked: no line has an equation."
    errors = len(marked.errors)
    head = "No errors." if not errors else "1 error." if errors == 1 else f"{errors} errors."
    rounding = marked.count(Verdict.ROUNDING)
    right = marked.count(Verdict.RIGHT) + rounding
    parts = [f"{right} right" + (f" ({rounding} by rounding)" if rounding else "")]
    for verdict, one, many in (
        (Verdict.LAST_DIGIT, "slip of a last digit", "slips of a last digit"),
        (Verdict.FOLLOWS, "follows from an error", "follow from errors"),
        (Verdict.UNJUDGED, "not judged", "not judged"),
        (Verdict.UNREAD, "unread", "unread"),
        (Verdict.UNFILLED, "not filled in", "not filled in"),
    ):
        if number := marked.count(verdict):
            parts.append(f"{number} {one if number == 1 else many}")
    overruled = sum(each.overrule is not None for each in marked.marks)
    if overruled:
        parts.append(f"{overruled} overruled")
    return f"{head} {', '.join(parts)}."


def about(marked: Marked, network: str) -> str:
    """What notes were held against, and under which conventions."""
    if not marked.has_network:
        return " ".join(["No network is given: only what is computed in them is marked.", *marked.said])
    told = f"Marked against {network}"
    if marked.conventions:
        told += f", with {' and '.join(each.words for each in marked.conventions)}: that explains most"
    for rival in marked.rivals:
        words = " and ".join(each.words for each in rival) or "the network's own conventions"
        told += f"; {words} would explain as much"
    return " ".join([f"{told}.", *marked.said])


def widest() -> int:
    """How many characters the longest word for a mark has."""
    return max(map(len, WORDS.values()))


def digits_of(number: int) -> int:
    """How many digits a line number has."""
    return ceil(log10(number + 1)) if number else 1

"""Marked notes as JUnit XML, which continuous integration reads: a case for each claim, an error for what is no notes.

Its shape is the one that Jenkins and its followers share: testsuites, testsuite, testcase, failure, error, skipped.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from whygrad.check.judging.verdict import Verdict
from whygrad.notation.name import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from whygrad.errors import WhygradError
    from whygrad.pipeline.marked.told import Remark, Told

SKIPPED: Final = (Verdict.UNREAD, Verdict.UNJUDGED)
TIME: Final = "0"


def junit(suites: Iterable[Element]) -> str:
    """Suites as a whole file."""
    root = Element("testsuites", {"name": "whygrad check"})
    root.extend(suites)
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(each.get(name, "0")) for each in root)))
    root.set("time", TIME)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def suite_of(told: Told) -> Element:
    """Marked notes as a suite."""
    suite = Element("testsuite", {"name": clean(told.marked.notes.place), "time": TIME})
    if told.scheme is not None:
        properties = SubElement(suite, "properties")
        for name, value in (("points", told.scheme.earned), ("points of", told.scheme.total.of)):
            SubElement(properties, "property", {"name": name, "value": str(value)})
    suite.extend(case_of(each, told.marked.notes.place) for each in told.remarks)
    told_apart(suite)
    SubElement(suite, "system-out").text = clean("\n".join((told.about, *told.summary)))
    return totalled(suite)


def told_apart(suite: Element) -> None:
    """Give every case a name of its own, where one line says the same twice."""
    seen: Counter[str] = Counter()
    for case in suite.findall("testcase"):
        name = case.get("name", "")
        seen[name] += 1
        if seen[name] > 1:
            case.set("name", f"{name} ({seen[name]})")


def unreadable(place: str, error: WhygradError | None) -> Element:
    """A file that could not be read, as a suite."""
    suite = Element("testsuite", {"name": clean(place), "time": TIME})
    case = SubElement(suite, "testcase", {"classname": clean(place), "name": "the notes are read", "time": TIME})
    kind = "" if error is None else error.code
    SubElement(case, "error", {"message": clean(str(error).split("\n")[0]), "type": kind}).text = clean(str(error))
    return totalled(suite)


def totalled(suite: Element) -> Element:
    """A suite with how many of its cases did what."""
    suite.set("tests", str(len(suite.findall("testcase"))))
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(len(suite.findall(f"testcase/{tag}"))))
    return suite


def case_of(remark: Remark, place: str) -> Element:
    """A claim as a case: an error fails, what was not read or not judged is skipped."""
    name = clean(f"line {remark.line}: {remark.text}")
    case = Element("testcase", {"classname": clean(place), "name": name, "time": TIME})
    right = f"right: {remark.right}" if remark.right else ""
    lines = [each for each in (right, *remark.reasons) if each]
    if remark.mark.is_error:
        message = clean(f"{place}, line {remark.line}: {'; '.join([remark.word, *lines[:2]])}")
        SubElement(case, "failure", {"message": message, "type": remark.mark.verdict.value}).text = clean(
            "\n".join((remark.text, *lines))
        )
    elif remark.mark.verdict in SKIPPED and remark.mark.overrule is None:
        SubElement(case, "skipped", {"message": clean("; ".join((remark.word, *lines)))})
    elif lines:
        SubElement(case, "system-out").text = clean("\n".join((remark.word, *lines)))
    return case


def clean(text: str) -> str:
    """Text without characters that XML cannot have, or that hide."""
    return "\n".join(map(visible, text.split("\n")))

"""JUnit XML: well-formed whatever is written in the notes, in the shape that continuous integration reads."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

from tests.check.marked import EXAMPLES, hand_worked, marked
from whygrad.errors.check import NotText
from whygrad.pipeline.marked.junit import junit, unreadable
from whygrad.pipeline.marking import Marking

COUNTED = {"tests", "failures", "errors"}
# What the schema of Jenkins allows: for each element the attributes that must stand, those that may, and its children.
SHAPE: dict[str, tuple[set[str], set[str], set[str]]] = {
    "testsuites": (set(), {"name", "time", "disabled", *COUNTED}, {"testsuite"}),
    "testsuite": (
        {"name"},
        {"time", "skipped", "disabled", "timestamp", "hostname", "id", "package", *COUNTED},
        {"properties", "testcase", "system-out", "system-err"},
    ),
    "properties": (set(), set(), {"property"}),
    "property": ({"name", "value"}, set(), set()),
    "testcase": (
        {"name"},
        {"classname", "time", "status", "assertions"},
        {"skipped", "error", "failure", "system-out", "system-err"},
    ),
    "failure": (set(), {"message", "type"}, set()),
    "error": (set(), {"message", "type"}, set()),
    "skipped": (set(), {"message"}, set()),
    "system-out": (set(), set(), set()),
}


def read(text: str) -> Element:
    """The root of a file, whose every element has the shape."""
    root = fromstring(text.encode())  # noqa: S314 (written here)
    for each in root.iter():
        must, may, children = SHAPE[each.tag]
        assert must <= set(each.attrib) <= must | may, each.tag
        assert {child.tag for child in each} <= children, each.tag
    for suite in root:
        cases = suite.findall("testcase")
        assert int(suite.attrib["tests"]) == len(cases)
        assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))
        assert int(suite.attrib["errors"]) == len(suite.findall("testcase/error"))
        assert int(suite.attrib["skipped"]) == len(suite.findall("testcase/skipped"))
        names = [each.attrib["name"] for each in cases]
        assert len(set(names)) == len(names)
    for name in COUNTED:
        assert int(root.attrib[name]) == sum(int(suite.attrib[name]) for suite in root)
    return root


def test_the_hand_worked_example() -> None:
    marking = hand_worked()
    root = read(marking.junit())
    assert (root.attrib["tests"], root.attrib["failures"]) == ("32", "5")
    failures = root.findall("testsuite/testcase/failure")
    assert [each.attrib["type"] for each in failures] == ["wrong"] * 5
    assert failures[2].attrib["message"] == (
        f"{EXAMPLES / 'notes' / 'notes-222.md'}, line 23: wrong; right: 1.1358; The bias is left out: without b2."
    )
    assert len(root.findall("testsuite/testcase")) == len(marking.marked.marks)


def test_what_is_not_read_or_not_judged_is_skipped() -> None:
    root = read(Marking(marked("a = 3 * / 4\nq7 = 3 + r5 = 8\nb = 4 * / 5 <!-- whygrad: right -->")).junit())
    skipped = root.findall("testsuite/testcase/skipped")
    assert [each.attrib["message"].partition(";")[0] for each in skipped] == ["unread", "not judged"]


def test_hostile_notes_stay_well_formed() -> None:
    text = 'net_H1 <![CDATA[ & "q" ]]> = 0.5 <!-- whygrad: right, </failure>\x00\x0b\ufffe & ]]> -->\n'
    text += "net_H1 = 0.9 \x1b[31m\x85"
    root = read(Marking(marked(text)).junit())
    assert "\x1b" not in "".join(each.text or "" for each in root.iter())
    assert len(root.findall("testsuite/testcase")) >= 1


def test_one_line_that_says_the_same_twice() -> None:
    names = [each.attrib["name"] for each in read(Marking(marked("x1 = 0.05, x1 = 0.05")).junit()).iter("testcase")]
    assert names == ["line 1: x1 = 0.05", "line 1: x1 = 0.05 (2)"]


def test_a_file_that_is_no_notes_is_an_error() -> None:
    root = read(junit([unreadable("a&b.pdf", NotText("a&b.pdf", "a PDF"))]))
    [error] = root.findall("testsuite/testcase/error")
    assert (error.attrib["type"], error.attrib["message"]) == ("WG1101", "WG1101 a&b.pdf is a PDF")


def test_hints_in_place_of_the_answer() -> None:
    [_, _, failure, *_] = read(hand_worked().hinted(1).junit()).findall("testsuite/testcase/failure")
    assert failure.attrib["message"].endswith("line 23: wrong; Look at net_Y1: the weighted sum.")

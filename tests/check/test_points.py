"""The mark scheme: what is to be earned depends on how a line is written, what is earned on its verdict."""

from __future__ import annotations

import json

import pytest

from tests.check.marked import NOTES_222, charts, hand_worked, marked
from whygrad.pipeline.marked.points import Point, Points
from whygrad.pipeline.marking import Marking


def points(text: str) -> list[str]:
    return [str(each) for each in Marking(marked(text)).scheme.points]


@pytest.mark.parametrize(
    ("text", "earned"),
    [
        ("w1 = 0.15", [""]),
        ("net_H1 = 0.15*0.05 + 0.20*0.10 + 0.35 = 0.3775", ["M1 A1"]),
        ("net_H1 = 0.3775\nnet_H1 = 0.3775", ["B1", ""]),
        ("net_H1 = 0.15*0.05 + 0.20*0.10 + 0.35 = 0.3885", ["M1 A0"]),
        ("net_H1 = 0.15*0.05 + 0.20*0.10 = 0.0275", ["M0 A0"]),
        ("net_H1 = 0.9123", ["B0"]),
        ("net_H1 = 0.9123\nout_H1 = sigmoid(0.9123) = 0.7135", ["B0", "M1 A1ft"]),
        ("net_H1 = 0.9123\nout_H1 = 0.7135", ["B0", "B1ft"]),
        ("out_H1 = sigmoid(0.3775) = 0.5932", ["M1 A1"]),
        ("net_H1 = 0.15*0.05 + 0.20*0.10 + 0.53 = 0.3775", ["M0 A1"]),
        ("w1 = 0.16\nnet_H1 = 0.16*0.05 + 0.20*0.10 + 0.35 = 0.3780", ["MR-1", "M1 A1ft"]),
        ("net_H1 = 0.9123 <!-- whygrad: right, other weights -->", ["B1"]),
        ("net_H1 = 0.3775 <!-- whygrad: wrong -->", ["B0"]),
        ("a = 3 * / 4 <!-- whygrad: right -->", ["B1"]),
        ("a = 3 * / 4", [""]),
        ("q7 = 3 + r5 = 8", [""]),
    ],
)
def test_what_a_line_earns(text: str, earned: list[str]) -> None:
    assert points(text) == earned


def test_an_error_is_charged_once() -> None:
    """Everything after a bias left out follows, and loses nothing."""
    lines = ["net_H1 = 0.15*0.05 + 0.20*0.10 = 0.0275", "out_H1 = sigmoid(0.0275) = 0.5069", "net_H2 = 0.3925"]
    lines += [
        "out_H2 = 0.5969",
        "net_Y1 = 0.40*0.5069 + 0.50*0.5969 + 0.60 = 1.1012",
        "out_Y1 = sigmoid(1.1012) = 0.7505",
    ]
    total = Marking(marked("\n".join(lines))).scheme.total
    assert (total.earned, total.of) == (8, 10)


def test_the_hand_worked_example() -> None:
    marking = hand_worked().with_points()
    scheme = marking.scheme
    assert (scheme.earned, scheme.total.of) == (17, 25)
    assert [str(each) for each in scheme.total.parts] == ["M7", "A5ft", "B5ft"]
    assert "Points: 17 of 25 (M 7 of 10, A 5 of 10, B 5 of 5)." in " ".join(marking.text().split())
    assert "23  ✗ wrong        M0 A0    net_Y1" in marking.text()
    assert "1 of 1: follow-through from line 17." in marking.text()


def test_every_form_has_the_points() -> None:
    marking = hand_worked().with_points()
    assert "| line | mark | points | written |" in marking.markdown()
    assert "Points: 17 of 25" in marking.html()
    assert '<span class="points">M1 A1ft</span>' in marking.html()
    record = json.loads(json.dumps(marking.structure()))
    assert record["points"]["earned"] == 17
    assert record["points"]["letters"]["M"] == {"earned": 7, "of": 10}
    assert sum(each["points"]["earned"] for each in record["marks"]) == 17
    assert '<property name="points" value="17" />' in marking.junit()
    assert "Points" not in hand_worked().text()


def test_what_nobody_can_judge_is_left_to_a_person() -> None:
    scheme = Marking(marked("a = 3 * / 4\nnet_H1 = 0.3775\nq7 = 3 + r5 = 8")).scheme
    assert scheme.by_hand == (1, 3)
    assert "Not counted, to be marked by hand: lines 1, 3." in scheme.told()


def test_never_less_than_nothing() -> None:
    scheme = Marking(marked("w1 = 0.16\nw2 = 0.3")).scheme
    assert (scheme.total.earned, scheme.earned) == (-2, 0)


def test_points_add_up_letter_by_letter() -> None:
    one = Points((Point("M", 1), Point("A", 0)))
    other = Points((Point("A", 1, 1, follows=True), Point("B", 1)), "why")
    assert str(one + other) == "M1 A1ft B1"
    assert ((one + other).earned, (one + other).of, (one + other).reason) == (3, 4, "why")


def test_given_numbers_earn_nothing_and_charts_are_not_needed() -> None:
    assert len(charts(NOTES_222)) == 2
    assert points("x1 = 0.05, t1 = 0.01, learning rate = 0.5, b1 = 0.35, w5 = 0.4") == [""] * 5

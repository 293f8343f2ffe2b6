"""Hints lead to what is right, and never say it."""

from __future__ import annotations

import re
from math import floor, isfinite, log10
from typing import TYPE_CHECKING

import pytest

from tests.check.marked import charts, hand_worked, marked, scene
from tests.check.test_misconceptions import NETWORKS, WITHOUT_A_NUMBER, planted
from whygrad.check.judging.account import Account
from whygrad.check.judging.misconception import MISCONCEPTIONS
from whygrad.check.judging.verdict import Verdict
from whygrad.errors.check import NoSuchHint
from whygrad.pipeline.marking import Marking
from whygrad.pipeline.papers import Remembering

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.misconception import Misconception

NUMERAL = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?:e-?\d+)?")
LATER = ("input-scaled-otherwise", "hidden-weights-still-old", "updated-in-sequence", "momentum-left-out")
LINE = re.compile(r"\blines? \d+")
FORMS = ("text", "markdown", "html", "junit")
OF_FORMULAS = {0.0, 0.5, 1.0, 2.0, 0.1, 0.01, 0.001, 0.9, 0.99, 0.999, 1e-8}  # numbers that formulas have


def hints(text: str, level: int) -> list[str]:
    """What is said beside the last line."""
    return list(Marking(marked(text), "", charts(NETWORKS[0])).hinted(level).told.remarks[-1].reasons)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "net_H1 = 0.15*0.05 + 0.20*0.10 = 0.0275",
            [
                "Look at net_H1: the weighted sum.",
                "Is a net made of products alone?",
                "Use net_H1 = x1 * w1 + x2 * w2 + b1.",
            ],
        ),
        (
            "net_H1 = 0.15*0.05 + 0.20*0.10 + 0.35 = 0.9123",
            [
                "The method that you wrote is right: look at how the number was worked out.",
                "Are the digits in their order, and is the decimal point where it belongs?",
                "Use net_H1 = x1 * w1 + x2 * w2 + b1.",
            ],
        ),
        (
            "w1 = 0.16",
            ["Look at what the exercise gives.", "Which number does the exercise give here?"],
        ),
        (
            "net_H1 = 0.15*0.05 + 0.20*0.10 + 0.53 = 0.3775",
            [
                "The value is right: look at what is written before it.",
                "Do all sides of your equals signs give the same number?",
                "Use net_H1 = x1 * w1 + x2 * w2 + b1.",
            ],
        ),
        ("out_H1 = 0.5932", ["Look at the last digit.", "Was it rounded or cut, once or twice?"]),
        ("net_H1 = 0.9123\nout_H1 = 0.7135", ["It is right given line 1."]),
        ("net_H1 = 0.3775", []),
    ],
)
def test_step_by_step(text: str, said: list[str]) -> None:
    for level in (1, 2, 3):
        assert hints(text, level) == said[:level]


def test_a_cause_on_the_way_is_where_it_is() -> None:
    said = hints("dE/dw5 = 0.7469 * 0.5933 = 0.4431", 3)
    assert said == [
        "Look at dE/dnet_Y1, on the way there: the way back through the activation.",
        "What lies between the net and the out of a unit, on the way back?",
        "Use dE/dw5 = out_H1 * dE/dnet_Y1.",
        "Use dE/dnet_Y1 = dE/dout_Y1 * (out_Y1 * (1 - out_Y1)).",
    ]


def test_formulas_that_the_network_has_not_are_written_out() -> None:
    """A derivative between two quantities, and an error under the convention that has no half."""
    assert hints("dout_Y1/dnet_Y1 = 0.9", 3)[-1] == "Use dout_Y1/dnet_Y1 = sigmoid(net_Y1) * (1 - sigmoid(net_Y1))."
    text = "E_Y1 = (0.01 - 0.7569)^2 = 0.5579\nE_Y2 = (0.99 - 0.7677)^2 = 0.0494\nE_total = 0.6073\nE_Y2 = 0.7777"
    assert hints(text, 3)[-1] == "Use E_Y2 = 2 * (0.5 * (out_Y2 - target_Y2) ** 2)."


def test_only_three_steps() -> None:
    with pytest.raises(NoSuchHint) as caught:
        Marking(marked("w1 = 0.15")).hinted(4)
    assert str(caught.value) == (
        "WG1112 hints have no step 4\n"
        "  why: 1 says where to look, 2 asks a question as well, 3 gives the formula\n  try: ask for 1, 2 or 3"
    )


@pytest.mark.parametrize("form", FORMS)
def test_no_form_says_what_is_right(form: str) -> None:
    """The notes have none of the true numbers of their wrong lines; with hints the pages have none either."""
    marking = hand_worked()
    true = [each.finding.right for each in marking.marked.errors if each.finding and each.finding.right]
    shown = [f"{value:.{digits}g}" for value in true for digits in (4, 5, 6)]
    assert len(shown) == 15
    full = getattr(marking, form)()
    assert any(each in full for each in shown)
    for level in (1, 2, 3):
        text = getattr(marking.hinted(level), form)()
        assert [each for each in shown if each in text] == []
        assert "w2 and w3" not in text
        assert "without" not in text


def test_the_record_says_nothing_either() -> None:
    record = hand_worked().hinted(3).structure()
    assert record["hints"] == 3
    keys = {key for each in record["marks"] for key in each}
    assert keys == {"line", "written", "verdict", "error", "said", "name", "number", "since"}


def tried(rule: Misconception) -> Iterator[tuple[str, str]]:
    for experiment in NETWORKS:
        place = scene(experiment)
        for quantity, mutant in planted(rule, place):
            account = Account(place.step, Remembering(), {}, {quantity: mutant.formula})
            wrong, true = account.again(quantity), quantity.value
            if isfinite(wrong) and abs(wrong - true) > 1e-3 * abs(true):
                places = max(0, 5 - floor(log10(abs(wrong)))) if wrong else 6
                yield f"{quantity.written} = {wrong:.{places}f}", experiment


@pytest.mark.parametrize("rule", MISCONCEPTIONS[::6], ids=lambda rule: rule.name)
def test_no_hint_gives_a_true_number_away(rule: Misconception) -> None:
    gives_nothing_away(rule)


@pytest.mark.long
@pytest.mark.parametrize("rule", MISCONCEPTIONS, ids=lambda rule: rule.name)
def test_no_hint_of_any_misconception_gives_a_true_number_away(rule: Misconception) -> None:
    gives_nothing_away(rule)


def gives_nothing_away(rule: Misconception) -> None:
    marking = next((each for each in map(marked_line, tried(rule)) if is_wrong(each)), None)
    if rule.name in (*WITHOUT_A_NUMBER, *LATER):
        return
    assert marking is not None, "no network here on which it is wrong"
    [mark] = marking.marked.marks
    assert mark.finding is not None
    for level in (1, 2, 3):
        said = " ".join(marking.hinted(level).told.remarks[-1].reasons)
        numerals = {float(each) for each in NUMERAL.findall(LINE.sub("", said))}
        assert said
        assert numerals <= (OF_FORMULAS if level == 3 else set())
        assert not any(each.detail in said for each in mark.finding.causes)


def marked_line(line: tuple[str, str]) -> Marking:
    text, experiment = line
    return Marking(marked(text, experiment), "", charts(experiment))


def is_wrong(marking: Marking) -> bool:
    return [each.verdict for each in marking.marked.marks] == [Verdict.WRONG]


@pytest.mark.parametrize("rule", MISCONCEPTIONS, ids=lambda rule: rule.name)
def test_every_misconception_has_a_question(rule: Misconception) -> None:
    assert rule.question.endswith("?")
    assert len(rule.question) >= 20
    assert not re.search(r"\d", rule.question)
